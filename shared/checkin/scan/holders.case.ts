import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { EventDefinition } from '../../event/event.ts';
import { asHeld } from '../../event/event-standing.ts';
import { changedKeys } from '../../kernel/dynamo/queries.store.ts';
import { parseReference } from '../../kernel/text/reference.ts';
import { headcount } from '../../minors/chaperone/chaperone.ts';
import { comingShards, minorsShard } from '../../registration/list/changes-shard.ts';
import { readRegistrations } from '../../registration/list/registration-list.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { type RevokedTicket, revokedAt, revokedTickets } from '../../ticket/revoked-ticket.store.ts';
import { ticketHashOf } from '../../ticket/ticket-names.store.ts';
import { checkInKey } from '../check-in-keys.ts';
import { type Holder, ticketHolderOf } from '../holder.ts';
import { anonymiseCheckIns, transferToTicket } from '../review/carry-check-ins.case.ts';
import type { ListTerms } from '../roster/roster.schema.ts';
import { fromCheckInItem } from './check-in.store.ts';
import type { ScanDeps as BringingDeps, ScanDeps } from './keep-scan.case.ts';
import type { SentScan } from './scans.schema.ts';

type Deps = Omit<BringingDeps, 'auditTable'>;

/** Milliseconds: who registered within them is not in the roster yet of a phone that has no network. */
const RECENT = 2 * 60 * 60 * 1000;

/** A ticket for which its attendee has another one. */
interface Replaced {
  /** `ticketHash` of the one that they have now, base64url. */
  readonly to: string;
  /** Since when: epoch milliseconds. */
  readonly at: number;
}

interface Found {
  /** By `ticketHash`: attendees with one of these tickets now. */
  readonly holders: ReadonlyMap<string, Registration>;
  /** By `ticketHash`: what became of those that were replaced. */
  readonly replaced: ReadonlyMap<string, Replaced>;
}

/**
 * Whose tickets these are, of which a phone did not know it. Most were replaced, and are nobody's; or of attendees who registered
 * a moment ago, at the door: for both little is read. Only for what is neither, everyone is looked through.
 *
 * @param wanted `ticketHash`, base64url
 * @param known of whom a phone spoke: a ticket that was replaced is most often one of theirs
 */
async function lookFor(
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
  const recent = among(sought, await readRegistrations(client, registry, eventId, references, system));
  const found = recent.size === sought.size ? recent : among(sought, await listRegistrations(eventId));
  return { holders: new Map([...theirs, ...found]), replaced };
}

/** From one ticket to the next, to the last. At a substitution, the way ends. */
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

const among = (sought: ReadonlySet<string>, all: readonly Registration[]): ReadonlyMap<string, Registration> =>
  new Map(all.map((each) => [ticketHashOf(each), each] as const).filter(([ticket]) => sought.has(ticket)));

export interface NamedHolder extends Holder {
  readonly reference: string;
  /** Its ticket shows whose it is, once it is scanned. */
  readonly unproven?: true | undefined;
  /** Of a ticket that they do not have any more: it was theirs until then. */
  readonly replaced?: Replaced;
}

/**
 * Whose tickets were scanned, by `ticketHash`, as they stand now. A phone says with each scan which registration its roster names;
 * where it does not know, or the ticket was replaced since, it is looked for, once for a batch.
 */
export async function holdersOf(
  deps: Deps,
  event: EventDefinition<unknown>,
  scans: readonly Pick<SentScan, 'ticket' | 'reference'>[],
): Promise<ReadonlyMap<string, NamedHolder>> {
  const references = scans.flatMap(({ reference = '' }) => parseReference(reference) ?? []);
  const { client, registry, system } = deps;
  const read = await readRegistrations(client, registry, event.id, references, system);
  const named = new Map(read.map((each) => [ticketHashOf(each), each]));
  const unnamed = new Set(scans.map(({ ticket }) => ticket).filter((ticket) => !named.has(ticket)));
  if (unnamed.size === 0) return heldBy(deps, event, named);
  const { holders, replaced } = await lookFor(deps, event.id, unnamed, named);
  const all = await heldBy(deps, event, new Map([...named, ...holders]));
  const former = [...replaced].flatMap(([ticket, by]) => {
    const holder = all.get(by.to);
    return holder === undefined ? [] : [[ticket, { ...holder, replaced: by }] as const];
  });
  return new Map([...all, ...former]);
}

async function heldBy(
  deps: Deps,
  event: EventDefinition<unknown>,
  registrations: ReadonlyMap<string, Registration>,
): Promise<ReadonlyMap<string, NamedHolder>> {
  const counts = await countsFor(deps, event, [...registrations.values()]);
  return new Map(
    [...registrations].map(([ticket, registration]) => [
      ticket,
      {
        reference: registration.reference,
        unproven: registration.unproven,
        ...ticketHolderOf(event, asHeld(event, registration), counts),
      },
    ]),
  );
}

/**
 * How many adults there have to be for a minor depends on all minors who come, and on their chaperones: the index names
 * these, and lags, so that attendees at the door are counted in any case.
 */
async function countsFor(
  { client, registry, system }: Deps,
  event: EventDefinition<unknown>,
  atDoor: readonly Registration[],
) {
  const minors = atDoor.filter(({ ageBand }) => ageBand === 'minor');
  if (minors.length === 0) return headcount([], event);
  const keys = await changedKeys(client, registry, minorsShard(event.id));
  const references = [...keys, ...minors].map(({ reference }) => reference);
  return headcount(await readRegistrations(client, registry, event.id, references, system), event);
}

/**
 * Whose a scan is, of the attendee who has the ticket now or had it before: a code that others found once it was replaced is nobody's. An
 * undo takes back what was scanned, whenever that is told.
 */
export function holderThen(
  holder: NamedHolder | undefined,
  { kind, correctedAt }: Pick<SentScan, 'kind' | 'correctedAt'>,
): NamedHolder | undefined {
  const wasTheirs = holder?.replaced === undefined || kind === 'undo' || correctedAt < holder.replaced.at;
  return wasTheirs ? holder : undefined;
}

/**
 * Has a scan that was told only once its ticket was replaced follow its attendee to the one that they have: they are counted once.
 * Twice is as good as once.
 *
 * @param expiresAt epoch seconds
 */
export async function followReplaced(
  { client, registry, system }: Pick<ScanDeps, 'client' | 'registry' | 'system'>,
  {
    eventId,
    ticket,
    door,
    holder,
  }: { readonly eventId: string; readonly ticket: string; readonly door: ListTerms; readonly holder: NamedHolder },
  expiresAt: number,
): Promise<void> {
  if (holder.replaced === undefined) return;
  const Key = checkInKey(eventId, ticket, door.id);
  const { Item } = await client.send(new GetCommand({ TableName: registry, Key, ConsistentRead: true }));
  if (Item === undefined) return;
  const carried = { checkIn: fromCheckInItem(Item), to: holder.replaced.to, door, holder };
  const deps = { client, registry, system };
  await transferToTicket(deps, carried, expiresAt);
  await anonymiseCheckIns(deps, eventId, ticket);
}
