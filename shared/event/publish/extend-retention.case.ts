import { eventKey, keptPartitions } from '../../kernel/dynamo/keys.ts';
import { transact } from '../../kernel/dynamo/transact.store.ts';
import type { PublishingDeps } from './deps.case.ts';
import { type Retention, type Stamped, stampRetention } from './stamp-retention.case.ts';

/**
 * Milliseconds from a publication until this may be done. Whoever was registering while the event changed, or being given a seat, still
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
