import { createHash } from 'node:crypto';
import { changedKeys } from '../kernel/dynamo/queries.store.ts';
import { type Patient, transact } from '../kernel/dynamo/transact.store.ts';
import type { Given } from '../kernel/parts.store.ts';
import { endedShard } from '../registration/list/changes-shard.ts';
import { readRegistrations } from '../registration/list/registration-list.store.ts';
import { encodeRevocations, revocationBody, revocationMessage } from './revocation-list.ts';
import { putRevocations, readRevocations, revokedTickets, type StoredRevocations } from './revoked-ticket.store.ts';
import { eventFingerprint, isOrWasGood } from './ticket.ts';
import type { TicketKey } from './ticket-key.store.ts';
import { ticketIdBytes, ticketPrefix } from './ticket-names.store.ts';

export type SigningDeps = Given<'registry', keyof Patient> & { readonly key: TicketKey };

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** A timer of one minute then signs anew within five, of the fifteen after which a phone calls its list old. */
const SIGNED_ANEW_AFTER = 4 * MINUTE;
/** A phone that heard nothing of us for a day says so louder. */
const GOOD_FOR = 24 * 60 * MINUTE;

/**
 * Signs which tickets of an event admit nobody any more: anew where that changed, and where the list would look old. Two at once are as
 * good as one.
 *
 * @param expiresAt when it is forgotten: epoch seconds
 * @returns whether a list was written
 */
export async function signRevocations(deps: SigningDeps, eventId: string, expiresAt: number): Promise<boolean> {
  const { client, registry, system } = deps;
  const [ended, revoked, before] = await Promise.all([
    changedKeys(client, registry, endedShard(eventId)),
    revokedTickets(client, registry, eventId),
    readRevocations(client, registry, eventId),
  ]);
  const keyId = Buffer.from(await deps.key.id()).toString('hex');
  const madeOf = hashOf([
    keyId,
    ...ended.map(({ reference, changedAt }) => `${reference} ${changedAt}`),
    ...revoked.map(({ place }) => place),
  ]);
  const now = Math.floor(system.now().getTime() / SECOND);
  const isOld = before === undefined || (now - before.issuedAt) * SECOND >= SIGNED_ANEW_AFTER;
  if (!isOld && before.madeOf === madeOf) return false;
  const references = ended.map(({ reference }) => reference);
  const registrations = await readRegistrations(client, registry, eventId, references, system);
  const prefixes = [
    ...registrations
      .filter((each) => each.status !== 'confirmed' && isOrWasGood(each))
      .map(({ ticketId }) => ticketPrefix(ticketIdBytes(ticketId))),
    ...revoked.map(({ prefix }) => Buffer.from(prefix, 'base64url')),
  ];
  const tickets = hashOf(prefixes.map((prefix) => prefix.toString('hex')));
  const version = nextVersion(before, tickets, now);
  const list = await signed(deps.key, eventId, version, now, prefixes);
  const after = { version, issuedAt: now, madeOf, tickets, list: Buffer.from(list).toString('base64url') };
  const put = putRevocations(registry, eventId, before, after, expiresAt);
  return (await transact(client, [put], system)).length === 0;
}

/** At least the time, so that it does not fall where the table was restored from a backup. @param now epoch seconds */
const nextVersion = (before: StoredRevocations | undefined, tickets: string, now: number): number =>
  before?.tickets === tickets ? before.version : Math.max(now, (before?.version ?? 0) + 1);

async function signed(
  key: TicketKey,
  eventId: string,
  version: number,
  now: number,
  prefixes: readonly Uint8Array[],
): Promise<Uint8Array> {
  const body = revocationBody({
    keyId: await key.id(),
    event: await eventFingerprint(eventId),
    version,
    issuedAt: new Date(now * SECOND),
    expiresAt: new Date(now * SECOND + GOOD_FOR),
    prefixes,
  });
  return encodeRevocations(body, await key.sign(await revocationMessage(body)));
}

const hashOf = (names: readonly string[]): string =>
  createHash('sha256')
    .update([...new Set(names)].sort().join('\n'))
    .digest('base64url');
