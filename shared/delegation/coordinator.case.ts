import type { ShownMember } from '../../web/site/delegation/delegation-page.ts';
import { retentionEnd } from '../event/event-times.ts';
import type { LocalisedEvent } from '../event/localised-event.store.ts';
import { ProblemError } from '../kernel/errors.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { changeHeld } from '../registration/change/change-registration.case.ts';
import type { Registration } from '../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../registration/registration.store.ts';
import { changed } from '../registration/registration-state.store.ts';
import type { Member } from './delegation.schema.ts';
import type { Roster } from './delegation.store.ts';
import { isSeen, lineMovedTo, memberState, takesPlace } from './delegation.ts';
import { isProvenDelegation, isReplacedDelegation, parseDelegationToken } from './delegation-link.store.ts';

type CoordinatorDeps = Needs<'events' | 'rosters' | 'secrets' | 'system'>;

/** The delegation of the holder of a link, with its event. */
export interface HeldDelegation extends LocalisedEvent {
  readonly roster: Roster;
}

/** @throws ProblemError `link-replaced`, or `link-not-valid`, the same for a broken, forged, expired or forgotten link */
export async function coordinatorOf(deps: CoordinatorDeps, token: string, language: string): Promise<HeldDelegation> {
  const { held, isCurrent } = await everCoordinatorOf(deps, token, language);
  if (!isCurrent) throw new ProblemError('link-replaced');
  return held;
}

/**
 * The same for a link that was replaced since: its holder may learn that, and have the new one mailed to the
 * coordinator.
 *
 * @throws ProblemError `link-not-valid`
 */
export async function everCoordinatorOf(
  deps: CoordinatorDeps,
  token: string,
  language: string,
): Promise<{ readonly held: HeldDelegation; readonly isCurrent: boolean }> {
  const claim = parseDelegationToken(token);
  if (claim === undefined) throw new ProblemError('link-not-valid');
  const [roster, localised] = await Promise.all([
    deps.rosters.readRoster(claim.eventId, claim.id),
    deps.events.readEvent(claim.eventId, language),
  ]);
  if (!roster || !localised) throw new ProblemError('link-not-valid');
  // A link lives as long as what it leads to; the table may take two days more to forget.
  if (deps.system.now().getTime() >= retentionEnd(localised.event) * 1000) throw new ProblemError('link-not-valid');
  const isCurrent = await isProvenDelegation(claim, roster.delegation, deps.secrets);
  if (!isCurrent && !(await isReplacedDelegation(claim, roster.delegation, deps.secrets))) {
    throw new ProblemError('link-not-valid');
  }
  return { held: { ...localised, roster }, isCurrent };
}

type RosterDeps = Needs<'rosters'>;

/** A line with as much of its registration as the coordinator may see. */
export const shownMember = (member: Member, registration: Registration | undefined): ShownMember => ({
  member,
  state: memberState(member, registration),
  registration: isSeen(member, registration) ? registration : undefined,
});

/** Each line of a list; not those in whose place another stands, or stood. */
export async function shownMembers({ rosters }: Pick<RosterDeps, 'rosters'>, roster: Roster): Promise<ShownMember[]> {
  const registrations = await rosters.registrations(roster);
  return roster.members.flatMap((member) => {
    const registration = member.reference === undefined ? undefined : registrations.get(member.reference);
    const shown = shownMember(member, registration);
    const isLeftOver = member.name === undefined && shown.registration === undefined;
    return isLeftOver || lineMovedTo(member, registration) !== undefined ? [] : [shown];
  });
}

/** The same list without people who, as far as the coordinator sees, do not come any more: they may be added again. */
export async function standingOnly(deps: Pick<RosterDeps, 'rosters'>, roster: Roster): Promise<Roster> {
  const shown = await shownMembers(deps, roster);
  return { ...roster, members: shown.filter(({ state }) => takesPlace(state)).map(({ member }) => member) };
}

type SeeingDeps = Needs<'changes' | 'registrations' | 'system'>;

/** Lets the coordinator of an attendee's delegation see where they stand, and do something about it. */
export const showToCoordinator = (deps: SeeingDeps, held: RegistrationWithEvent): Promise<Registration> =>
  letSee(deps, held, true);

/** Takes that back. */
export const hideFromCoordinator = (deps: SeeingDeps, held: RegistrationWithEvent): Promise<Registration> =>
  letSee(deps, held, undefined);

/** An attendee in no delegation, or reached through its coordinator anyway, changes nothing. */
const letSee = (deps: SeeingDeps, { registration, event }: RegistrationWithEvent, shown: true | undefined) =>
  changeHeld(deps, { registration, event }, ({ before }) => {
    const { delegation } = before;
    if (delegation === undefined || delegation.throughCoordinator || delegation.shown === shown) return undefined;
    const after = changed(before, { delegation: { ...delegation, shown } }, deps.system.now());
    return { after, messages: [] };
  });
