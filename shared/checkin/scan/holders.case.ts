import type { EventDefinition } from '../../event/event.ts';
import { asHeld } from '../../event/event-standing.ts';
import { readItem } from '../../kernel/dynamo/queries.store.ts';
import { parseReference } from '../../kernel/text/reference.ts';
import { headcountFor } from '../../minors/chaperone/headcount.store.ts';
import { readRegistrations } from '../../registration/list/registration-list.store.ts';
import { readPeople } from '../../registration/people/people.case.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { type RevokedTicket, revokedAt, revokedTickets } from '../../ticket/revoked-ticket.store.ts';
import { referencesOf } from '../../ticket/ticket-holder.store.ts';
import { ticketHashOf } from '../../ticket/ticket-names.store.ts';
import { checkInKey } from '../check-in-keys.ts';
import { type Holder, ticketHolderOf } from '../holder.ts';
import { anonymiseCheckIns, transferToTicket } from '../review/carry-check-ins.case.ts';
import { fromCheckInItem } from './check-in.store.ts';
import type { ScanDeps as BringingDeps, ScanDeps, ScanSituation } from './keep-scan.case.ts';
import type { SentScan } from './scans.schema.ts';

type Deps = Omit<BringingDeps, 'auditTable'>;

type Rules = EventDefinition<string>;

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
 * Whose tickets these are, of which a phone did not know it. Most were replaced, and are nobody's. What was written with a ticket says to
 * whom it leads, however short ago that was; of tickets of before that was written, the people index. Whose they are is said by the
 * registrations, as they are now.
 *
 * @param wanted `ticketHash`, base64url
 * @param known of whom was spoken: a ticket that was replaced is most often one of theirs
 */
export async function lookFor(
  deps: Deps,
  event: Rules,
  wanted: ReadonlySet<string>,
  known: ReadonlyMap<string, Registration>,
): Promise<Found> {
  const { client, people, registry } = deps;
  const revoked = new Map((await revokedTickets(client, registry, event.id)).map((each) => [each.ticket, each]));
  const replaced = new Map([...wanted].flatMap((ticket) => replacement(ticket, revoked)));
  const others = [...replaced.values()].map(({ to }) => to);
  const sought = new Set(
    [...[...wanted].filter((ticket) => !revoked.has(ticket)), ...others].filter((ticket) => !known.has(ticket)),
  );
  const theirs = others.flatMap((ticket) => entryOf(ticket, known));
  if (sought.size === 0) return { holders: new Map(theirs), replaced };
  const found = new Map<string, Registration>();
  for (const look of [byHolder, byIndex]) {
    const left = new Set([...sought].filter((ticket) => !found.has(ticket)));
    const references = left.size === 0 ? [] : await look(deps, event, left);
    if (references.length === 0) continue;
    const theirs = await people.registrations(event.id, references);
    for (const [ticket, each] of among(left, theirs)) found.set(ticket, each);
  }
  return { holders: new Map([...theirs, ...found]), replaced };
}

const byHolder = (
  { client, registry, system }: Deps,
  { id }: Rules,
  sought: ReadonlySet<string>,
): Promise<readonly string[]> => referencesOf(client, registry, id, [...sought], system);

/** Of tickets that were good before it was written whose they are; they are in the index since. */
async function byIndex(deps: Deps, event: Rules, sought: ReadonlySet<string>): Promise<readonly string[]> {
  const { people, minors } = await readPeople(deps, event);
  return [...people.values(), ...minors.values()].flatMap(({ ticket, reference }) =>
    sought.has(ticket) ? [reference] : [],
  );
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
  event: Rules,
  scans: readonly Pick<SentScan, 'ticket' | 'reference'>[],
): Promise<ReadonlyMap<string, NamedHolder>> {
  const references = scans.flatMap(({ reference = '' }) => parseReference(reference) ?? []);
  const { client, registry, system } = deps;
  const read = await readRegistrations(client, registry, event.id, references, system);
  const named = new Map(read.map((each) => [ticketHashOf(each), each]));
  const unnamed = new Set(scans.map(({ ticket }) => ticket).filter((ticket) => !named.has(ticket)));
  if (unnamed.size === 0) return heldBy(deps, event, named);
  const { holders, replaced } = await lookFor(deps, event, unnamed, named);
  const all = await heldBy(deps, event, new Map([...named, ...holders]));
  const former = [...replaced].flatMap(([ticket, by]) => {
    const holder = all.get(by.to);
    return holder === undefined ? [] : [[ticket, { ...holder, replaced: by }] as const];
  });
  return new Map([...all, ...former]);
}

/** Registrations by `ticketHash`, as what a door has to know of their holders. */
export async function heldBy(
  deps: Pick<Deps, 'client' | 'registry' | 'system'>,
  event: Rules,
  registrations: ReadonlyMap<string, Registration>,
): Promise<ReadonlyMap<string, NamedHolder>> {
  const counts = await headcountFor(deps, event, [...registrations.values()]);
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
    ...rest
  }: Pick<ScanSituation, 'door' | 'eventId' | 'minutes'> & { readonly ticket: string; readonly holder: NamedHolder },
  expiresAt: number,
): Promise<void> {
  const { replaced } = rest.holder;
  if (replaced === undefined) return;
  const item = await readItem(client, registry, checkInKey(eventId, ticket, rest.door.id));
  if (item === undefined) return;
  const carried = { checkIn: fromCheckInItem(item), to: replaced.to, ...rest };
  const deps = { client, registry, system };
  await transferToTicket(deps, carried, expiresAt);
  await anonymiseCheckIns(deps, eventId, ticket);
}
