import { mayReadAnswers } from '../../event/answer-readers.ts';
import type { RegistrationStatus } from '../../event/attendee.ts';
import { holds } from '../../event/condition.ts';
import type { EventDefinition } from '../../event/event.ts';
import { askedAtFirst, withoutNeeds } from '../../event/questions.ts';
import { areExclusive, ownSessions, signUpSessions } from '../../event/sessions.ts';
import { type Pool, poolName, poolsFor, type QuotaChoices } from '../../seats/quota.ts';
import type { RoleGrant } from '../../team/role/organiser-role.schema.ts';
import type { Role } from '../registration.ts';
import type { BulkRefusal } from './bulk.ts';

/*
 * An organiser adds people to a session whom the form let choose it: by the same rules. Closed sessions are asked for in the form, and
 * approved: nobody is added to one.
 */

/** What of a registration says whether its holder fits a session. */
export interface Joining extends QuotaChoices {
  readonly role: Role;
  readonly status: RegistrationStatus;
  readonly days: readonly string[];
  readonly closedSessions: boolean;
}
type Rules = EventDefinition<string>;

/** As the form stores them: those that are offered, in the order of the programme. */
export const sessionsWith = (event: Rules, { sessions }: Pick<Joining, 'sessions'>, added: string): readonly string[] =>
  signUpSessions(event).flatMap(({ id }) => (id === added || sessions.includes(id) ? [id] : []));

/**
 * Why a person who comes cannot be added to a session, as far as their own registration says it: whether there is a seat is not asked. Who does
 * not read the answers to a question is not told that it was asked.
 *
 * @param grants of the member who adds them
 * @param isKnown whether an answer to a question would be seen: of another nothing is said
 */
export function misfitsSession(
  event: Rules,
  person: Joining,
  added: string,
  grants: readonly RoleGrant[],
  isKnown: (question: string) => boolean = () => true,
): BulkRefusal | undefined {
  const session = signUpSessions(event).find(({ id }) => id === added);
  if (session === undefined) return 'not-offered';
  if (!person.days.includes(session.day)) return 'other-day';
  if (ownSessions(event, person).some((each) => each.id !== added && areExclusive(each, session))) return 'clash';
  const { questions } = askedAtFirst(withoutNeeds(event));
  const isAsked = (when: (typeof questions)[number]['when'], sessions: readonly string[]): boolean =>
    holds(when, { ...person, sessions });
  const unanswered = questions.filter(
    ({ id, required, when }) =>
      required &&
      isKnown(id) &&
      person.answers[id] === undefined &&
      !isAsked(when, person.sessions) &&
      isAsked(when, [...person.sessions, added]),
  );
  if (unanswered.length === 0) return undefined;
  return unanswered.some((each) => mayReadAnswers(grants, each, person)) ? 'unanswered' : 'not-possible';
}

/** The pools in which a person needs a seat for a session who needed none before. */
export function poolsForSession(event: Rules, person: Joining, added: string): readonly Pool[] {
  if (person.role !== 'attendee') return [];
  const needed = new Set(poolsFor(event, person).map(poolName));
  const sessions = sessionsWith(event, person, added);
  return poolsFor(event, { ...person, sessions }).filter((pool) => !needed.has(poolName(pool)));
}
