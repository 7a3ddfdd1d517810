import * as z from 'zod';
import { proofChallenge } from '../proof.schema.ts';

/**
 * Every problem the API can answer with (RFC 9457), and its status.
 * A type is stable: clients may branch on `urn:plenary:problem:<name>`.
 */
export const PROBLEMS = {
  'malformed-body': 400,
  'link-not-valid': 401,
  'link-replaced': 401,
  'address-link-not-valid': 401,
  'device-unknown': 401,
  'device-revoked': 401,
  'minors-later': 403,
  'not-permitted': 403,
  'not-vetted': 403,
  'device-over': 403,
  'proof-needed': 403,
  'search-locked': 403,
  'search-ended': 403,
  'not-attended': 403,
  'token-not-valid': 403,
  'not-found': 404,
  'role-invitation-not-valid': 404,
  'confirm-link-not-valid': 404,
  'unknown-event': 404,
  'enrolment-not-valid': 404,
  'method-not-allowed': 405,
  'registration-closed': 409,
  'registration-not-open': 409,
  'event-cancelled': 409,
  'event-postponed': 409,
  'not-cancellable': 409,
  'not-amendable': 409,
  'not-undoable': 409,
  'not-taken-back': 409,
  'registered-anew': 409,
  'no-online-seat': 409,
  'no-letter': 409,
  'own-role': 409,
  'changed-meanwhile': 409,
  'not-askable': 409,
  'question-over': 409,
  'out-of-date': 409,
  'second-person': 409,
  'not-second-person': 409,
  'handover-unconfirmed': 409,
  'role-opens-later': 409,
  'own-factor': 409,
  'factor-reset-later': 409,
  'factor-elsewhere': 409,
  'account-unknown': 409,
  'not-substitutable': 409,
  'definition-changed': 409,
  'not-a-rehearsal': 409,
  'audience-changed': 409,
  'message-differs': 409,
  'bulk-differs': 409,
  'preview-differs': 409,
  'no-own-address': 409,
  'enrolment-expired': 409,
  'enrolment-taken': 409,
  'list-in-use': 409,
  'feedback-not-open': 409,
  'feedback-closed': 409,
  'token-elsewhere': 409,
  'token-spent': 409,
  'feedback-over': 409,
  'form-not-open': 409,
  'too-large': 413,
  'too-many-fields': 413,
  'export-too-large': 413,
  'unsupported-media-type': 415,
  'invalid-input': 422,
  'why-needed': 428,
  'too-many-tests': 429,
  'too-many-searches': 429,
  internal: 500,
  busy: 503,
  'accounts-unavailable': 503,
} as const satisfies Record<string, number>;

export type ProblemType = keyof typeof PROBLEMS;

const fieldProblem = () =>
  z.strictObject({
    /** Where: `fullName`, `answers.companySize`. */
    path: z.string(),
    /** Stable, for programs: `required`, `too-long`. */
    code: z.string(),
    /** For people, in the language of the request. */
    message: z.string(),
  });

/** What opens a desk's search, sent along with the next one. */
const searchLock = z.lazy(() =>
  z.strictObject({
    /** How many wrong codes it still takes until the phone is to be let in anew. */
    triesLeft: z.int(),
    /** Where the phone has one: its credential, and what that is to sign, both base64url. */
    passkey: z.strictObject({ id: z.string(), challenge: z.string() }).optional(),
  }),
);

export type SearchLockView = z.output<typeof searchLock>;

export const problemDocument = z.lazy(() =>
  z.strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    errors: z.array(fieldProblem()).optional(),
    /** Of `proof-needed`: to be solved, and sent along as `proof`. */
    challenge: proofChallenge.optional(),
    /** Of `search-locked`: what opens it. */
    lock: searchLock.optional(),
  }),
);

export type ProblemDocument = z.infer<typeof problemDocument>;
