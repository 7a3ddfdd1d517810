import { eventKey, keptPartitions } from '../store/keys.ts';
import { transact } from '../store/transact.ts';
import type { PublishingDeps } from './deps.ts';
import { type Retention, stampUntil } from './stamp-until.ts';

/**
 * Milliseconds from a publication until this may be done. Whoever was registering while the event changed still writes the time of
 * the version before; a function runs for 10 seconds at most.
 */
export const SUBMISSIONS_END = 15_000;

const STILL_PUBLISHED = 'version = :version';

/**
 * Has the table keep all registrations and locks of an event until another time, and notes on the event that it does.
 * Only then: where this was interrupted, the next publication sees no note and does it all again.
 *
 * @returns how many items it changed
 */
export async function keepUntil(
  retention: Retention,
  deps: Pick<PublishingDeps, 'documents' | 'registry' | 'system'>,
): Promise<number> {
  const kept = { table: deps.registry, partitions: keptPartitions(retention.eventId), saysVersion: true };
  const changed = await stampUntil(retention, kept, deps);
  await noteKept(retention, deps);
  return changed;
}

/** Nothing where the event was published again meanwhile: that publication keeps everything until its own time. */
async function noteKept(
  { eventId, version, until }: Retention,
  { documents, registry, system }: Pick<PublishingDeps, 'documents' | 'registry' | 'system'>,
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
