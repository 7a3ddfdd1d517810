import type { EventDefinition } from '../../shared/domain/event.ts';
import { isCalledOff } from '../../shared/domain/event-standing.ts';
import { isUnreachable } from '../../shared/domain/mail-state.ts';
import type { Registration } from '../../shared/domain/registration.ts';
import { askedIfBefore, isToBeAsked, mayGiveWay } from '../../shared/domain/unproven-seat.ts';
import { logError } from '../../shared/log.ts';
import { newMessage } from '../../shared/registering/new-items.ts';
import type { WaitlistEntry } from '../../shared/store/waitlist-item.ts';
import type { Deps } from './deps.ts';

/** One run must end well within the function's 30 seconds; the next one goes on from there. */
const MOST = 200;

/** Asks whoever has a seat that is not proven a second time, 48 hours after the first mail. */
export async function askUnproven(deps: Deps): Promise<void> {
  for (const eventId of await deps.digests.events()) {
    try {
      const event = await deps.waitlist.readEvent(eventId);
      if (event !== undefined) await askAgain(deps, event);
    } catch (error) {
      logError('unproven seats not asked', error, { eventId });
    }
  }
}

async function askAgain(deps: Deps, event: EventDefinition<string>): Promise<void> {
  const now = deps.system.now();
  if (isCalledOff(event) || !mayGiveWay(event, now)) return;
  const seats = await deps.unproven.seats(event, askedIfBefore(now));
  for (const { reference } of seats.filter((seat) => isToBeAsked(seat, now)).slice(0, MOST)) {
    await ask(deps, event, reference, (registration) =>
      deps.unproven.ask(event, registration, newMessage(deps.system, 'ask-proof', registration)),
    );
  }
}

/** Where mail comes back there is nobody to ask. Whatever is wrong with one registration keeps nobody else from being asked. */
async function ask(
  deps: Deps,
  { id: eventId }: EventDefinition<string>,
  reference: string,
  write: (registration: Registration) => Promise<void>,
): Promise<void> {
  try {
    const registration = await deps.registrations.read(eventId, reference);
    if (registration !== undefined && !isUnreachable(registration.mail)) await write(registration);
  } catch (error) {
    logError('not asked whose it is', error, { eventId, reference });
  }
}

/** Asks whoever waits and is passed over although a seat is free, since they are not proven. */
export async function askForSeat(deps: Deps, event: EventDefinition<string>, entry: WaitlistEntry): Promise<void> {
  if (entry.askedAt !== undefined) return;
  await ask(deps, event, entry.reference, (registration) =>
    deps.unproven.askWaiting(event, entry, newMessage(deps.system, 'ask-proof', registration)),
  );
}
