import { changedKeys } from '../../kernel/dynamo/changed-keys.store.ts';
import { comingShards, minorsShard } from '../../registration/list/changes-shard.ts';
import { readRegistrations } from '../../registration/list/read-registrations.store.ts';
import type { Registration } from '../../registration/registration.ts';
import { type RevokedTicket, revokedAt, revokedTickets } from '../../ticket/revoked-ticket.store.ts';
import { ticketHashOf } from '../../ticket/ticket-hash.ts';
import type { Deps } from './deps.case.ts';

/** Milliseconds: who registered within them is not in the roster yet of a phone that has no network. */
const RECENT = 2 * 60 * 60 * 1000;

/** A ticket that whoever had it has another one for. */
export interface Replaced {
  /** `ticketHash` of the one that they have now, base64url. */
  readonly to: string;
  /** Since when: epoch milliseconds. */
  readonly at: number;
}

export interface Found {
  /** By `ticketHash`: whoever has one of these tickets now. */
  readonly holders: ReadonlyMap<string, Registration>;
  /** By `ticketHash`: what became of those that were replaced. */
  readonly replaced: ReadonlyMap<string, Replaced>;
}

/**
 * Whose tickets these are, of which a phone did not know it. Most were replaced, and are nobody's; or they are of whoever registered
 * a moment ago, at the door: for both little is read. Only for what is neither, everyone is looked through.
 *
 * @param wanted `ticketHash`, base64url
 * @param known of whom a phone spoke: a ticket that was replaced is most often one of theirs
 */
export async function lookFor(
  { client, registry, system, listRegistrations }: Deps,
  eventId: string,
  wanted: ReadonlySet<string>,
  known: ReadonlyMap<string, Registration>,
): Promise<Found> {
  const revoked = new Map((await revokedTickets(client, registry, eventId)).map((each) => [each.ticket, each]));
  const replaced = new Map([...wanted].flatMap((ticket) => replacement(ticket, revoked)));
  const others = [...replaced.values()].map(({ to }) => to);
  const sought = new Set(
    [...[...wanted].filter((ticket) => !revoked.has(ticket)), ...others].filter((ticket) => !known.has(ticket)),
  );
  const theirs = others.flatMap((ticket) => entryOf(ticket, known));
  if (sought.size === 0) return { holders: new Map(theirs), replaced };
  const since = new Date(system.now().getTime() - RECENT).toISOString();
  const shards = [...comingShards(eventId), minorsShard(eventId)];
  const keys = await Promise.all(shards.map((shard) => changedKeys(client, registry, shard, since)));
  const references = keys.flat().map(({ reference }) => reference);
  const recent = await among(sought, await readRegistrations(client, registry, eventId, references, system));
  const found = recent.size === sought.size ? recent : await among(sought, await listRegistrations(eventId));
  return { holders: new Map([...theirs, ...found]), replaced };
}

/** From one ticket to the next, to the last. Where somebody else came in their place, the way ends. */
function replacement(ticket: string, revoked: ReadonlyMap<string, RevokedTicket>): [string, Replaced][] {
  const first = revoked.get(ticket);
  if (first === undefined) return [];
  let { to } = first;
  while (to !== undefined && revoked.has(to)) to = revoked.get(to)?.to;
  return to === undefined ? [] : [[ticket, { to, at: revokedAt(first) }]];
}

function entryOf(ticket: string, known: ReadonlyMap<string, Registration>): [string, Registration][] {
  const registration = known.get(ticket);
  return registration === undefined ? [] : [[ticket, registration]];
}

async function among(sought: ReadonlySet<string>, all: readonly Registration[]) {
  const hashed = await Promise.all(all.map(async (each) => [await ticketHashOf(each), each] as const));
  return new Map(hashed.filter(([ticket]) => sought.has(ticket)));
}
