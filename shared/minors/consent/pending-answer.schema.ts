import * as z from 'zod';
import { pendingAnswerKey } from '../../kernel/dynamo/keys.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';

/** That someone has to answer by a time, or everything about the request is deleted. */
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
