import type { EventDefinition } from '../event/event.ts';
import { lastDay } from '../event/event-times.ts';
import type { OrganiserRole } from '../kernel/access.ts';
import { ProblemError } from '../kernel/errors.ts';
import type { Needs } from '../kernel/parts.store.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { isVetted } from '../team/role/organiser-role.ts';
import type { Caller } from '../team/role/permitted.case.ts';

type Deps = Needs<'events'>;

/** @throws ProblemError `unknown-event` */
export async function requireEvent(
  { events }: Pick<Deps, 'events'>,
  { params: { eventId }, language }: { readonly params: { readonly eventId: string }; readonly language: string },
): Promise<EventDefinition<string>> {
  const found = await events.readEvent(eventId, language);
  if (found === undefined) throw new ProblemError('unknown-event');
  return found.event;
}

const WHO_ARRANGES: readonly OrganiserRole[] = ['care'];

/** Whether someone may know who has a need: of people under 18 only whoever was vetted until the event's end (CS13). */
export const mayKnow = (
  { grants }: Caller,
  { ageBand }: Pick<Registration, 'ageBand'>,
  event: EventDefinition<string>,
): boolean => ageBand !== 'minor' || isVetted(grants, WHO_ARRANGES, lastDay(event));
