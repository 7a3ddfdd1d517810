import { ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import type { Registration } from '../registration.schema.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import { changed } from '../registration-state.store.ts';
import { seatsOnline } from './amendment.ts';
import { changeHeld } from './change-registration.case.ts';

type Deps = Needs<'changes' | 'registrations' | 'system'>;

/**
 * Lets an attendee who waits for the room attend online until there is a seat; their place in the line stays theirs.
 *
 * @throws ProblemError `no-online-seat` when online is full too, or is what they wait for
 */
export async function attendOnlineWhileWaitlisted(
  deps: Deps,
  { registration, event }: RegistrationWithEvent,
): Promise<Registration> {
  return changeHeld(deps, { registration, event }, ({ before, counters }) => {
    const { waiting } = before;
    if (waiting?.meanwhile !== undefined) return undefined;
    const offersOnline = event.modes.some(({ id }) => id === 'online');
    if (before.status !== 'waitlisted' || waiting === undefined || before.mode !== 'in-person' || !offersOnline) {
      throw new ProblemError('no-online-seat');
    }
    const online = seatsOnline(event, before, before.seats, counters, deps.system.chance());
    if ('full' in online) throw new ProblemError('no-online-seat');
    const seats = [...waitedFor(before), ...online.seats];
    const after = changed(before, { waiting: { ...waiting, meanwhile: 'online' }, seats }, deps.system.now());
    return { after, messages: [newMessage(deps.system, 'updated', after)] };
  });
}

/** Only waits, as before. */
export async function stopOnlineWhileWaitlisted(
  deps: Deps,
  { registration, event }: RegistrationWithEvent,
): Promise<Registration> {
  return changeHeld(deps, { registration, event }, ({ before }) => {
    if (before.status !== 'waitlisted' || before.waiting?.meanwhile === undefined) return undefined;
    const changes = { waiting: { since: before.waiting.since }, seats: waitedFor(before) };
    return { after: changed(before, changes, deps.system.now()), messages: [] };
  });
}

const waitedFor = ({ seats }: Registration) => seats.filter(({ state }) => state === 'waiting');
