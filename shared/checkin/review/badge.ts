import { refusesPictures } from '../../event/attendee.ts';
import type { EventDefinition } from '../../event/event.ts';
import { asHeld } from '../../event/event-standing.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { Badge } from './people.schema.ts';

/** Whether an attendee wears one: they come to the room. */
export const wearsBadge = (event: Pick<EventDefinition<unknown>, 'status'>, registration: Registration): boolean =>
  registration.status === 'confirmed' && asHeld(event, registration).mode === 'in-person';

/** The badge of a minor says their name and nothing else: neither where they come from nor why they are here. */
export function badgeOf(event: Pick<EventDefinition<unknown>, 'consents'>, registration: Registration): Badge {
  const { reference, ticketId: code, badgeName: name, ageBand, role } = registration;
  const common = { reference, code, name, ...(refusesPictures(event, registration) && { noPhoto: true as const }) };
  if (ageBand === 'minor') return common;
  const { nativeName, honorific, position, organisation, country, category } = registration;
  return {
    ...common,
    ...(nativeName !== undefined && nativeName !== name && { nativeName }),
    ...(honorific !== undefined && { honorific }),
    ...(position !== '' && { position }),
    ...{ organisation, country, category },
    ...(role !== 'attendee' && { role }),
  };
}
