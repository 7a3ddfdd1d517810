import type { RegistrationStatus } from '../event/attendee.ts';
import type { Registration } from '../registration/registration.schema.ts';
import type { Member } from './delegation.schema.ts';

/** People in one delegation at a time. */
export const MOST_PEOPLE = 25;

/** Whether a person's place is theirs: not given up. */
export const isHeld = ({ name }: Pick<Member, 'name'>): boolean => name !== undefined;

/**
 * Whether the coordinator sees where an attendee stands. Of one who is mailed at their own address only what
 * everyone can know is shown, until they agree: that they were written to. Otherwise a list of addresses would tell
 * which of them are registered.
 */
export const isShown = ({ delegation }: Pick<Registration, 'delegation'>): boolean =>
  delegation !== undefined && (delegation.throughCoordinator === true || delegation.shown === true);

/** What a line of the list says. */
export type MemberState = RegistrationStatus | 'mailed' | 'given-up';

/** @param registration the one that the line leads to, if there is one */
export function memberState(member: Member, registration: Registration | undefined): MemberState {
  if (isSeen(member, registration)) {
    const { status } = registration;
    if (isHeld(member) || STANDS.includes(status)) return status;
  }
  if (!isHeld(member)) return 'given-up';
  return member.email === undefined ? 'given-up' : 'mailed';
}

/** Whether the coordinator sees the registration that a line leads to, and may do something about it. */
export const isSeen = (member: Member, registration: Registration | undefined): registration is Registration =>
  registration?.delegation?.id === member.delegation &&
  registration.delegation.member === member.member &&
  isShown(registration);

/** The line in which a registration stands now: a person who takes another's place has a line of their own. */
export const lineMovedTo = (member: Member, registration: Registration | undefined): string | undefined =>
  registration?.delegation?.id === member.delegation && registration.delegation.member !== member.member
    ? registration.delegation.member
    : undefined;

const STANDS: readonly RegistrationStatus[] = ['pending-approval', 'confirmed', 'waitlisted'];
const HAS_ENDED: readonly MemberState[] = ['given-up', 'cancelled', 'declined', 'expired'];

/**
 * Whether a line counts towards the limit, so that its person cannot be added again. One that has ended, as far as the
 * coordinator sees, gives room for another, or for the same person.
 */
export const takesPlace = (state: MemberState): boolean => !HAS_ENDED.includes(state);
