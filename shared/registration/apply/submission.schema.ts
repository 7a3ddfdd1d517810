import * as z from 'zod';
import { byMail, proofText } from '../../kernel/proof.schema.ts';
import { meantField } from '../../kernel/text/email-address.ts';

/**
 * What a registration form sends. Shape only: lengths, choices and conditions depend on the event's
 * definition, so `checkSubmission` in the domain judges them and answers with a message for each field.
 */
export const submission = z.lazy(() =>
  z.strictObject({
    ageBand: z.literal('adult'),
    email: z.string(),
    honorific: z.string().optional(),
    fullName: z.string(),
    badgeName: z.string().optional(),
    nativeName: z.string().optional(),
    position: z.string(),
    organisation: z.string(),
    country: z.string(),
    category: z.string(),
    mode: z.string(),
    days: z.array(z.string()),
    sessions: z.array(z.string()).optional(),
    closedSessions: z.boolean().optional(),
    /** A code that lets its holder in without approval. */
    invitation: z.string().optional(),
    language: z.string(),
    answers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])).optional(),
    /** Consent id to the version that was shown. */
    consents: z.record(z.string(), z.string()).optional(),
    proof: proofText.optional(),
  }),
);

const person = () => ({ name: z.string(), email: z.string(), language: z.string() });

/** What is asked of a minor, or of a guardian for them, before the guardian has agreed. */
export const youngSubmission = z.lazy(() =>
  z.strictObject({
    ageBand: z.literal('minor'),
    ...person(),
    guardian: z.strictObject({
      name: z.string(),
      /** The address of a guardian who is asked by mail; it goes with the language. */
      email: z.string().optional(),
      language: z.string().optional(),
      /** The guardian has no email, and signs a form on paper. */
      onPaper: z.literal(true).optional(),
    }),
    proof: proofText.optional(),
  }),
);

/** Either of them: the age band says which. */
export const anySubmission = z.lazy(() => z.discriminatedUnion('ageBand', [submission, youngSubmission]));

const optionalField = () => z.tuple([z.string()]).optional();

const guardianFields = () => ({
  'guardian.name': optionalField(),
  'guardian.email': optionalField(),
  [meantField('guardian.email')]: optionalField(),
  'guardian.language': optionalField(),
  'guardian.onPaper': z.tuple([z.literal('yes')]).optional(),
});

/** A minor wants a code, or, with the code, another adult to be asked than at first. */
export const guardianForm = z.lazy(() =>
  z.strictObject({
    action: z.tuple([z.enum(['code', 'ask'])]),
    code: optionalField(),
    ...guardianFields(),
  }),
);

/** The short form for minors; `by` says who fills it in. */
export const youngForm = z.lazy(() =>
  z.strictObject({
    /** Sent by forms that were opened before: it tells nothing any more. */
    by: z.tuple([z.enum(['young', 'guardian'])]).optional(),
    name: optionalField(),
    email: optionalField(),
    [meantField('email')]: optionalField(),
    language: optionalField(),
    ...guardianFields(),
    proof: z.tuple([proofText]).optional(),
    byMail: byMail(),
  }),
);

/** Always the same, whether or not the address was known. */
export const accepted = z.strictObject({
  status: z.literal('accepted'),
  /** The address as typed, to check for mistakes. */
  email: z.string(),
  /** The sender to look for in the inbox. */
  sender: z.string(),
  nextStep: z.string(),
});

/** Asks for the link of a registration again. */
export const recovery = z.lazy(() => z.strictObject({ email: z.string(), proof: proofText.optional() }));

/** The same as a form. */
export const recoveryForm = z.lazy(() =>
  z.strictObject({
    email: z.tuple([z.string()]),
    [meantField('email')]: optionalField(),
    proof: z.tuple([proofText]).optional(),
    byMail: byMail(),
  }),
);

/** Confirms a form that came by mail, as it was looked at. */
export const confirmation = z.lazy(() =>
  z.strictObject({ action: z.tuple([z.literal('confirm')]), edition: z.tuple([z.string().max(40)]) }),
);
