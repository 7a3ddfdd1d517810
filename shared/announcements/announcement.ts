import { changesFor } from '../event/programme/programme-change.ts';
import type { Registration } from '../registration/registration.schema.ts';
import type { Announcement } from './announcement.schema.ts';

/**
 * Whether an announcement is for an attendee, as they are registered now. A walk-in may have no address.
 *
 * @param registration as the event takes place: see `asHeld`
 */
export function isFor(
  { segment, changes }: Pick<Announcement, 'segment' | 'changes'>,
  registration: Registration,
): boolean {
  const { status, category, mode, waiting, sessions, email } = registration;
  const meanwhile = waiting?.meanwhile;
  return (
    email !== '' &&
    (segment.attending === undefined || isAttending(registration)) &&
    isAmong(segment.statuses, [status]) &&
    isAmong(segment.categories, [category]) &&
    isAmong(segment.modes, meanwhile ? [mode, meanwhile] : [mode]) &&
    isAmong(segment.sessions, sessions) &&
    (changes === undefined || changesFor(changes, registration).length > 0)
  );
}

const isAttending = ({ status, waiting }: Registration): boolean =>
  status === 'confirmed' || (status === 'waitlisted' && waiting?.meanwhile !== undefined);

const isAmong = <T>(wanted: readonly T[] | undefined, of: readonly T[]): boolean =>
  wanted === undefined || of.some((each) => wanted.includes(each));

/**
 * Whom the mail to an attendee is for: a coordinator, through whom several are reached, gets one about all.
 *
 * @returns what names them within their event
 */
export const recipientOf = ({ reference, delegation }: Pick<Registration, 'reference' | 'delegation'>): string =>
  delegation?.throughCoordinator ? `delegation#${delegation.id}` : reference;
