import * as z from 'zod';
import { type DueQueue, duePartition } from '../../kernel/dynamo/due-partition.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { FATES } from '../fate/mail-fate.ts';
import { MAIL_KINDS, type Urgency, urgencyOf } from '../kinds.ts';
import { FAILURES, MESSAGE_STATES, type OutboxMessage } from './message.ts';

const ITEM_VERSION = 1;

export const storedMessage = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'settled'),
  id: field(z.string(), 'mail', 'settled'),
  kind: field(z.enum(MAIL_KINDS), 'mail', 'settled'),
  eventId: field(z.string(), 'mail', 'settled'),
  reference: field(z.string(), 'mail', 'settled'),
  announcement: field(z.string().optional(), 'mail', 'settled'),
  delegation: field(z.string().optional(), 'mail', 'settled'),
  words: field(z.object({ subject: z.string(), text: z.string() }).optional(), 'impersonal', 'sent'),
  to: field(z.string().optional(), 'mail', 'sent'),
  language: field(z.string(), 'mail', 'settled'),
  state: field(z.enum(MESSAGE_STATES), 'mail', 'settled'),
  createdAt: field(z.string(), 'mail', 'settled'),
  notBefore: field(z.string().optional(), 'mail', 'settled'),
  promised: field(z.boolean().optional(), 'mail', 'settled'),
  attempts: field(z.int(), 'mail', 'settled'),
  messageId: field(z.string().optional(), 'mail', 'settled'),
  failure: field(z.enum(FAILURES).optional(), 'mail', 'settled'),
  fate: field(
    z.object({ what: z.enum(FATES), at: z.string(), code: z.string().optional() }).optional(),
    'mail',
    'settled',
  ),
}));

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
