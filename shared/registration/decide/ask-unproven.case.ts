import type { EventDefinition } from '../../event/event.ts';
import { isCalledOff } from '../../event/event-standing.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { logger } from '../../kernel/log.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { isUnreachable } from '../../mail/fate/mail-fate.ts';
import { newJob, newMessage } from '../../mail/outbox/new-items.store.ts';
import type { Job } from '../../mail/outbox/outbox-items.store.ts';
import type { Seat, UnprovenSeat } from '../../seats/seat.schema.ts';
import { askedIfBefore, isToBeAsked, mayGiveWay, unprovenListOf, unprovenSeatOf } from '../../seats/unproven-seat.ts';
import type { WaitlistEntry } from '../../seats/waitlist.store.ts';
import { changeRegistration } from '../change/change-registration.case.ts';
import type { Registration } from '../registration.schema.ts';
import { changed } from '../registration-state.store.ts';

type AskUnprovenDeps = Needs<'digestWriter' | 'registrations' | 'system' | 'unproven' | 'waitlist'>;

/** One run must end well within the function's 30 seconds; the next one goes on from there. */
const MOST = 200;
/** Registrations that are read at once. */
const AT_ONCE = 500;

/** Asks attendees with a seat that is not proven a second time, 48 hours after the first mail. */
export async function askUnproven(deps: AskUnprovenDeps): Promise<void> {
  for (const eventId of await deps.digestWriter.events()) {
    try {
      const event = await deps.waitlist.readEvent(eventId);
      if (event !== undefined) await askAgain(deps, event);
    } catch (error) {
      logger.error('unproven seats not asked', { error, eventId });
    }
  }
}

async function askAgain(deps: AskUnprovenDeps, event: EventDefinition<string>): Promise<void> {
  const { id: eventId } = event;
  const now = deps.system.now();
  if (isCalledOff(event) || !mayGiveWay(event, now)) return;
  const seats = await deps.unproven.seats(event, askedIfBefore(now));
  const due = seats.filter((seat) => isToBeAsked(seat, now)).map(({ reference }) => reference);
  let left = MOST;
  for (let from = 0; from < due.length && left > 0; from += AT_ONCE) {
    const read = await deps.unproven.registrations(eventId, due.slice(from, from + AT_ONCE));
    // Addresses that refuse all mail stay in the list: however many there are, they keep nobody behind them from being asked.
    const reached = read.filter(({ mail }) => !isUnreachable(mail)).slice(0, left);
    left -= reached.length;
    for (const registration of reached) {
      await tryToAsk(registration, () =>
        deps.unproven.ask(event, registration, newMessage(deps.system, 'ask-proof', registration)),
      );
    }
  }
}

/** Asks those who wait unproven and are passed over although a seat is free. Where mail comes back there is nobody to ask. */
export async function askForSeat(
  deps: AskUnprovenDeps,
  event: EventDefinition<string>,
  entry: WaitlistEntry,
): Promise<void> {
  if (entry.askedAt !== undefined) return;
  await tryToAsk({ eventId: event.id, reference: entry.reference }, async () => {
    const registration = await deps.registrations.read(event.id, entry.reference);
    if (registration === undefined || isUnreachable(registration.mail)) return;
    await deps.unproven.askWaiting(event, entry, newMessage(deps.system, 'ask-proof', registration));
  });
}

/** Whatever is wrong with one registration keeps nobody else from being asked. */
async function tryToAsk(
  { eventId, reference }: Pick<Registration, 'eventId' | 'reference'>,
  write: () => Promise<void>,
): Promise<void> {
  try {
    await write();
  } catch (error) {
    logger.error('not asked whose it is', { error, eventId, reference });
  }
}

type ClearUnprovenDeps = Needs<'changes' | 'jobs' | 'registrations' | 'system' | 'unproven' | 'waitlist'>;

type Event = EventDefinition<string>;

/**
 * Leaves no list of unproven seats behind for a quota that the event does not have any more, since nobody reads it. An attendee with a seat
 * in another quota too is listed there from now on, with what is known of their mail. No seat is released by it, and none given back.
 */
export async function clearUnproven(deps: ClearUnprovenDeps, { eventId, reference: quota = '' }: Job): Promise<void> {
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
async function listElsewhere(deps: ClearUnprovenDeps, event: Event, quota: string, seat: UnprovenSeat): Promise<void> {
  const registration = await deps.registrations.read(event.id, seat.reference);
  if (registration === undefined) return;
  const after = await changeRegistration(deps, event, registration, 'system', ({ before }) => {
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
