import type { Attendee } from '../event/attendee.ts';

interface Ticketed extends Pick<Attendee, 'status'> {
  readonly hadTicket?: true | undefined;
}

/** Whether an attendee may hold the ticket of a registration: it is good, or was. */
export const isOrWasGood = ({ status, hadTicket }: Ticketed): boolean => status === 'confirmed' || hadTicket === true;
