import * as z from 'zod';
import { DIMENSIONS, type Dimension } from '../domain/feedback/published.ts';
import type { Tally } from '../domain/feedback/tally.ts';
import { once } from '../once.ts';
import type { ItemKey } from './keys.ts';
import type { TransactItem } from './transact.ts';
import type { UsesOf } from './uses-of.ts';

/** Begins the attribute that counts one choice: what follows is its `tallyKey`. */
const CHOICE = 'n:';

/** How many people of whom the same was said answered, and chose what; sums over all of a form are exact. */
export const storedFeedbackCount = once(() => z.object({ answers: z.int() }).catchall(z.union([z.int(), z.string()])));

export const FEEDBACK_COUNT_USES = {
  answers: ['feedback', 'event'],
} as const satisfies UsesOf<typeof storedFeedbackCount>;

export interface FeedbackCountId {
  readonly eventId: string;
  readonly form: string;
  readonly dimension: Dimension;
  readonly label: string;
  /** One of several, so that many who answer at once do not wait for each other. */
  readonly shard: number;
}

export const feedbackCountPartition = (eventId: string, form: string): string => `FEEDBACK#${eventId}#${form}`;

const keyOf = ({ eventId, form, dimension, label, shard }: FeedbackCountId): ItemKey => ({
  pk: feedbackCountPartition(eventId, form),
  sk: `${dimension}#${label}#${shard}`,
});

/** @throws ZodError when the table holds something else */
export function fromFeedbackCountItem(item: Record<string, unknown>): {
  readonly dimension: Dimension;
  readonly label: string;
  readonly tally: Tally;
} {
  const { answers, ...rest } = storedFeedbackCount().parse(item);
  const [dimension, label = ''] = String(item['sk']).split('#');
  const counts = Object.entries(rest).flatMap(([name, count]) =>
    name.startsWith(CHOICE) ? [[name.slice(CHOICE.length), Number(count)]] : [],
  );
  return {
    dimension: z.enum(DIMENSIONS).parse(dimension),
    label,
    tally: { answers, counts: Object.fromEntries(counts) },
  };
}

/** @param expiresAt epoch seconds */
export function addFeedback(
  table: string,
  id: FeedbackCountId,
  { answers, counts }: Tally,
  expiresAt: number,
): TransactItem {
  const chosen = Object.entries(counts);
  return {
    Update: {
      TableName: table,
      Key: keyOf(id),
      UpdateExpression: `SET expiresAt = :end ADD answers :answers${chosen.map((_, at) => `, #c${at} :c${at}`).join('')}`,
      ...(chosen.length > 0 && {
        ExpressionAttributeNames: Object.fromEntries(chosen.map(([key], at) => [`#c${at}`, CHOICE + key])),
      }),
      ExpressionAttributeValues: {
        ':end': expiresAt,
        ':answers': answers,
        ...Object.fromEntries(chosen.map(([, count], at) => [`:c${at}`, count])),
      },
    },
  };
}
