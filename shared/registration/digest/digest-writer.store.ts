import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { EventDefinition } from '../../event/event.ts';
import { listEvents } from '../../event/event-list.store.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { digestId } from '../../kernel/dynamo/keys.ts';
import { transact } from '../../kernel/dynamo/transact.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import type { OutboxMessage } from '../../mail/outbox/message.ts';
import { putMessage } from '../writes.store.ts';
import { digestStore } from './digest.store.ts';
import { type Digest, toDigestItem } from './digest-item.schema.ts';

/** A day's digest of one reader, and the mail that carries it. */
export interface DayDigest {
  /** `YYYY-MM-DD` in the event's time zone. */
  readonly date: string;
  readonly reader: string;
  readonly digest: Digest;
  readonly message: OutboxMessage;
}

export interface DigestWriter {
  /** Ids of all events. */
  readonly events: () => Promise<readonly string[]>;
  /** Whether everyone was told of an event on a day. */
  readonly isDone: (eventId: string, date: string) => Promise<boolean>;
  readonly markDone: (eventId: string, date: string) => Promise<void>;
  /** Writes digest and mail together, unless the reader was told that day already. */
  readonly tell: (event: EventDefinition<unknown>, day: DayDigest) => Promise<void>;
}

/** Stands where a reader would, for the mark that all were told. */
const EVERYONE = '';

export function digestWriter({ client, registry, outbox, system }: Given<'registry' | 'outbox'>): DigestWriter {
  const { read } = digestStore({ client, registry });
  return {
    events: () => listEvents(client, registry),

    async isDone(eventId, date) {
      return (await read(eventId, digestId(date, EVERYONE))) !== undefined;
    },

    async markDone(eventId, date) {
      const Item = toDigestItem(eventId, digestId(date, EVERYONE), {}, system.now());
      await client.send(new PutCommand({ TableName: registry, Item }));
    },

    async tell(event, { date, reader, digest, message }) {
      const Item = toDigestItem(event.id, digestId(date, reader), digest, system.now());
      await transact(
        client,
        [
          { Put: { TableName: registry, Item, ConditionExpression: 'attribute_not_exists(pk)' } },
          putMessage(outbox, message, retentionEnd(event)),
        ],
        system,
      );
    },
  };
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly digestWriter: DigestWriter;
  }
}
