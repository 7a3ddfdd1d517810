import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Job } from '../../mail/outbox/job-item.store.ts';
import { changed, newJob } from '../../mail/outbox/new-items.store.ts';
import type { Seat } from '../../seats/seat.schema.ts';
import { type UnprovenSeat, unprovenListOf, unprovenSeatOf } from '../../seats/unproven-seat.ts';
import { changeRegistration } from '../change/change-registration.case.ts';

type Deps = Needs<'changes' | 'jobs' | 'registrations' | 'system' | 'unproven' | 'waitlist'>;

type Event = EventDefinition<string>;

/** One run must end well within the function's 30 seconds; another job goes on from there. */
const MOST = 200;

/**
 * Leaves no list of unproven seats behind for a quota that the event does not have any more, since nobody reads it. Whoever has a seat
 * in another quota too is listed there from now on, with what is known of their mail. No seat is released by it, and none given back.
 */
export async function clearUnproven(deps: Deps, { eventId, reference: quota = '' }: Job): Promise<void> {
  const event = await deps.waitlist.readEvent(eventId);
  if (event === undefined || has(event, quota)) return;
  const listed = await deps.unproven.seatsOf(eventId, quota);
  for (const { seat, key } of listed.slice(0, MOST)) {
    await listElsewhere(deps, event, quota, seat);
    await deps.unproven.forget(key);
  }
  if (listed.length <= MOST) return;
  await deps.jobs.add(newJob(deps.system, 'clear-unproven', eventId, { reference: quota }), retentionEnd(event));
}

/** A seat stands in the list of the first quota in which it is taken: those that the event has come first. */
async function listElsewhere(deps: Deps, event: Event, quota: string, seat: UnprovenSeat): Promise<void> {
  const registration = await deps.registrations.read(event.id, seat.reference);
  if (registration === undefined) return;
  const after = await changeRegistration(deps, event, registration, ({ before }) => {
    const isHere = unprovenSeatOf(before) !== undefined && unprovenListOf(before)?.quota === quota;
    const seats = quotasOfEventFirst(event, before.seats);
    if (!isHere || unprovenListOf({ seats })?.quota === quota) return undefined;
    return { after: changed(before, { seats }, deps.system.now()), messages: [] };
  });
  await deps.unproven.carry(after, seat);
}

const quotasOfEventFirst = (event: Event, seats: readonly Seat[]): readonly Seat[] => [
  ...seats.filter(({ quota }) => has(event, quota)),
  ...seats.filter(({ quota }) => !has(event, quota)),
];

const has = ({ quotas }: Event, quota: string): boolean => quotas.some(({ id }) => id === quota);
