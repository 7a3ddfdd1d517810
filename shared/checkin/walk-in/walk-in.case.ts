import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { noteChanges } from '../../event/job.store.ts';
import { registrationKey } from '../../kernel/dynamo/keys.ts';
import { readItem } from '../../kernel/dynamo/queries.store.ts';
import { type TransactItem, transact } from '../../kernel/dynamo/transact.store.ts';
import { BusyError } from '../../kernel/errors.ts';
import { logger } from '../../kernel/log.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { makeReference } from '../../kernel/text/reference.ts';
import { type CounterLook, counterLook } from '../../registration/change/change-parts.store.ts';
import { readRegistrations } from '../../registration/list/registration-list.store.ts';
import { provenBy } from '../../registration/proven.ts';
import type { Application, Registration, WalkIn } from '../../registration/registration.schema.ts';
import { fromRegistrationItem, putRegistration } from '../../registration/registration.store.ts';
import { changed, newRegistration } from '../../registration/registration-state.store.ts';
import { admit } from '../../seats/admission.ts';
import { changeCounter } from '../../seats/counter.store.ts';
import { type Counter, counterName, poolsFor } from '../../seats/quota.ts';
import type { Seat } from '../../seats/seat.schema.ts';
import { counterChanges } from '../../seats/seat-changes.ts';
import { unprovenWrites } from '../../seats/unproven-seat.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import { holderWrites, referencesOf } from '../../ticket/ticket-holder.store.ts';
import { ticketHashOf } from '../../ticket/ticket-names.store.ts';
import { byDevice } from '../actors.case.ts';
import { clampedTime } from '../clock.ts';
import type { Device } from '../device/device.schema.ts';
import { ticketHolderOf } from '../holder.ts';
import type { NamedHolder } from '../scan/holders.case.ts';
import { isKept, type ScanDeps } from '../scan/keep-scan.case.ts';
import type { ScanAnswer, SentScan, SentWalkIn } from '../scan/scans.schema.ts';
import { reasonOf, walkInApplication } from './walk-in.ts';

/** Whom a scan checks in, and whether they have no seat and nobody said why. */
interface WalkedIn {
  /** Absent where the scan, or another one with its id, was kept before. */
  readonly holder?: NamedHolder | undefined;
  readonly doubt?: 'over-quota' | undefined;
}

/** They are no minors. */
const NO_MINORS = { minors: 0, chaperones: 0 };

/**
 * Enters a walk-in before their scan is kept: it is sent again where that comes to nothing. Nobody is
 * entered for a scan that was kept: they were entered then, and may have had everything about them erased since.
 */
export async function enter(
  deps: Omit<ScanDeps, 'people' | 'peopleMemory'>,
  device: Device,
  event: EventDefinition<string>,
  { scanId, ticket, kind, correctedAt }: SentScan,
  { ticketId, reason: typed, ...person }: SentWalkIn,
): Promise<WalkedIn | Extract<ScanAnswer, { readonly result: 'refused' }>> {
  if (!device.maySearch) return { result: 'refused', why: 'not-a-desk' };
  if (kind !== 'in' || ticketHashOf({ ticketId }) !== ticket) return { result: 'refused', why: 'not-a-scan' };
  const cameAt = clampedTime(correctedAt, device.enrolledAt, deps.system.now().getTime());
  const application = walkInApplication(event, person, new Date(cameAt));
  if (application === undefined) return { result: 'refused', why: 'not-a-person' };
  if (await isKept(deps, event.id, scanId)) return {};
  const reason = reasonOf(typed);
  const how = { scanId, ticketId, device: device.id, ...(reason !== undefined && { reason }) };
  const entered = await enterWalkIn(deps, event, application, how, (registration) => [
    audited(deps, event, byDevice(device), 'walk-in', registration),
  ]);
  if (entered === undefined) return { result: 'refused', why: 'other-contents' };
  const { registration, isOverQuota } = entered;
  return {
    holder: { reference: registration.reference, ...ticketHolderOf(event, registration, NO_MINORS) },
    doubt: isOverQuota && registration.walkIn?.reason === undefined ? 'over-quota' : undefined,
  };
}

type EnterDeps = Given<'registry'>;

interface Entered {
  readonly registration: Registration;
  /** Whether they have no seat in some quota that they need one in. */
  readonly isOverQuota: boolean;
}

/** How often seats are looked for anew, because others came first or a counter was full; after that, a walk-in is let in without one. */
const MOST_DECISIONS = 12;

/**
 * Enters a walk-in who stands at a desk, confirmed: with a seat in each quota, or in none where one is full, for they are there.
 * Entering them twice enters them once: the reference is made from the scan that checks them in.
 *
 * @param also what is written with it: an audit entry
 * @returns nothing where another registration has that reference, or the ticket: a phone has seen those of everyone whom it let in
 * @throws BusyError when rivals did not let go
 */
async function enterWalkIn(
  deps: EnterDeps,
  event: EventDefinition<string>,
  application: Application,
  { scanId, ticketId, ...walkIn }: WalkIn & { readonly scanId: string; readonly ticketId: string },
  also: (registration: Registration) => readonly TransactItem[],
): Promise<Entered | undefined> {
  const reference = makeReference(Buffer.from(scanId, 'base64url'));
  const { client, registry, system } = deps;
  const [holder = reference] = await referencesOf(client, registry, event.id, [ticketHashOf({ ticketId })], system);
  if (holder !== reference) return undefined;
  const pools = poolsFor(event, application);
  const overQuota = (registration: Registration) => registration.seats.length < pools.length;
  const counters = new Map<string, Counter>();
  const look = counterLook(client, registry, system);
  for (let decision = 1; decision <= MOST_DECISIONS; decision += 1) {
    const mayHaveSeats = decision < MOST_DECISIONS;
    const seats = mayHaveSeats ? seatsIn(admit(pools, [], counters, system.chance())) : [];
    const beginning = { status: 'confirmed', seats, approved: true, proven: 'vouched' } as const;
    const made = newRegistration(system, event, application, beginning);
    const registration = { ...made, reference, ticketId, walkIn };
    const refused = await write(deps, look, event, registration, also(registration));
    if (refused === 'done') return { registration, isOverQuota: overQuota(registration) };
    if (refused === 'there') {
      const there = await read(deps, event.id, reference);
      return there?.ticketId === ticketId ? { registration: there, isOverQuota: overQuota(there) } : undefined;
    }
    for (const [name, counter] of refused) counters.set(name, counter);
  }
  throw new BusyError();
}

/** A walk-in who finds one quota full takes no seat in the others: nobody is to be missing in them for it. */
const seatsIn = ({ status, seats }: ReturnType<typeof admit>): readonly Seat[] => (status === 'confirmed' ? seats : []);

/** @returns counters as they are, by name, where any has no seat */
async function write(
  { client, registry, system }: EnterDeps,
  look: CounterLook,
  event: EventDefinition<string>,
  registration: Registration,
  also: readonly TransactItem[],
): Promise<'done' | 'there' | ReadonlyMap<string, Counter>> {
  const changes = counterChanges(event, [], registration.seats, [], [], look.isSplit(event.id));
  const expiresAt = retentionEnd(event);
  const put = putRegistration(registry, undefined, registration, expiresAt, 'desk');
  const seats = changes.map((change) => changeCounter(registry, event.id, change));
  const holder = holderWrites(registry, registration, undefined, registration, expiresAt);
  const refusals = await transact(client, [put, ...seats, ...holder, ...also], system);
  if (refusals.length === 0) {
    await noteChanges(client, registry, { what: 'people', eventId: event.id, many: 1, at: system.now() });
    return 'done';
  }
  if (refusals.some(({ position }) => position === 0)) return 'there';
  const refused = refusals.flatMap(({ position, old }) => {
    const change = changes[position - 1];
    return change === undefined ? [] : [{ change, old }];
  });
  const { counters } = await look.lookAgain(event, refused);
  if (refused.length < refusals.length || refused.some(({ change }) => !counters.has(counterName(change)))) {
    throw new Error('what a walk-in is counted in is missing');
  }
  return counters;
}

async function read(
  { client, registry }: EnterDeps,
  eventId: string,
  reference: string,
): Promise<Registration | undefined> {
  const item = await readItem(client, registry, registrationKey(eventId, reference));
  return item && fromRegistrationItem(item);
}

/** DynamoDB's limit for the items of one transaction. */
const MOST_ITEMS = 100;

/**
 * An attendee with their ticket had our mail. The scans are kept by then, and their answer waits for no second try: where something
 * else changes one of the registrations at the same moment, the next scan proves it.
 *
 * @param holders of tickets with which an attendee came in
 */
export async function proveByTicket(
  { client, registry, system }: Pick<ScanDeps, 'client' | 'registry' | 'system'>,
  event: EventDefinition<unknown>,
  holders: readonly NamedHolder[],
): Promise<void> {
  const unproven = holders.filter((holder) => holder.unproven && holder.isConfirmed && holder.replaced === undefined);
  const references = [...new Set(unproven.map(({ reference }) => reference))];
  if (references.length === 0) return;
  try {
    const found = await readRegistrations(client, registry, event.id, references, system);
    const end = retentionEnd(event);
    const write = (before: Registration): readonly TransactItem[] => {
      const after = provenBy(changed(before, {}, system.now()), 'ticket');
      return [putRegistration(registry, before, after, end, 'desk'), ...unprovenWrites(registry, before, after, end)];
    };
    const writes = found.filter((each) => each.unproven !== undefined).map(write);
    await Promise.all(together(writes).map((some) => proveTogether(some)));
    await noteChanges(client, registry, { what: 'people', eventId: event.id, many: writes.length, at: system.now() });
  } catch (error) {
    logger.error('not proven by their tickets', { error, eventId: event.id });
  }

  async function proveTogether(some: readonly (readonly TransactItem[])[]): Promise<void> {
    const refusals = await transact(client, some.flat(), system);
    if (refusals.length === 0 || some.length === 1) return;
    // One of them changed meanwhile: it harms no other.
    for (const one of some) await transact(client, [...one], system);
  }
}

/** As many of them to a transaction as it holds. */
function together(writes: readonly (readonly TransactItem[])[]): (readonly TransactItem[])[][] {
  const groups: (readonly TransactItem[])[][] = [];
  let size = MOST_ITEMS;
  for (const each of writes) {
    if (size + each.length > MOST_ITEMS) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(each);
    size += each.length;
  }
  return groups;
}
