import { type RegistrationStatus, stands } from '../event/attendee.ts';
import type { EventDefinition } from '../event/event.ts';
import { CELLS } from '../event/questions.ts';
import { signUpSessions } from '../event/sessions.ts';
import type { DefinitionProblem } from '../kernel/text/field-problem.ts';
import type { Registration } from '../registration/registration.schema.ts';
import type { Member } from './delegation.schema.ts';

/** People in one delegation at a time. */
export const MOST_PEOPLE = 25;

/** Fields that a table may have for one person: `npm run event -- check` refuses an event that asks for more. */
const MOST_PERSON_FIELDS = 150;

/**
 * Fields of the form that comes back of a full table, with every cell wrong and every box ticked. What is stated, and what is the same for
 * everyone, is no more than for one person.
 */
export const MOST_TABLE_FIELDS = (MOST_PEOPLE + 1) * MOST_PERSON_FIELDS;

/** Columns of every event: honorific, both names, position, address, badge, organisation, country, category, mode, language. */
const CELLS_OF_ALL = 11;
/** A cell that is like a choice is quoted, with a box for what it is read as; any other that is not of boxes has one field. */
const FIELDS_OF_CELL = 2;
/** Besides its boxes a cell says that they were shown, and has a box for none. */
const BESIDE_BOXES = 2;
/** What of a row has no field of its own; which address is meant; whether the person is left out. */
const BESIDE_CELLS = 3;

type Asks = Pick<EventDefinition<unknown>, 'consents' | 'days' | 'questions' | 'sessions'>;

/** Fields that a table has for one person at most, and for what is stated once. */
export function fieldsOfPerson(event: Asks): number {
  const own = event.questions.filter(({ care }) => !care);
  const single = own.filter(({ type }) => CELLS[type] !== 'several').length + CELLS_OF_ALL;
  const several = own.filter(({ type }) => CELLS[type] === 'several').map(({ options = [] }) => options);
  const boxes = [event.days, signUpSessions(event), ...several].map(({ length }) => length + BESIDE_BOXES);
  return boxes.reduce((sum, each) => sum + each, single * FIELDS_OF_CELL) + BESIDE_CELLS + event.consents.length;
}

/** What of an event is too much for a table of its delegations: nobody could send it back. */
export function tableProblems(event: Asks): DefinitionProblem[] {
  const fields = fieldsOfPerson(event);
  if (fields <= MOST_PERSON_FIELDS) return [];
  const message = `a table of a delegation would have ${fields} fields for each person, of ${MOST_PERSON_FIELDS} at most: ask or offer less`;
  return [{ path: ['questions'], message }];
}

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
    if (isHeld(member) || stands(registration)) return registration.status;
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

const HAS_ENDED: readonly MemberState[] = ['given-up', 'cancelled', 'declined', 'expired'];

/**
 * Whether a line counts towards the limit, so that its person cannot be added again. One that has ended, as far as the
 * coordinator sees, gives room for another, or for the same person.
 */
export const takesPlace = (state: MemberState): boolean => !HAS_ENDED.includes(state);
