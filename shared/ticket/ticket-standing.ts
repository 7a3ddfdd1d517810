import type { Registration } from '../registration/registration.ts';

type Ticketed = Pick<Registration, 'status' | 'hadTicket'>;

/** Whether somebody may hold the ticket of a registration: it is good, or was. */
export const isOrWasGood = ({ status, hadTicket }: Ticketed): boolean => status === 'confirmed' || hadTicket === true;
