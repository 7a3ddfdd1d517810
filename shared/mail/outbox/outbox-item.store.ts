import * as z from 'zod';
import { type DueQueue, duePartition } from '../../kernel/dynamo/due-partition.store.ts';
import type { UsesOf } from '../../kernel/dynamo/uses-of.ts';
import { once } from '../../kernel/once.ts';
import { FATES } from '../fate/mail-fate.ts';
import { MAIL_KINDS, type Urgency, urgencyOf } from '../kinds.ts';
import { FAILURES, MESSAGE_STATES, type OutboxMessage } from './message.ts';

const ITEM_VERSION = 1;

export const storedMessage = once(() =>
  z.object({
    v: z.literal(ITEM_VERSION),
    id: z.string(),
    kind: z.enum(MAIL_KINDS),
    eventId: z.string(),
    reference: z.string(),
    announcement: z.string().optional(),
    delegation: z.string().optional(),
    words: z.object({ subject: z.string(), text: z.string() }).optional(),
    to: z.string().optional(),
    language: z.string(),
    state: z.enum(MESSAGE_STATES),
    createdAt: z.string(),
    notBefore: z.string().optional(),
    promised: z.boolean().optional(),
    attempts: z.int(),
    messageId: z.string().optional(),
    failure: z.enum(FAILURES).optional(),
    fate: z.object({ what: z.enum(FATES), at: z.string(), code: z.string().optional() }).optional(),
  }),
);

export const OUTBOX_USES = {
  v: ['records', 'settled'],
  id: ['mail', 'settled'],
  kind: ['mail', 'settled'],
  eventId: ['mail', 'settled'],
  reference: ['mail', 'settled'],
  announcement: ['mail', 'settled'],
  delegation: ['mail', 'settled'],
  words: ['impersonal', 'sent'],
  to: ['mail', 'sent'],
  language: ['mail', 'settled'],
  state: ['mail', 'settled'],
  createdAt: ['mail', 'settled'],
  notBefore: ['mail', 'settled'],
  promised: ['mail', 'settled'],
  attempts: ['mail', 'settled'],
  messageId: ['mail', 'settled'],
  failure: ['mail', 'settled'],
  fate: ['mail', 'settled'],
} as const satisfies UsesOf<typeof storedMessage>;

/** The queue of a message that waits, or that someone began to send, by how urgent it is. */
export const MAIL_QUEUES = { now: 'mail', later: 'mail-later' } as const satisfies Record<Urgency, DueQueue>;

/** Where the index finds it until it is settled: whatever becomes of whoever claimed it, it is found again. */
export const dueOf = ({ id, kind }: Pick<OutboxMessage, 'id' | 'kind'>): string =>
  duePartition(MAIL_QUEUES[urgencyOf(kind)], id);

/** One that is not to leave at once, or that can wait, is found by its time: the stream does not tell of it. */
export function toOutboxItem(message: OutboxMessage) {
  const isSwept = message.notBefore !== undefined || urgencyOf(message.kind) === 'later';
  const { notBefore = message.createdAt } = message;
  return { v: ITEM_VERSION, ...message, ...(isSwept && { notBefore, due: dueOf(message) }) };
}

/** @throws ZodError when the table holds something that is not a message of a known version */
export function fromOutboxItem(item: Record<string, unknown>): OutboxMessage {
  const { v: _, ...message } = storedMessage().parse(item);
  return message;
}
