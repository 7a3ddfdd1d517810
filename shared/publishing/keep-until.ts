import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { eventKey, type ItemKey, keptPartitions } from '../store/keys.ts';
import { transact } from '../store/transact.ts';
import type { PublishingDeps } from './deps.ts';

export interface Retention {
  readonly eventId: string;
  /** Of the event, as published: what an earlier version still writes does not undo what a later one wrote. */
  readonly version: number;
  /** Epoch seconds. */
  readonly until: number;
}

type KeepDeps = Pick<PublishingDeps, 'documents' | 'registry' | 'system'>;

/**
 * Milliseconds from a publication until this may be done. Whoever was registering while the event changed still writes the time of
 * the version before; a function runs for 10 seconds at most.
 */
export const SUBMISSIONS_END = 15_000;
const AT_ONCE = 25;
const NO_LATER_VERSION = '(attribute_not_exists(expiryVersion) OR expiryVersion <= :version)';
/** The table may have forgotten the item since it was read: an update must not bring a piece of it back. */
const STILL_THERE = 'attribute_exists(pk)';
const STILL_PUBLISHED = 'version = :version';

/**
 * Has the table keep all registrations and locks of an event until another time, and notes on the event that it does.
 * Only then: where this was interrupted, the next publication sees no note and does it all again.
 *
 * @returns how many items it changed
 */
export async function keepUntil(retention: Retention, deps: KeepDeps): Promise<number> {
  let changed = 0;
  for await (const { Items = [] } of paginateScan({ client: deps.documents }, scanFor(retention, deps.registry))) {
    for (let from = 0; from < Items.length; from += AT_ONCE) {
      const keys = Items.slice(from, from + AT_ONCE) as ItemKey[];
      const stamped = await Promise.all(keys.map((key) => stamp(key, retention, deps)));
      changed += stamped.filter(Boolean).length;
    }
  }
  await noteKept(retention, deps);
  return changed;
}

/**
 * Dates move a few times in an event's life, and items of many kinds with them. What an interrupted run changed already is passed
 * over, so that the next one goes on from there.
 */
function scanFor({ eventId, version, until }: Retention, TableName: string) {
  const { beginWith, are } = keptPartitions(eventId);
  const places = [
    ...beginWith.map((_, index) => `begins_with(pk, :begin${index})`),
    ...are.map((_, index) => `pk = :is${index}`),
  ];
  return {
    TableName,
    FilterExpression: `(${places.join(' OR ')}) AND NOT (expiresAt = :until AND expiryVersion = :version)`,
    ProjectionExpression: 'pk, sk',
    ExpressionAttributeValues: Object.fromEntries<string | number>([
      [':until', until],
      [':version', version],
      ...beginWith.map((prefix, index): [string, string] => [`:begin${index}`, prefix]),
      ...are.map((partition, index): [string, string] => [`:is${index}`, partition]),
    ]),
    ConsistentRead: true,
  };
}

async function stamp({ pk, sk }: ItemKey, { version, until }: Retention, deps: KeepDeps): Promise<boolean> {
  const update = {
    TableName: deps.registry,
    Key: { pk, sk },
    UpdateExpression: 'SET expiresAt = :until, expiryVersion = :version',
    ConditionExpression: `${STILL_THERE} AND ${NO_LATER_VERSION}`,
    ExpressionAttributeValues: { ':until': until, ':version': version },
  };
  return (await transact(deps.documents, [{ Update: update }], deps.system)).length === 0;
}

/** Nothing where the event was published again meanwhile: that publication keeps everything until its own time. */
async function noteKept(
  { eventId, version, until }: Retention,
  { documents, registry, system }: KeepDeps,
): Promise<void> {
  const update = {
    TableName: registry,
    Key: eventKey(eventId),
    UpdateExpression: 'SET keptUntil = :until',
    ConditionExpression: STILL_PUBLISHED,
    ExpressionAttributeValues: { ':until': until, ':version': version },
  };
  await transact(documents, [{ Update: update }], system);
}
