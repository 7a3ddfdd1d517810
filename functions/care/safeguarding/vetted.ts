import type { EventDefinition } from '../../../shared/domain/event.ts';
import { lastDay } from '../../../shared/domain/event-times.ts';
import { isVetted, type OrganiserRole } from '../../../shared/domain/organiser-role.ts';
import { ProblemError } from '../../../shared/errors.ts';
import type { Caller } from '../../../shared/organising/permitted.ts';
import type { Deps } from '../deps.ts';

interface Wanted {
  readonly params: { readonly eventId: string };
  readonly language: string;
}

const FOCAL_POINTS: readonly OrganiserRole[] = ['safeguarding'];

/**
 * The event, for whoever was vetted until its end (CS13): a role alone opens nothing that concerns children.
 *
 * @param roles those of which the caller must hold one that they were vetted for
 * @throws ProblemError `unknown-event`, `not-vetted`
 */
export async function eventForVetted(
  deps: Pick<Deps, 'events'>,
  { params: { eventId }, language }: Wanted,
  caller: Caller,
  roles = FOCAL_POINTS,
): Promise<EventDefinition<string>> {
  const found = await deps.events.readEvent(eventId, language);
  if (found === undefined) throw new ProblemError('unknown-event');
  if (!isVetted(caller.grants, roles, lastDay(found.event))) throw new ProblemError('not-vetted');
  return found.event;
}
