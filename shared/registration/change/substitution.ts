import type { RegistrationStatus } from '../../event/attendee.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { addressIdentity } from '../../kernel/text/email-address.ts';
import type { MailKind } from '../../mail/kinds.ts';
import type { Person } from '../names.ts';
import type { Registration } from '../registration.schema.ts';

/** Whose place another can take, and what that one is told. */
export const TOLD_IN_PLACE: Readonly<Record<RegistrationStatus, MailKind | undefined>> = {
  'pending-guardian': undefined,
  'pending-approval': 'pending-approval',
  confirmed: 'confirmed',
  waitlisted: 'waitlisted',
  cancelled: undefined,
  declined: undefined,
  expired: undefined,
};

/**
 * @param revision what was looked at
 * @param isOver whether the event is: what a person came for stays theirs
 * @returns what the person who comes in the place is told
 * @throws ProblemError `not-substitutable`, or `changed-meanwhile` where it is not as it was looked at
 */
export function requireSubstitutable(before: Registration, revision: number, isOver?: boolean): MailKind {
  const told = before.ageBand !== 'minor' && !isOver && TOLD_IN_PLACE[before.status];
  if (!told) throw new ProblemError('not-substitutable');
  if (before.revision !== revision) throw new ProblemError('changed-meanwhile', { status: before.status });
  return told;
}

/** Whether it is this person's place already. */
export const isInPlace = (before: Registration, { email, fullName }: Person): boolean =>
  before.fullName === fullName && addressIdentity(before.email) === addressIdentity(email);

/**
 * A registration with another person in it: seats, group, country and organisation stay; of what the former person said of themselves
 * nothing does, nor why they were moved up in the waiting list: the other waits where they would have. One who comes with an address of
 * their own is not reached through a coordinator. One of the same name is the same person at another address, as for what they attended
 * (`revokeTicket`): they answer once, and what was withdrawn stays so.
 */
export function inPlaceOf(before: Registration, person: Person): Registration {
  const {
    honorific,
    nativeName,
    mail,
    optedOut,
    hasNeeds,
    careAnswered,
    walkIn,
    onBehalf,
    certificate,
    delegation,
    tags,
    waiting,
    asked,
    handed,
    withoutClosedSessions,
    ...kept
  } = before;
  const { movedUp, ...place } = waiting ?? {};
  const isSame = before.fullName === person.fullName;
  const hasPlace = waiting && { waiting: { ...place, since: waiting.since } };
  const staysThere = delegation?.throughCoordinator && addressIdentity(before.email) === addressIdentity(person.email);
  return {
    ...kept,
    ...person,
    ...hasPlace,
    ...(delegation && { delegation: staysThere ? delegation : { id: delegation.id, member: delegation.member } }),
    answers: {},
    consents: {},
    history: [],
    linkVersion: before.linkVersion + 1,
    ...(isSame
      ? certificate?.revoked && { certificate: { revoked: certificate.revoked } }
      : { formerHolders: (before.formerHolders ?? 0) + 1 }),
  };
}
