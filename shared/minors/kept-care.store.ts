import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { careNeedsPartition } from '../care/care.schema.ts';
import { asVersionItem } from '../event/event-item.store.ts';
import { type ItemKey, versionKey } from '../kernel/dynamo/keys.ts';
import { readItem } from '../kernel/dynamo/queries.store.ts';
import { updateIf } from '../kernel/dynamo/transact.store.ts';
import type { Database } from '../kernel/parts.store.ts';
import { CROCKFORD } from '../kernel/text/crockford.ts';
import { guardianPartition } from './consent/guardian.schema.ts';
import { reportPartitions } from './report/report-item.store.ts';

/** How far an event's version is followed in `Care`. */
export interface CareNote {
  readonly version: number;
  readonly careSeenAt?: string | undefined;
  readonly careKept?: boolean | undefined;
}

/** Something in `Care`, and when it is forgotten. */
export interface KeptItem extends ItemKey {
  /** Epoch seconds. */
  readonly expiresAt: number;
}

export interface KeptCareStore {
  readonly readNote: (eventId: string) => Promise<CareNote | undefined>;
  /** Nothing where the event was published again since: that publication is followed anew. */
  readonly note: (eventId: string, note: CareNote) => Promise<unknown>;
  /** Pages of what is not forgotten yet, and would be at another time than it should. @param until epoch seconds @param now the same */
  readonly pages: (partition: string, until: number, now: number) => AsyncIterable<readonly KeptItem[]>;
  /** Nothing where it is not as it was read: deleted, or written anew. @param until epoch seconds */
  readonly keep: (item: KeptItem, until: number) => Promise<unknown>;
}

const AS_READ = 'expiresAt = :read';
const SAME_VERSION = 'version = :version';

export const needsPartitions = (eventId: string): readonly string[] =>
  [...CROCKFORD].map((first) => careNeedsPartition(eventId, first));

/** Where guardians and reports are: what is kept as long as registrations. */
export const guardianAndReportPartitions = (eventId: string): readonly string[] => [
  ...[...CROCKFORD].map((first) => guardianPartition(eventId, first)),
  ...reportPartitions(eventId),
];

export const keptCareStore = ({ client, registry, care }: Database<'registry' | 'care'>): KeptCareStore => ({
  async readNote(eventId) {
    const item = await readItem(client, registry, versionKey(eventId));
    return item && asVersionItem(item);
  },

  note: (eventId, { version, careSeenAt, careKept = false }) =>
    updateIf(client, {
      TableName: registry,
      Key: versionKey(eventId),
      UpdateExpression: 'SET careSeenAt = :seenAt, careKept = :kept',
      ConditionExpression: SAME_VERSION,
      ExpressionAttributeValues: { ':seenAt': careSeenAt, ':kept': careKept, ':version': version },
    }),

  async *pages(partition, until, now) {
    const query = {
      TableName: care,
      KeyConditionExpression: 'pk = :pk',
      FilterExpression: 'expiresAt <> :until AND expiresAt > :now',
      ProjectionExpression: 'pk, sk, expiresAt',
      ExpressionAttributeValues: { ':pk': partition, ':until': until, ':now': now },
      ConsistentRead: true,
    };
    for await (const { Items = [] } of paginateQuery({ client }, query)) yield Items as KeptItem[];
  },

  keep: ({ pk, sk, expiresAt }, until) =>
    updateIf(client, {
      TableName: care,
      Key: { pk, sk },
      UpdateExpression: 'SET expiresAt = :until',
      ConditionExpression: AS_READ,
      ExpressionAttributeValues: { ':read': expiresAt, ':until': until },
    }),
});

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly keptCare: KeptCareStore;
  }
}
