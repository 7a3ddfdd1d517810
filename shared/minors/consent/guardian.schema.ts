import * as z from 'zod';
import { pendingAnswerKey } from '../../kernel/dynamo/keys.ts';
import { once } from '../../kernel/once.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';

/** How a minor leaves the venue, as their guardian says (CS24). */
const statement = once(() =>
  z.object({
    /** Whether they may leave with nobody. */
    alone: z.boolean(),
    /** Names of adults who may fetch them, beside the guardian and the chaperone. */
    adults: z.array(z.string()),
    /** The name of one who must not. */
    never: z.string().optional(),
    /** ISO 8601. */
    saidAt: z.string(),
    /** The member who noted it from a signed paper; absent where the guardian said it on their own page. */
    notedBy: z.string().optional(),
    /** The second person: what was noted counts for nothing before. */
    confirmedBy: z.string().optional(),
    /** ISO 8601. */
    confirmedAt: z.string().optional(),
  }),
);
export interface Statement extends Output<typeof statement> {}

/** What was said or noted last. */
const handover = once(() =>
  statement().extend({
    /** Of one that waits for a second person: what was confirmed before, and counts until this one is. */
    former: statement().optional(),
  }),
);
export interface Handover extends Output<typeof handover> {}

/** A form that was signed on paper, as one person read it; it counts once a second person has confirmed it (CS3). */
const paperConsent = once(() =>
  z.object({
    /** Consent id to the version that was signed. */
    consents: z.record(z.string(), z.string()),
    /** The name under the signature. */
    signedBy: z.string(),
    /** The date beside it: `2027-10-01`. */
    signedOn: z.string(),
    /** The number for an emergency. */
    phone: z.string().optional(),
    /** A member; see `shared/kernel/identity.store.ts`. */
    recordedBy: z.string(),
    /** ISO 8601. */
    recordedAt: z.string(),
    confirmedBy: z.string().optional(),
    confirmedAt: z.string().optional(),
  }),
);
export interface PaperConsent extends Output<typeof paperConsent> {}

/** The parent or guardian of one minor: kept in `Care`, apart from the registration. */
export const storedGuardian = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  eventId: field(z.string(), 'records', 'event'),
  /** Of the minor's registration. */
  reference: field(z.string(), 'guardian', 'event'),
  name: field(z.string(), 'guardian', 'event'),
  email: field(z.string().optional(), 'guardian', 'event'),
  language: field(z.string().optional(), 'guardian', 'event'),
  /** When they were asked, or until then named, ISO 8601. */
  askedAt: field(z.string(), 'guardian', 'event'),
  agreedAt: field(z.string().optional(), 'consents', 'event'),
  /** Consent id to the version that was agreed to. */
  consents: field(z.record(z.string(), z.string()).optional(), 'consents', 'event'),
  /** Where they can be reached in an emergency, on the days of the event. */
  phone: field(z.string().optional(), 'guardian', 'event'),
  /** How the minor leaves, as was said or noted last: `handoverInForce` says what counts of it. */
  handover: field(handover().optional(), 'guardian', 'event'),
  /** Raised to replace the code that the person who fetches the minor says; where absent the first, or none of one who signed on paper. */
  handoverCodeVersion: field(z.int().optional(), 'guardian', 'event'),
  /** Who made the last one for a guardian who signed on paper, a member, and when, ISO 8601. */
  handoverCodeMade: field(z.object({ by: z.string(), at: z.string() }).optional(), 'guardian', 'event'),
  /** Wrong codes since it was made or opened again. */
  handoverTries: field(z.int().optional(), 'guardian', 'event'),
  /** The signed form of one who has no email. */
  paper: field(paperConsent().optional(), 'consents', 'event'),
}));
export interface Guardian extends Omit<Output<typeof storedGuardian>, 'v'> {}

/** In the `Care` table. @param expiresAt epoch seconds */
export const toGuardianItem = (guardian: Guardian, expiresAt: number) => ({
  ...guardianKey(guardian),
  v: 1,
  ...guardian,
  expiresAt,
});

/** Spread as registrations are. @param first the first character of the references in it */
export const guardianPartition = (eventId: string, first: string): string => `GUARDIAN#${eventId}#${first}`;

export const guardianKey = ({ eventId, reference }: Pick<Guardian, 'eventId' | 'reference'>) => ({
  pk: guardianPartition(eventId, reference.slice(0, 1)),
  sk: reference,
});

/** @throws ZodError when the table holds something else */
export function fromGuardianItem(item: Record<string, unknown>): Guardian {
  const { v: _, ...guardian } = storedGuardian().parse(item);
  return guardian;
}

/** That a guardian or minor has to answer by a time, or everything about the request is deleted. */
export const storedPendingAnswer = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  eventId: field(z.string(), 'guardian', 'event'),
  reference: field(z.string(), 'guardian', 'event'),
  /** ISO 8601. */
  answerBy: field(z.string(), 'guardian', 'event'),
  /** HMAC of the minor's address: names the lock that is to be released. */
  addressHash: field(z.string(), 'one-registration', 'event'),
  /** Ids of reminders that wait in the outbox. */
  reminders: field(z.array(z.string()), 'mail', 'event'),
}));
export interface PendingAnswer extends Omit<Output<typeof storedPendingAnswer>, 'v'> {}

/** @param expiresAt epoch seconds: of the event, long after a timer has acted on it */
export const toPendingAnswerItem = (pending: PendingAnswer, expiresAt: number) => ({
  ...pendingAnswerKey(pending),
  v: 1,
  ...pending,
  expiresAt,
});

/** @throws ZodError when the table holds something else */
export function fromPendingAnswerItem(item: Record<string, unknown>): PendingAnswer {
  const { v: _, ...pending } = storedPendingAnswer().parse(item);
  return pending;
}
