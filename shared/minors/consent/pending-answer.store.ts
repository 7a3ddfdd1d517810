import * as z from 'zod';
import { pendingAnswerKey } from '../../kernel/dynamo/keys.ts';
import type { UsesOf } from '../../kernel/dynamo/uses-of.ts';
import { once } from '../../kernel/once.ts';
import type { PendingAnswer } from './guardian.ts';

export const storedPendingAnswer = once(() =>
  z.object({
    v: z.literal(1),
    eventId: z.string(),
    reference: z.string(),
    answerBy: z.string(),
    addressHash: z.string(),
    reminders: z.array(z.string()),
  }),
);

export const PENDING_ANSWER_USES = {
  v: ['records', 'event'],
  eventId: ['guardian', 'event'],
  reference: ['guardian', 'event'],
  answerBy: ['guardian', 'event'],
  addressHash: ['one-registration', 'event'],
  reminders: ['mail', 'event'],
} as const satisfies UsesOf<typeof storedPendingAnswer>;

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
