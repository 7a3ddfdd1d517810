import { paginateScan } from '@aws-sdk/lib-dynamodb';
import type { ItemKey, KeptPartitions } from '../store/keys.ts';
import { transact } from '../store/transact.ts';
import type { PublishingDeps } from './deps.ts';

export interface Retention {
  readonly eventId: string;
  /** Of the event, as published: what an earlier version still writes does not undo what a later one wrote. */
  readonly version: number;
  /** Epoch seconds. */
  readonly until: number;
}

/** What a table holds of an event. */
interface Kept {
  /** Its physical name. */
  readonly table: string;
  readonly partitions: KeptPartitions;
  /**
   * Whether an item says which version it was kept by. Where nothing may tell what was there before the event moved, it does not: then
   * whoever stamps looks afterwards whether the event moved again.
   */
  readonly saysVersion: boolean;
}

type Deps = Pick<PublishingDeps, 'documents' | 'system'>;

const AT_ONCE = 25;
const NO_LATER_VERSION = '(attribute_not_exists(expiryVersion) OR expiryVersion <= :version)';
/** The table may have forgotten the item since it was read: an update must not bring a piece of it back. */
const STILL_THERE = 'attribute_exists(pk)';

/**
 * Has a table keep all that it holds of an event until another time. Of what is in an item nothing is read but its key and its end.
 *
 * @returns how many items it changed: what an interrupted run changed already is passed over, so that the next one goes on from there
 */
export async function stampUntil(retention: Retention, kept: Kept, deps: Deps): Promise<number> {
  let changed = 0;
  for await (const { Items = [] } of paginateScan({ client: deps.documents }, scanFor(retention, kept))) {
    for (let from = 0; from < Items.length; from += AT_ONCE) {
      const keys = Items.slice(from, from + AT_ONCE) as ItemKey[];
      const stamped = await Promise.all(keys.map((key) => stamp(key, retention, kept, deps)));
      changed += stamped.filter(Boolean).length;
    }
  }
  return changed;
}

/** Dates move a few times in an event's life, and items of many kinds with them. */
function scanFor({ version, until }: Retention, { table, partitions: { beginWith, are }, saysVersion }: Kept) {
  const places = [
    ...beginWith.map((_, index) => `begins_with(pk, :begin${index})`),
    ...are.map((_, index) => `pk = :is${index}`),
  ];
  return {
    TableName: table,
    FilterExpression: `(${places.join(' OR ')}) AND NOT (expiresAt = :until${saysVersion ? ' AND expiryVersion = :version' : ''})`,
    ProjectionExpression: 'pk, sk',
    ExpressionAttributeValues: Object.fromEntries<string | number>([
      [':until', until],
      ...(saysVersion ? [[':version', version] as const] : []),
      ...beginWith.map((prefix, index): [string, string] => [`:begin${index}`, prefix]),
      ...are.map((partition, index): [string, string] => [`:is${index}`, partition]),
    ]),
    ConsistentRead: true,
  };
}

async function stamp(
  { pk, sk }: ItemKey,
  { version, until }: Retention,
  { table, saysVersion }: Kept,
  { documents, system }: Deps,
): Promise<boolean> {
  const Key = { pk, sk };
  const update = saysVersion
    ? {
        UpdateExpression: 'SET expiresAt = :until, expiryVersion = :version',
        ConditionExpression: `${STILL_THERE} AND ${NO_LATER_VERSION}`,
        ExpressionAttributeValues: { ':until': until, ':version': version },
      }
    : {
        UpdateExpression: 'SET expiresAt = :until',
        ConditionExpression: STILL_THERE,
        ExpressionAttributeValues: { ':until': until },
      };
  return (await transact(documents, [{ Update: { TableName: table, Key, ...update } }], system)).length === 0;
}
