import type { DefinitionProblem } from './definition-problem.ts';
import type { EventDefinition } from './event.ts';
import { lastDay } from './event-times.ts';
import { holdsAny, isDeputy, isVetted, type RoleGrant } from './organiser-role.ts';
import { registrationWindow } from './registration-window.ts';
import { reportingProblems } from './reporting-problems.ts';

type Reported = Pick<EventDefinition<unknown>, 'days' | 'minors'>;
type Grants = readonly RoleGrant[];

/** Until when whoever reads the reports of an event was vetted at least; any day will do where nobody under 18 comes. */
export const readersVettedUntil = (event: Reported): string => (event.minors === undefined ? '' : lastDay(event));

/** Whether someone reads reports because they look after children; deputies do besides. */
export const isReader = (grants: Grants, event: Reported): boolean =>
  isVetted(grants, ['safeguarding'], readersVettedUntil(event));

/** What is said about organisers is not for one, whatever else they are. */
export const readsAboutOrganisers = (grants: Grants): boolean => isDeputy(grants) && !holdsAny(grants, ['organiser']);

/** Whether someone was vetted to read reports, and is not any more: their time is over, or the event was moved past it. */
export const isLapsedReader = (grants: Grants, event: Reported): boolean =>
  !isReader(grants, event) &&
  grants.some((grant) => holdsAny([grant], ['safeguarding']) && grant.vettedUntil !== undefined);

type Opening = Pick<
  EventDefinition<unknown>,
  'days' | 'minors' | 'registration' | 'status' | 'secretariat' | 'safeguarding'
>;

/**
 * Why registration must not open: nobody would read what is reported. One that is open already stays as it is, and can be changed.
 *
 * @param before the event as it is; absent where it is new
 * @param members what each of the team holds
 */
export function openingProblems(
  before: Opening | undefined,
  after: Opening,
  members: readonly Grants[],
  now: Date,
): readonly DefinitionProblem[] {
  if (!opens(before, after, now)) return [];
  const vetted = after.minors === undefined ? '' : ' and was vetted until its last day';
  const message = `cannot open: no member looks after children${vetted}, and nobody would read reports`;
  return [
    ...reportingProblems(after),
    ...(members.some((grants) => isReader(grants, after)) ? [] : [{ path: ['registration', 'opensAt'], message }]),
  ];
}

/** Whether registration will be open at a time at which it would not have been. */
function opens(before: Opening | undefined, after: Opening, now: Date): boolean {
  const { closed = false, opensAt, closesAt } = after.registration;
  if (closed || Date.parse(closesAt) <= now.getTime()) return false;
  if (before === undefined || before.registration.closed) return true;
  if (registrationWindow(before, now) === 'open') return false;
  const { registration: was } = before;
  return Date.parse(opensAt) < Date.parse(was.opensAt) || Date.parse(closesAt) > Date.parse(was.closesAt);
}
