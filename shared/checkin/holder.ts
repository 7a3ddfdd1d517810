import { hasYes } from '../event/consents.ts';
import type { AttendanceMode, EventDefinition } from '../event/event.ts';
import { ownSessions } from '../event/sessions.ts';
import { chaperoneStatus, type Headcount } from '../minors/chaperone/chaperone.ts';
import type { Registration } from '../registration/registration.schema.ts';
import type { Role } from '../registration/registration.ts';

/** What a door has to know of an attendee with a ticket, to say whether they may come in. */
export interface Holder {
  /** Others have a ticket, or had one, that admits nobody now. */
  readonly isConfirmed: boolean;
  readonly category: string;
  readonly role: Role;
  readonly mode: AttendanceMode;
  readonly days: readonly string[];
  /** What they signed up for, and closed sessions that they were let into. */
  readonly sessions: readonly string[];
  /** Under 18. */
  readonly isMinor?: true | undefined;
  /** Why a minor does not go in without the safeguarding desk. */
  readonly hold?: Hold | undefined;
}

/** `consent`: their guardian has not agreed to what is required; `chaperone`: nobody looks after them as it should be. */
export type Hold = 'consent' | 'chaperone';

/** What of a registration decides it. */
export type TicketHolder = Pick<
  Registration,
  'status' | 'category' | 'role' | 'mode' | 'days' | 'sessions' | 'closedSessions' | 'ageBand' | 'minor'
>;

type Ruled = Pick<EventDefinition<unknown>, 'days' | 'sessions' | 'minors'>;

/** Of adults, and of who is not in the room: nobody has to look after them. */
export const NO_HEADCOUNT: Headcount = { minors: 0, chaperones: 0 };

/** @param counts of the whole event: how many adults there have to be depends on all minors who come */
export function ticketHolderOf(event: Ruled, registration: TicketHolder, counts: Headcount): Holder {
  const { status, category, role, mode, days } = registration;
  return {
    isConfirmed: status === 'confirmed',
    category,
    role,
    mode,
    days,
    sessions: ownSessions(event, registration).map(({ id }) => id),
    ...(registration.ageBand === 'minor' && { isMinor: true as const }),
    hold: holdOf(event, registration, counts),
  };
}

function holdOf(event: Ruled, registration: TicketHolder, counts: Headcount): Hold | undefined {
  if (registration.ageBand !== 'minor') return undefined;
  if (!hasConsent(event, registration)) return 'consent';
  return chaperoneStatus(registration, event, counts) === 'ok' ? undefined : 'chaperone';
}

const hasConsent = ({ minors }: Ruled, { minor: { guardianConsents = {} } = {} }: TicketHolder): boolean =>
  minors?.consents.every((consent) => !consent.required || hasYes(consent, guardianConsents)) ?? false;

/** With whom a minor left: as their guardian allowed, and never who that was. */
export const COMPANIONS = ['chaperone', 'guardian', 'adult', 'alone'] as const;
export type Companion = (typeof COMPANIONS)[number];
