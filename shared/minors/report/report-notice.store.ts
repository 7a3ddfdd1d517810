import type { EventDefinition } from '../../event/event.ts';
import { reportEnd } from '../../event/event-times.ts';
import { queryPartition } from '../../kernel/dynamo/queries.store.ts';
import { type TransactItem, transact, updateIf } from '../../kernel/dynamo/transact.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { putMessage } from '../../mail/outbox/outbox-items.store.ts';
import { fromNoticeItem, noticeKey, type ReportNotice, toNoticeItem } from './report-item.store.ts';

/** A mail to a reader, and which reader it is to. */
export interface Notice {
  readonly reader: string;
  readonly message: OutboxMessage;
}

export interface ReportNoticeStore {
  /** All of an event: one for each reader at most. */
  readonly list: (eventId: string) => Promise<readonly ReportNotice[]>;
  /** What mails a reader, refused where they are to look after another mail, see `isAwaited`. */
  readonly writes: (event: EventDefinition<string>, notice: Notice) => readonly TransactItem[];
  /** @returns whether they were mailed now */
  readonly mail: (event: EventDefinition<string>, notice: Notice) => Promise<boolean>;
  /** That a reader looked, and saw what had come by then: what came later is worth another mail. @param by ISO 8601 */
  readonly noteSeen: (eventId: string, readers: readonly string[], by: string) => Promise<void>;
  /** Begins what ends by `noteSeen`, and mails nobody; nothing where it has begun. */
  readonly begin: (event: EventDefinition<string>, reader: string) => Promise<void>;
}

/** Milliseconds for which a reader is to look after a mail before they get another one: mail gets lost, and is overlooked. */
const LOOK_WITHIN = 24 * 60 * 60 * 1000;

/** Whether a reader who was mailed is to look: until then they are mailed of nothing else. */
export const isAwaited = ({ mailedAt, seenAt }: ReportNotice, now: Date): boolean =>
  seenAt === undefined && now.getTime() - Date.parse(mailedAt) < LOOK_WITHIN;

const NOT_AWAITED = 'attribute_not_exists(pk) OR attribute_exists(seenAt) OR mailedAt <= :longAgo';
const NOT_BEGUN = 'attribute_not_exists(pk) OR attribute_exists(seenAt)';
const WAITS = 'attribute_exists(pk) AND attribute_not_exists(seenAt)';

export function reportNoticeStore({ client, care, outbox, system }: Given<'care' | 'outbox'>): ReportNoticeStore {
  const list: ReportNoticeStore['list'] = async (eventId) =>
    (await queryPartition(client, care, noticeKey(eventId, '').pk)).map(fromNoticeItem);
  const writes: ReportNoticeStore['writes'] = (event, { reader, message }) => {
    const expiresAt = reportEnd(event, new Date(message.createdAt));
    const Item = toNoticeItem(event.id, { reader, mailedAt: message.createdAt }, expiresAt);
    const longAgo = new Date(Date.parse(message.createdAt) - LOOK_WITHIN).toISOString();
    const ExpressionAttributeValues = { ':longAgo': longAgo };
    return [
      { Put: { TableName: care, Item, ConditionExpression: NOT_AWAITED, ExpressionAttributeValues } },
      putMessage(outbox, message, expiresAt),
    ];
  };
  return {
    list,
    writes,
    mail: async (event, notice) => (await transact(client, writes(event, notice), system)).length === 0,

    async begin(event, reader) {
      const now = system.now();
      const Item = toNoticeItem(event.id, { reader, mailedAt: now.toISOString() }, reportEnd(event, now));
      await transact(client, [{ Put: { TableName: care, Item, ConditionExpression: NOT_BEGUN } }], system);
    },

    async noteSeen(eventId, readers, by) {
      const waiting = (await list(eventId)).filter(
        (each) => readers.includes(each.reader) && each.seenAt === undefined,
      );
      await Promise.all(
        waiting.map(({ reader }) =>
          updateIf(client, {
            TableName: care,
            Key: noticeKey(eventId, reader),
            UpdateExpression: 'SET seenAt = :by',
            ConditionExpression: WAITS,
            ExpressionAttributeValues: { ':by': by },
          }),
        ),
      );
    },
  };
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly reportNotices: ReportNoticeStore;
  }
}
