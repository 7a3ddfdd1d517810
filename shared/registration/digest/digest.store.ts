import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type EventEntry, eventEntries, listEvents } from '../../event/event.store.ts';
import type { EventDefinition } from '../../event/event.ts';
import { MINUTE_DAYS, retentionEnd } from '../../event/event-times.ts';
import { digestId, digestKey, NOT_THERE } from '../../kernel/dynamo/keys.ts';
import { readItem } from '../../kernel/dynamo/queries.store.ts';
import { transact } from '../../kernel/dynamo/transact.store.ts';
import type { Database, Given } from '../../kernel/parts.store.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { putMessage } from '../../mail/outbox/outbox-items.store.ts';
import { type Digest, fromDigestItem, toDigestItem } from './digest-item.schema.ts';

interface DigestStore {
  /** @param id see `digestId` */
  readonly read: (eventId: string, id: string) => Promise<Digest | undefined>;
}

export const digestStore = ({ client, registry: table }: Database<'registry'>): DigestStore => ({
  async read(eventId, id) {
    const item = await readItem(client, table, digestKey(eventId, id));
    return item && fromDigestItem(item);
  },
});

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly digests: DigestStore;
  }
}

/** A day's digest of one reader, and the mail that carries it. */
interface DayDigest {
  /** `YYYY-MM-DD` in the event's time zone. */
  readonly date: string;
  readonly reader: string;
  readonly digest: Digest;
  readonly message: OutboxMessage;
}

interface DigestWriter {
  /** Ids of all events. */
  readonly events: () => Promise<readonly string[]>;
  /**
   * Ids of those of which indexes are kept: they were not over for long, or nobody knows when they will be. Of others the list alone is read,
   * whatever there is of them: who reads an index takes with it what changed since, and who erases someone has it written anew.
   */
  readonly recent: () => Promise<readonly string[]>;
  /** Whether everyone was told of an event on a day. */
  readonly isDone: (eventId: string, date: string) => Promise<boolean>;
  readonly markDone: (eventId: string, date: string) => Promise<void>;
  /** Writes digest and mail together, unless the reader was told that day already. */
  readonly tell: (event: EventDefinition<unknown>, day: DayDigest) => Promise<void>;
}

const DAY = 86_400_000;
/** Days after its last one, anywhere on earth, on which something of an event is still kept anew: minutes are forgotten by then. */
const RECENT_DAYS = MINUTE_DAYS + 3;

/** An event that is postponed has days that are over, and registrations that change. */
const isRecent = ({ lastDay, status }: EventEntry, now: Date): boolean =>
  lastDay === undefined || status === 'postponed' || Date.parse(lastDay) + RECENT_DAYS * DAY > now.getTime();

/** Stands where a reader would, for the mark that all were told. */
const EVERYONE = '';

export function digestWriter({ client, registry, outbox, system }: Given<'registry' | 'outbox'>): DigestWriter {
  const { read } = digestStore({ client, registry });
  return {
    events: () => listEvents(client, registry),

    async recent() {
      const entries = await eventEntries(client, registry);
      return entries.filter((entry) => isRecent(entry, system.now())).map(({ id }) => id);
    },

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
          { Put: { TableName: registry, Item, ConditionExpression: NOT_THERE } },
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
