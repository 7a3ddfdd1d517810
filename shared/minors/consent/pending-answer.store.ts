import * as z from 'zod';
import { pendingAnswerKey } from '../../kernel/dynamo/keys.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import type { PendingAnswer } from './guardian.ts';

export const storedPendingAnswer = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  eventId: field(z.string(), 'guardian', 'event'),
  reference: field(z.string(), 'guardian', 'event'),
  answerBy: field(z.string(), 'guardian', 'event'),
  addressHash: field(z.string(), 'one-registration', 'event'),
  reminders: field(z.array(z.string()), 'mail', 'event'),
}));

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
