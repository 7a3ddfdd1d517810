import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { eventKey, type ItemKey, type KeptPartitions, keptPartitions, versionKey } from '../../kernel/dynamo/keys.ts';
import { readItem } from '../../kernel/dynamo/queries.store.ts';
import { transact, updateIf } from '../../kernel/dynamo/transact.store.ts';
import { asVersionItem } from '../event-item.store.ts';
import type { PublishingDeps } from './stored-event.case.ts';

/**
 * Milliseconds from a publication until this may be done. A request that registered a person, or gave a seat, while the event changed still
 * writes the time of the version before; a function that writes what is kept runs for 30 seconds at most.
 */
export const WRITES_END = 35_000;

const STILL_PUBLISHED = 'version = :version';

/**
 * Has the table keep all registrations and locks of an event until another time, and notes on the event that it does.
 * Only then: where this was interrupted, the next publication sees no note and goes on with it.
 *
 * @param hasTime asked again and again; once it says no, what is left is left to another run
 */
export async function extendRetention(
  retention: Retention,
  deps: Pick<PublishingDeps, 'client' | 'registry' | 'system'>,
  hasTime?: () => boolean,
): Promise<Stamped> {
  const partitions = keptPartitions(retention.eventId);
  const kept = { table: deps.registry, partitions, progress: 'registryParts', saysVersion: true } as const;
  const stamped = await stampRetention(retention, kept, deps, hasTime);
  if (stamped.isWhole) await noteKept(retention, deps);
  return stamped;
}

/** Nothing where the event was published again meanwhile: that publication keeps everything until its own time. */
async function noteKept(
  { eventId, version, until }: Retention,
  { client, registry, system }: Pick<PublishingDeps, 'client' | 'registry' | 'system'>,
): Promise<void> {
  const update = {
    TableName: registry,
    Key: eventKey(eventId),
    UpdateExpression: 'SET keptUntil = :until',
    ConditionExpression: STILL_PUBLISHED,
    ExpressionAttributeValues: { ':until': until, ':version': version },
  };
  await transact(client, [{ Update: update }], system);
}

interface Retention {
  readonly eventId: string;
  /** Of the event, as published: what an earlier version still writes does not undo what a later one wrote. */
  readonly version: number;
  /** Epoch seconds. */
  readonly until: number;
}

/** What of an event's version says how far work on it is. */
type Progress = 'registryParts' | 'feedbackParts' | 'minuteParts';

/** What a table holds of an event. */
interface Kept {
  /** Its physical name. */
  readonly table: string;
  readonly partitions: KeptPartitions;
  readonly progress: Progress;
  /**
   * Whether an item says which version it was kept by. Where nothing may tell what was there before the event moved, it does not: then
   * no run for an earlier version may go on any more.
   */
  readonly saysVersion: boolean;
}

export interface Stamped {
  /** Items that this run changed. */
  readonly changed: number;
  /** Whether nothing is left to do. It is not where the time was over, or the event was published again. */
  readonly isWhole: boolean;
}

type Deps = Pick<PublishingDeps, 'client' | 'registry' | 'system'>;

/**
 * Parts of a table, looked through one after another. How many are done is noted for the version, and no place in the table: of answers
 * nothing may say which were there when the event moved, and of an event nothing is noted about anybody.
 *
 * A part has to be read within one run: 150 MB in 15 seconds, some five gigabytes in all.
 */
export const PARTS = 32;
const AT_ONCE = 25;
const NO_LATER_VERSION = '(attribute_not_exists(expiryVersion) OR expiryVersion <= :version)';
/** The table may have forgotten the item since it was read: an update must not bring a piece of it back. */
const STILL_THERE = 'attribute_exists(pk)';

/**
 * Has a table keep all that it holds of an event until another time. Of what is in an item nothing is read but its key and its end. After
 * each part of the table it notes that this is done, so that an interrupted run goes on there, and two at once share the work. Within
 * a part, what an interrupted run changed already is passed over.
 *
 * @param hasTime see `extendRetention`
 */
export const stampRetention = (
  retention: Retention,
  kept: Kept,
  deps: Deps,
  hasTime: () => boolean = () => true,
): Promise<Stamped> =>
  inParts({ ...retention, progress: kept.progress, most: PARTS }, deps, hasTime, (part) =>
    stampPart(part, retention, kept, deps, hasTime),
  );

interface Work extends Pick<Retention, 'eventId' | 'version'> {
  readonly progress: Progress;
  /** How many parts there are. */
  readonly most: number;
}

/**
 * Does work on an event part by part, and notes each with its version: an interrupted run goes on there, two at once share it, and a later
 * publication begins it anew.
 *
 * @param hasTime asked again and again; once it says no, what is left is left to another run
 * @param does one part, from 0 on
 */
export async function inParts(
  work: Work,
  deps: Pick<Deps, 'client' | 'registry'>,
  hasTime: () => boolean,
  does: (part: number) => Promise<Stamped>,
): Promise<Stamped> {
  let changed = 0;
  let progress = await readProgress(work, deps);
  const isLeft = () => progress.version === work.version && progress.parts < work.most;
  while (isLeft() && hasTime()) {
    const part = await does(progress.parts);
    changed += part.changed;
    if (!part.isWhole) break;
    // Refused where another run did this part, or an organiser publishes: what is noted says so.
    const isNoted = await noteProgress(progress.parts, work, deps);
    progress = isNoted ? { ...progress, parts: progress.parts + 1 } : await readProgress(work, deps);
  }
  return { changed, isWhole: progress.version === work.version && progress.parts >= work.most };
}

async function readProgress({ eventId, progress }: Work, { client, registry }: Pick<Deps, 'client' | 'registry'>) {
  const item = await readItem(client, registry, versionKey(eventId));
  const { version, [progress]: parts = 0 } = asVersionItem(item);
  return { version, parts };
}

/** @returns whether it was as far as that, and the version is still the same */
async function noteProgress(
  done: number,
  { eventId, version, progress }: Work,
  { client, registry }: Pick<Deps, 'client' | 'registry'>,
): Promise<boolean> {
  const noted = await updateIf(client, {
    TableName: registry,
    Key: versionKey(eventId),
    UpdateExpression: 'SET #progress = :next',
    ConditionExpression: `version = :version AND ${done === 0 ? 'attribute_not_exists(#progress)' : '#progress = :done'}`,
    ExpressionAttributeNames: { '#progress': progress },
    ExpressionAttributeValues: { ':next': done + 1, ':version': version, ...(done > 0 && { ':done': done }) },
  });
  return noted === 'done';
}

/** One part of it. */
export async function stampPart(
  part: number,
  retention: Retention,
  kept: Omit<Kept, 'progress'>,
  deps: Deps,
  hasTime: () => boolean,
): Promise<Stamped> {
  let changed = 0;
  const scan = { ...scanFor(retention, kept), Segment: part, TotalSegments: PARTS };
  for await (const { Items = [] } of paginateScan({ client: deps.client }, scan)) {
    for (let from = 0; from < Items.length; from += AT_ONCE) {
      if (!hasTime()) return { changed, isWhole: false };
      const keys = Items.slice(from, from + AT_ONCE) as ItemKey[];
      const stamped = await Promise.all(keys.map((key) => stamp(key, retention, kept, deps)));
      changed += stamped.filter(Boolean).length;
    }
  }
  return { changed, isWhole: true };
}

/** Dates move a few times in an event's life, and items of many kinds with them. */
function scanFor(
  { version, until }: Retention,
  { table, partitions: { beginWith, are }, saysVersion }: Omit<Kept, 'progress'>,
) {
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
  { table, saysVersion }: Pick<Kept, 'table' | 'saysVersion'>,
  { client, system }: Deps,
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
  return (await transact(client, [{ Update: { TableName: table, Key, ...update } }], system)).length === 0;
}
