import { refusesPictures } from '../../event/attendee.ts';
import type { EventDefinition } from '../../event/event.ts';
import { asHeld } from '../../event/event-standing.ts';
import type { Headcount } from '../../minors/chaperone/chaperone.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { type TicketHolder, ticketHolderOf } from '../holder.ts';
import type { RosterEntry } from './roster-entry.ts';

type Ruled = Pick<EventDefinition<unknown>, 'days' | 'sessions' | 'minors' | 'consents' | 'status'>;

/** What of a registration is in an entry, or decides what is. */
export type Admissible = TicketHolder &
  Pick<Registration, 'reference' | 'badgeName' | 'organisation' | 'consents' | 'hasNeeds'>;

/** What ties somebody to others who come. */
export type Ties = Pick<RosterEntry, 'chaperone' | 'wards' | 'mayTakeAlong'>;

/**
 * What a door learns of someone. Staff who were not vetted are told of nobody under 18 who they are (CS13): only that they are to go
 * to the safeguarding desk, should something be wanting.
 *
 * @param counts of the whole event
 * @param ties to chaperones and those whom they look after
 */
export function entryOf(
  event: Ruled,
  registration: Admissible,
  counts: Headcount,
  seesMinors: boolean,
  { chaperone, wards, mayTakeAlong }: Ties = {},
): RosterEntry {
  const isMinor = registration.ageBand === 'minor';
  const { reference, badgeName, organisation, hasNeeds } = registration;
  return {
    ...{ reference, ...ticketHolderOf(event, asHeld(event, registration), counts) },
    ...((!isMinor || seesMinors) && { name: badgeName, organisation }),
    ...(refusesPictures(event, registration) && { noPhoto: true as const }),
    // Of whom they are told nothing, they are not told either that they need something.
    ...(hasNeeds && (!isMinor || seesMinors) && { askNeeds: true as const }),
    ...(isMinor && seesMinors && chaperone !== undefined && { chaperone }),
    ...(wards !== undefined && wards.length > 0 && { wards, mayTakeAlong }),
  };
}
