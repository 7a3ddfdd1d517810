import { createHash } from 'node:crypto';
import { type ChangedKey, changedKeys } from '../../kernel/dynamo/changed-keys.store.ts';
import { headcount } from '../../minors/chaperone/chaperone.ts';
import { comingShards, endedShard, minorsShard } from '../../registration/list/changes-shard.ts';
import { readRegistrations } from '../../registration/list/read-registrations.store.ts';
import { revokedSince } from '../../ticket/revoked-ticket.store.ts';
import { isOrWasGood } from '../../ticket/ticket-standing.ts';
import type { Deps, For, Part } from './deps.case.ts';
import type { RosterCursor } from './roster-cursor.ts';
import { noEntry, sealPeople } from './seal-people.case.ts';

/**
 * Milliseconds for which what changed is told again: a write is stamped before it is made, may be tried again for some seconds, and
 * the index lags.
 */
export const SETTLES = 30_000;
/** Registrations that changed, above which everyone is read anew instead. */
const MOST_CHANGES = 8_000;

/**
 * Who changed since, as they are now. Where anything about anyone under 18 who comes changed, or about whoever looks after them, all of
 * these are told anew: whether one may go in depends on how many there are.
 *
 * @param now epoch milliseconds
 * @returns `undefined` where so many changed that everyone is to be read anew
 */
export async function changes(
  { client, registry, system }: Deps,
  { event, device, isVetted }: For,
  cursor: Pick<RosterCursor, 'changes' | 'minors' | 'isCatchingUp'>,
  now: number,
): Promise<Part<Pick<RosterCursor, 'changes' | 'minors'>> | undefined> {
  const { eventId } = device;
  const read = (shard: string, after?: string) => changedKeys(client, registry, shard, after);
  const shards = [...comingShards(eventId), endedShard(eventId)];
  const [young, revoked, ...changed] = await Promise.all([
    read(minorsShard(eventId)),
    revokedSince(client, registry, eventId, cursor.changes),
    ...shards.map((shard) => read(shard, cursor.changes)),
  ]);
  const alone = changed.flat();
  if (alone.length > MOST_CHANGES && !cursor.isCatchingUp) return undefined;
  const minors = hashOf(young);
  const together = minors === cursor.minors ? [] : young;
  const find = (keys: readonly ChangedKey[]) =>
    readRegistrations(
      client,
      registry,
      eventId,
      keys.map(({ reference }) => reference),
      system,
    );
  const [theirs, others] = await Promise.all([find(together), find(alone)]);
  const known = new Set(together.map(({ reference }) => reference));
  // Who began to come since the index was read, and is under 18, is told with the others as soon as it names them.
  const isTold = others.filter(
    (each) =>
      isOrWasGood(each) && !known.has(each.reference) && !(each.ageBand === 'minor' && each.status === 'confirmed'),
  );
  const counts = headcount(theirs, event);
  return {
    entries: Buffer.concat([
      ...revoked.map(({ ticket }) => noEntry(Buffer.from(ticket, 'base64url'))),
      sealPeople(event, [...isTold, ...theirs.filter(isOrWasGood)], counts, isVetted),
    ]),
    reached: { changes: later(cursor.changes, new Date(now - SETTLES).toISOString()), minors },
  };
}

const later = (a: string, b: string): string => (a > b ? a : b);

const hashOf = (keys: readonly ChangedKey[]): string =>
  createHash('sha256')
    .update(
      keys
        .map(({ reference, changedAt }) => `${reference} ${changedAt}`)
        .sort()
        .join('\n'),
    )
    .digest('base64url')
    .slice(0, 12);
