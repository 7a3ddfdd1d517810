import * as z from 'zod';
import { answersGiven } from '../event/attendee.schema.ts';
import type { ItemKey } from '../kernel/dynamo/keys.ts';
import { once } from '../kernel/once.ts';
import { field, type Output, stored } from '../kernel/stored.schema.ts';

const arranged = once(() =>
  z.object({
    /** ISO 8601. */
    at: z.string(),
    /** A member; see `shared/kernel/identity.store.ts`. */
    by: z.string(),
  }),
);
export interface Arranged extends Output<typeof arranged> {}

/** What should be arranged for one person: kept in `Care`, apart from the registration. */
export const storedCareNeeds = stored(() => ({
  v: field(z.literal(1), 'records', 'care'),
  eventId: field(z.string(), 'records', 'care'),
  reference: field(z.string(), 'care', 'care'),
  /** By question: what was said at once. Empty where all of it was added. */
  answers: field(answersGiven(), 'care', 'care'),
  /** What was added to it since, unseen and in this order, each by question: `inSum` says what holds. */
  added: field(z.array(answersGiven()).optional(), 'care', 'care'),
  /** 128 random bits, base64url: names exactly this text, so that a tick never lands on another that replaced it, or on more. */
  edition: field(z.string(), 'records', 'care'),
  /** ISO 8601. */
  sentAt: field(z.string(), 'care', 'care'),
  arranged: field(arranged().optional(), 'care', 'care'),
}));
export interface CareNeeds extends Omit<Output<typeof storedCareNeeds>, 'v'> {}
export type Needy = Pick<CareNeeds, 'eventId' | 'reference'>;

/** In the `Care` table, spread as registrations are. @param first the first character of the references in it */
export const careNeedsPartition = (eventId: string, first: string): string => `NEEDS#${eventId}#${first}`;

export const careNeedsKey = ({ eventId, reference }: Needy): ItemKey => ({
  pk: careNeedsPartition(eventId, reference.slice(0, 1)),
  sk: reference,
});

/** @param expiresAt epoch seconds */
export const toCareNeedsItem = (needs: CareNeeds, expiresAt: number) => ({
  ...careNeedsKey(needs),
  v: 1,
  ...needs,
  expiresAt,
});

/** @throws ZodError when the table holds something else */
export function fromCareNeedsItem(item: Record<string, unknown>): CareNeeds {
  const { v: _, ...needs } = storedCareNeeds().parse(item);
  return needs;
}

/** How many people, by the id of the day. */
const perDay = () => z.record(z.string(), z.int().nonnegative());

/** Of those who are confirmed and come in person: how many chose what on which day. Nobody's name. */
export const needCounts = z.lazy(() =>
  z.strictObject({
    countedAt: z.iso.datetime(),
    /** Everyone who comes, with and without needs. */
    people: perDay(),
    questions: z.array(
      z.strictObject({
        id: z.string(),
        options: z.array(z.strictObject({ id: z.string(), people: perDay() })),
      }),
    ),
  }),
);

const arrangedNeeds = () =>
  z.strictObject({
    at: z.iso.datetime(),
    /** What the team calls the member who arranged it; absent once they have left. */
    by: z.string().optional(),
  });

/** What is arranged for one person at a time: first what still has to be. */
export const needList = z.lazy(() =>
  z.strictObject({
    needs: z.array(
      z.strictObject({
        reference: z.string(),
        fullName: z.string(),
        mode: z.enum(['in-person', 'online']),
        days: z.array(z.string()).readonly(),
        /** Only of a minor. */
        ageBand: z.literal('minor').optional(),
        /** By question: what holds in sum of all that they said. */
        answers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string()).readonly()])),
        /** Names exactly this text. */
        edition: z.string(),
        sentAt: z.iso.datetime(),
        arranged: arrangedNeeds().optional(),
      }),
    ),
    /** How many more there are of people under 18, whom the caller may not see. */
    hidden: z.int().nonnegative(),
  }),
);

/** Whether something is arranged now. */
export const arrangement = z.lazy(() =>
  z.strictObject({
    arranged: z.boolean(),
    /** The text that was looked at: one that has replaced it is not ticked unseen. */
    edition: z.string(),
  }),
);

/** As it stands afterwards: nothing of what is needed. */
export const arrangedNeed = z.lazy(() =>
  z.strictObject({ reference: z.string(), edition: z.string(), arranged: arrangedNeeds().optional() }),
);

/** What should be arranged for an attendee, by question: all of it, or what is added to what was said before. Shape only. */
export const needs = z.lazy(() =>
  z.strictObject({
    answers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  }),
);

/** What became of it: nothing of it is told, now or later. */
export const keptNeeds = z.lazy(() => z.strictObject({ status: z.enum(['kept', 'nothing']) }));
