import type { RegistrationStatus } from '../event/attendee.ts';
import type { Application, Registration } from '../registration/registration.schema.ts';

/** People in one delegation at a time. */
export const MOST_PEOPLE = 25;

/** A coordinator's delegation: one for each address and event, made when its link is first asked for. */
export interface Delegation {
  readonly eventId: string;
  /** 22 characters of base64url, derived from the coordinator's address: it names, and proves nothing. */
  readonly id: string;
  readonly email: string;
  readonly language: string;
  /** Names it in its links: those of a list that was deleted do not open the next one of the same address. */
  readonly link: string;
  /** Raised to make all earlier links invalid. */
  readonly linkVersion: number;
  /** Its coordinator gets no mail that they can do without: they stopped it. */
  readonly optedOut?: true | undefined;
  /** When the link was last mailed, ISO 8601. */
  readonly linkAt: string;
  /** What was the same for everyone the last time: the form begins with it. */
  readonly common?: Pick<Application, 'organisation' | 'country' | 'category'> | undefined;
  /** Rises whenever someone is added: a conditional write compares it, so that no two presses exceed the limit. */
  readonly revision: number;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** Someone's line in a delegation's list; without a name, a place that was given up. */
export interface Member {
  readonly eventId: string;
  readonly delegation: string;
  /** Names the line: the hash under which the person's registration is locked when it is entered. */
  readonly member: string;
  /** As the coordinator typed it. */
  readonly name?: string | undefined;
  /** The person's own address; without one, mail about them goes to the coordinator. */
  readonly email?: string | undefined;
  /** Of the registration that was made; absent where the address held one already, which the coordinator never learns. */
  readonly reference?: string | undefined;
  /** HMAC of what was sent: sending it again registers nobody twice. */
  readonly request: string;
  /** ISO 8601. */
  readonly addedAt: string;
}

/** Whether a person's place is someone's: not given up. */
export const isHeld = ({ name }: Pick<Member, 'name'>): boolean => name !== undefined;

/**
 * Whether the coordinator sees where someone stands. Of a person who is mailed at their own address only what
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

/** The line in which a registration stands now: whoever comes in someone's place has a line of their own. */
export const movedTo = (member: Member, registration: Registration | undefined): string | undefined =>
  registration?.delegation?.id === member.delegation && registration.delegation.member !== member.member
    ? registration.delegation.member
    : undefined;

const STANDS: readonly RegistrationStatus[] = ['pending-approval', 'confirmed', 'waitlisted'];
const HAS_ENDED: readonly MemberState[] = ['given-up', 'cancelled', 'declined', 'expired'];

/**
 * Whether a line counts towards the limit, so that its person cannot be added again. One that has ended, as far as the
 * coordinator sees, gives room for someone else, or for the same person.
 */
export const takesPlace = (state: MemberState): boolean => !HAS_ENDED.includes(state);
