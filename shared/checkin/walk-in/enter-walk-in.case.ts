import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { registrationKey } from '../../kernel/dynamo/keys.ts';
import { type TransactItem, transact } from '../../kernel/dynamo/transact.store.ts';
import { BusyError } from '../../kernel/errors.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { makeReference } from '../../kernel/text/reference.ts';
import { newRegistration } from '../../mail/outbox/new-items.store.ts';
import { type CounterLook, counterLook } from '../../registration/change/refused-counters.store.ts';
import type { Application, Registration, WalkIn } from '../../registration/registration.schema.ts';
import { fromRegistrationItem } from '../../registration/registration-item.store.ts';
import { putRegistration } from '../../registration/writes.store.ts';
import { admit } from '../../seats/admission.ts';
import { changeCounter } from '../../seats/counter-writes.store.ts';
import { type Counter, counterName, poolsFor } from '../../seats/quota.ts';
import type { Seat } from '../../seats/seat.schema.ts';
import { counterChanges } from '../../seats/seat-changes.ts';

export type Deps = Given<'registry'>;

export interface Entered {
  readonly registration: Registration;
  /** Whether they have no seat in some quota that they need one in. */
  readonly isOverQuota: boolean;
}

/** How often seats are looked for anew, because others came first or a counter was full; after that, somebody is let in without one. */
const MOST_DECISIONS = 12;

/**
 * Enters somebody who stands at a desk, confirmed: with a seat in each quota, or in none where one is full, for they are there.
 * Entering them twice enters them once: the reference is made from the scan that checks them in.
 *
 * @param also what is written with it: an audit entry
 * @returns nothing where another registration has that reference
 * @throws BusyError when rivals did not let go
 */
export async function enterWalkIn(
  deps: Deps,
  event: EventDefinition<string>,
  application: Application,
  { scanId, ticketId, ...walkIn }: WalkIn & { readonly scanId: string; readonly ticketId: string },
  also: (registration: Registration) => readonly TransactItem[],
): Promise<Entered | undefined> {
  const reference = makeReference(Buffer.from(scanId, 'base64url'));
  const pools = poolsFor(event, application);
  const overQuota = (registration: Registration) => registration.seats.length < pools.length;
  const counters = new Map<string, Counter>();
  const look = counterLook(deps.client, deps.registry, deps.system);
  for (let decision = 1; decision <= MOST_DECISIONS; decision += 1) {
    const mayHaveSeats = decision < MOST_DECISIONS;
    const seats = mayHaveSeats ? seatsIn(admit(pools, [], counters, deps.system.chance())) : [];
    const beginning = { status: 'confirmed', seats, approved: true, proven: 'vouched' } as const;
    const made = newRegistration(deps.system, event, application, beginning);
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

/** Whoever finds one quota full takes no seat in the others: nobody is to be missing in them for it. */
const seatsIn = ({ status, seats }: ReturnType<typeof admit>): readonly Seat[] => (status === 'confirmed' ? seats : []);

/** @returns counters as they are, by name, where any has no seat */
async function write(
  { client, registry, system }: Deps,
  look: CounterLook,
  event: EventDefinition<string>,
  registration: Registration,
  also: readonly TransactItem[],
): Promise<'done' | 'there' | ReadonlyMap<string, Counter>> {
  const changes = counterChanges(event, [], registration.seats, [], [], look.isSplit(event.id));
  const put = putRegistration(registry, undefined, registration, retentionEnd(event));
  const seats = changes.map((change) => changeCounter(registry, event.id, change));
  const refusals = await transact(client, [put, ...seats, ...also], system);
  if (refusals.length === 0) return 'done';
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

async function read({ client, registry }: Deps, eventId: string, reference: string): Promise<Registration | undefined> {
  const Key = registrationKey(eventId, reference);
  const { Item } = await client.send(new GetCommand({ TableName: registry, Key, ConsistentRead: true }));
  return Item && fromRegistrationItem(Item);
}
