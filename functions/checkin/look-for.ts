import { ticketHashOf } from '../../shared/checking-in/ticket-hash.ts';
import type { Registration } from '../../shared/domain/registration.ts';
import { changedKeys } from '../../shared/store/changed-keys.ts';
import { comingShards, minorsShard } from '../../shared/store/changes-shard.ts';
import { readRegistrations } from '../../shared/store/read-registrations.ts';
import { revokedTickets } from '../../shared/store/revoked-ticket-item.ts';
import type { Deps } from './deps.ts';

/** Milliseconds: who registered within them is not in the roster yet of a phone that has no network. */
const RECENT = 2 * 60 * 60 * 1000;

/**
 * Whose tickets these are, of which a phone did not know it. Most were replaced, and are nobody's; or they are of whoever registered
 * a moment ago, at the door: for both little is read. Only for what is neither, everyone is looked through.
 *
 * @param wanted `ticketHash`, base64url
 * @returns by those of them that somebody has
 */
export async function lookFor(
  { client, registry, system, listRegistrations }: Deps,
  eventId: string,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Registration>> {
  const revoked = new Set((await revokedTickets(client, registry, eventId)).map(({ ticket }) => ticket));
  const sought = new Set([...wanted].filter((ticket) => !revoked.has(ticket)));
  if (sought.size === 0) return new Map();
  const since = new Date(system.now().getTime() - RECENT).toISOString();
  const shards = [...comingShards(eventId), minorsShard(eventId)];
  const keys = await Promise.all(shards.map((shard) => changedKeys(client, registry, shard, since)));
  const references = keys.flat().map(({ reference }) => reference);
  const recent = await among(sought, await readRegistrations(client, registry, eventId, references, system));
  return recent.size === sought.size ? recent : among(sought, await listRegistrations(eventId));
}

async function among(sought: ReadonlySet<string>, all: readonly Registration[]) {
  const hashed = await Promise.all(all.map(async (each) => [await ticketHashOf(each), each] as const));
  return new Map(hashed.filter(([ticket]) => sought.has(ticket)));
}
