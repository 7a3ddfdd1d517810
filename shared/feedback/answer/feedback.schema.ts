import * as z from 'zod';
import type { Immutable } from '../../kernel/stored.schema.ts';
import { PASS_GROUPS } from '../token/pass.ts';

/** RSA of 2,048 bits, and what is signed with it: 32 random bytes. In base64url without padding. */
const number = z.string().regex(/^[\w-]{342}$/);
const message = z.string().regex(/^[\w-]{43}$/);
/** DER, SPKI, base64url: 294 bytes. */
const publicKey = z.string().max(500);
const label = z.string().max(60);

/** What may be said beside answers: how their writer took part and of which group they are, or `other`. */
export const feedbackLabels = z.strictObject({ mode: label, category: label });

/** What an attendee has to know before they ask for a token, and afterwards say with their answers. */
export const feedbackPass = z.strictObject({
  /** Which of the form's two keys signs for them: nobody can be told by their key but as one of all adults, or of all under 18. */
  group: z.enum(PASS_GROUPS),
  publicKey,
  labels: feedbackLabels,
});

/** What is to be signed, blinded with the key of the pass (RFC 9474). */
export const blindedToken = z.strictObject({ blinded: number });

export const signedToken = z.strictObject({ signature: number });

/** The keys of a form by whom they sign for, for anybody: who compares them with their pass knows that they were given no key of their own. */
export const feedbackKeys = z.strictObject({ keys: z.partialRecord(z.enum(PASS_GROUPS), publicKey) });

/** Proof that the sender of this attended, and has not answered before. It says nothing of who they are. */
export const feedbackProof = z.strictObject({ token: message, signature: number, ...feedbackLabels.shape });
export interface SentProof extends Immutable<z.output<typeof feedbackProof>> {}

/** Answers by the ids of the questions: a number for a rating, one id or several of options, or text. */
export const feedback = feedbackProof.extend({
  answers: z.record(z.string().max(60), z.union([z.number(), z.string(), z.array(z.string()).max(50)])),
});

/** Nothing is said of what was sent: it was counted with others. */
export const feedbackTaken = z.strictObject({ taken: z.literal(true) });
