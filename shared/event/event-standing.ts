import type { Attendee } from './attendee.ts';
import type { EventDefinition, EventStatus, Mode } from './event.ts';

type Stated = Pick<EventDefinition<unknown>, 'status'>;

export const statusOf = ({ status = 'scheduled' }: Stated): EventStatus => status;

/** Whether there is nothing to come to: not at all, or not on the dates that were told. */
export const isCalledOff = (of: Stated): of is { readonly status: 'cancelled' | 'postponed' } =>
  of.status === 'cancelled' || of.status === 'postponed';

/** How people may take part: nobody chooses the room of an event that has moved online. */
export const openModes = <Text>({ status, modes }: Stated & { readonly modes: readonly Mode<Text>[] }) =>
  status === 'moved-online' ? modes.filter(({ id }) => id === 'online') : modes;

/** Whether there is a room that people can come to. */
export const meetsInPerson = (event: Stated & { readonly modes: readonly Mode<unknown>[] }): boolean =>
  openModes(event).some(({ id }) => id === 'in-person');

/** Whether an attendee has a seat in the room, and could take part online instead of it. */
export const mayGoOnline = (
  event: Stated & { readonly modes: readonly Mode<unknown>[] },
  { status, mode }: Pick<Attendee, 'status' | 'mode'>,
): boolean =>
  status === 'confirmed' &&
  !isCalledOff(event) &&
  asHeld(event, { mode }).mode === 'in-person' &&
  event.modes.some(({ id }) => id === 'online');

/**
 * A registration as its event takes place: an attendee who was to come in person takes part online where it has moved there. What
 * they asked for stays as it is, and so does their seat in the room, in case the event comes back to it.
 */
export const asHeld = <Holder extends Pick<Attendee, 'mode'>>({ status }: Stated, holder: Holder): Holder =>
  status === 'moved-online' && holder.mode !== 'online' ? { ...holder, mode: 'online' } : holder;
