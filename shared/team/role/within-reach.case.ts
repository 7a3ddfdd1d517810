import type { EventDefinition } from '../../event/event.ts';
import { lastDay } from '../../event/event-times.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { parseReference } from '../../kernel/text/reference.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import { noteMinor } from '../audit/audited.case.ts';
import { maySee, reaches, type Seen } from './organiser-role.ts';
import type { Caller } from './permitted.case.ts';

type Deps = Needs<'auditTable' | 'events' | 'registrations' | 'system' | 'write'>;

interface Wanted {
  readonly params: { readonly eventId: string; readonly reference: string };
  readonly language: string;
}

/** Whether a registration exists for a member: what they may not see does not. */
export const isVisible = (caller: Caller, registration: Seen, event: EventDefinition<string>): boolean =>
  maySee(caller.grants, registration, lastDay(event));

/**
 * A registration that the caller may see, with its event. A look at a child is noted.
 *
 * @throws ProblemError `not-found`, the same for one that does not exist and one beyond the caller's reach
 */
export async function visibleRegistration(deps: Deps, wanted: Wanted, caller: Caller): Promise<RegistrationWithEvent> {
  const { eventId, reference: typed } = wanted.params;
  const reference = parseReference(typed);
  const found = reference && (await deps.registrations.readWithEvent(eventId, reference, wanted.language));
  if (!found || !isVisible(caller, found.registration, found.event)) throw new ProblemError('not-found');
  if (found.registration.ageBand === 'minor') await noteMinor(deps, found.event, caller, reference);
  return found;
}

interface WantedShown extends Wanted {
  /** `adult` where it is fetched before anyone looks: someone under 18 is not found then, and no look at them is noted. */
  readonly query?: { readonly lang?: string | undefined; readonly only?: 'adult' | undefined };
}

/**
 * The same for what is shown, and nothing is decided on: the registration as it is now, the event as it stood a moment ago, at less of a cost.
 *
 * @throws ProblemError `not-found`, as above
 */
export async function shownRegistration(
  deps: Deps,
  { params: { eventId, reference: typed }, query, language }: WantedShown,
  caller: Caller,
): Promise<Pick<RegistrationWithEvent, 'registration' | 'event'>> {
  const reference = parseReference(typed);
  const [registration, localised] = await Promise.all([
    reference && deps.registrations.read(eventId, reference),
    deps.events.readEvent(eventId, language),
  ]);
  if (!registration || !localised || !isVisible(caller, registration, localised.event))
    throw new ProblemError('not-found');
  const { event } = localised;
  if (registration.ageBand === 'minor') {
    if (query?.only === 'adult') throw new ProblemError('not-found');
    await noteMinor(deps, event, caller, registration.reference);
  }
  return { registration, event };
}

/** The same for one that is within reach of the tick that opened the route. @throws ProblemError `not-found` */
export async function ownRegistration(deps: Deps, wanted: Wanted, caller: Caller): Promise<RegistrationWithEvent> {
  const found = await visibleRegistration(deps, wanted, caller);
  requireReach(caller, found.registration);
  return found;
}

/** Looked at again on each attempt to write: people change where they belong. @throws ProblemError `not-found` */
export function requireReach(caller: Caller, registration: Seen): void {
  if (!reaches(caller.grants, caller.ticks, registration)) throw new ProblemError('not-found');
}

/** @throws ProblemError `unknown-event` */
export async function definitionOf(
  deps: Needs<'events'>,
  eventId: string,
  language: string,
): Promise<EventDefinition<string>> {
  const found = await deps.events.readEvent(eventId, language);
  if (found === undefined) throw new ProblemError('unknown-event');
  return found.event;
}
