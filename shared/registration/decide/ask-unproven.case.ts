import type { EventDefinition } from '../../event/event.ts';
import { isCalledOff } from '../../event/event-standing.ts';
import { logError } from '../../kernel/log.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { isUnreachable } from '../../mail/fate/mail-state.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { askedIfBefore, isToBeAsked, mayGiveWay } from '../../seats/unproven-seat.ts';
import type { WaitlistEntry } from '../../seats/waitlist-item.store.ts';
import type { Registration } from '../registration.schema.ts';

type Deps = Needs<'digestWriter' | 'registrations' | 'system' | 'unproven' | 'waitlist'>;

/** One run must end well within the function's 30 seconds; the next one goes on from there. */
const MOST = 200;
/** Registrations that are read at once. */
const AT_ONCE = 500;

/** Asks whoever has a seat that is not proven a second time, 48 hours after the first mail. */
export async function askUnproven(deps: Deps): Promise<void> {
  for (const eventId of await deps.digestWriter.events()) {
    try {
      const event = await deps.waitlist.readEvent(eventId);
      if (event !== undefined) await askAgain(deps, event);
    } catch (error) {
      logError('unproven seats not asked', error, { eventId });
    }
  }
}

async function askAgain(deps: Deps, event: EventDefinition<string>): Promise<void> {
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

/** Asks whoever waits and is passed over although a seat is free, since they are not proven. Where mail comes back there is nobody to ask. */
export async function askForSeat(deps: Deps, event: EventDefinition<string>, entry: WaitlistEntry): Promise<void> {
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
    logError('not asked whose it is', error, { eventId, reference });
  }
}
