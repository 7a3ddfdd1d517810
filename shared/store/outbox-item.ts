import * as z from 'zod';
import { MESSAGE_KINDS, type OutboxMessage } from '../domain/message.ts';
import { once } from '../once.ts';

const ITEM_VERSION = 1;

const stored = once(() =>
  z.object({
    v: z.literal(ITEM_VERSION),
    id: z.string(),
    kind: z.enum(MESSAGE_KINDS),
    eventId: z.string(),
    reference: z.string(),
    to: z.string().optional(),
    language: z.string(),
    state: z.enum(['pending', 'claimed', 'sent', 'failed']),
    createdAt: z.string(),
    notBefore: z.string().optional(),
    promised: z.boolean().optional(),
    attempts: z.int(),
    messageId: z.string().optional(),
    failure: z.string().optional(),
  }),
);

export const toOutboxItem = (message: OutboxMessage) => ({ v: ITEM_VERSION, ...message });

/** @throws ZodError when the table holds something that is not a message of a known version */
export function fromOutboxItem(item: Record<string, unknown>): OutboxMessage {
  const { v: _, ...message } = stored().parse(item);
  return message;
}
