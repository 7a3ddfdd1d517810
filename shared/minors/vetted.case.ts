import type { EventDefinition } from '../event/event.ts';
import { eventOf } from '../event/event-of.case.ts';
import { lastDay } from '../event/event-times.ts';
import { ProblemError } from '../kernel/errors.ts';
import type { Needs } from '../kernel/parts.store.ts';
import type { Tick } from '../kernel/route.ts';
import { isVetted, mayReadReports } from '../team/role/organiser-role.ts';
import type { Caller } from '../team/role/permitted.case.ts';
import { readersVettedUntil } from './report/report.ts';

type Deps = Needs<'events'>;

interface Wanted {
  readonly params: { readonly eventId: string };
  readonly language: string;
}

export const FOCAL_POINTS: readonly Tick[] = ['safeguarding'];

/**
 * The event, for a member who was vetted until its end (CS13): a role alone opens nothing that concerns children.
 *
 * @param ticks those of which the caller must hold one that they were vetted for
 * @throws ProblemError `unknown-event`, `not-vetted`
 */
export async function eventForVetted(
  deps: Pick<Deps, 'events'>,
  { params: { eventId }, language }: Wanted,
  caller: Caller,
  ticks: readonly Tick[] = FOCAL_POINTS,
): Promise<EventDefinition<string>> {
  const { event } = await eventOf(deps, eventId, language);
  if (!isVetted(caller.grants, ticks, lastDay(event))) throw new ProblemError('not-vetted');
  return event;
}

/**
 * The event, for a reader of reports.
 *
 * @throws ProblemError `unknown-event`, `not-vetted`
 */
export async function eventForReaders(
  deps: Pick<Deps, 'events'>,
  { params: { eventId }, language }: Wanted,
  { grants }: Caller,
): Promise<EventDefinition<string>> {
  const { event } = await eventOf(deps, eventId, language);
  if (!mayReadReports(grants, readersVettedUntil(event))) throw new ProblemError('not-vetted');
  return event;
}
