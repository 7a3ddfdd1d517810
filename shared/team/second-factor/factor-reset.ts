import { isSameMailbox } from '../../kernel/text/email-address.ts';
import type { FactorReset } from '../role/organiser-role.schema.ts';
import { holdsAny } from '../role/organiser-role.ts';
import { needsOf, OBJECTION, type RoleHolder, type Team } from '../role/role-rule.ts';

/*
 * Two organisers may have the second factor of a member's account reset, once they lost it: neither is that person, nor the other one
 * under a second account of one mailbox. It gives the account to nobody: its password and its mailbox stay with their owner.
 */

/** A member of an event's team, and what was proposed of their second factor. */
export interface FactorHolder extends RoleHolder {
  readonly factorReset?: FactorReset | undefined;
}

/** Milliseconds after which nobody waits any more for a second organiser, and the words of it are forgotten. */
const LASTS = 24 * 60 * 60 * 1000;

/** What was proposed of a member by another who is an organiser still, and neither done nor over. */
export function factorResetOpen(team: Team, { id, factorReset }: FactorHolder, now: Date): FactorReset | undefined {
  if (factorReset === undefined || factorReset.done !== undefined || factorReset.by === id) return undefined;
  return isOrganiser(team, factorReset.by) && now < endOf(factorReset) ? factorReset : undefined;
}

export const endOf = ({ at }: FactorReset): Date => new Date(Date.parse(at) + LASTS);

/**
 * What is kept of it in the end: of one that was done, who did it and when, without a word why; of one that nobody accepted,
 * nothing.
 */
export function keptOfReset(reset: FactorReset, now: Date): FactorReset | undefined {
  const { by, at, reason, done } = reset;
  const isForgotten = done !== undefined && reason === undefined;
  if (isForgotten || now.getTime() < Date.parse((done ?? reset).at) + LASTS) return reset;
  return done && { by, at, done };
}

/**
 * From when on a second organiser may accept it: where it concerns children, of this event or another, everyone who is told
 * has the time of an objection before.
 */
export const acceptableFrom = ({ grants }: Pick<RoleHolder, 'grants'>, { at, elsewhere }: FactorReset): Date =>
  new Date(
    Math.max(
      Date.parse(at) + (concernsChildren(grants) ? OBJECTION : 0),
      elsewhere ? Date.parse(elsewhere.at) + OBJECTION : 0,
    ),
  );

/** Whether a member may propose it: an organiser, for another member, where a third of them could accept it. */
export const mayProposeReset = (team: Team, target: RoleHolder, by: RoleHolder): boolean =>
  !isSame(target, by) &&
  isOrganiser(team, by.id) &&
  team.members.some((each) => !isSame(each, by) && !isSame(each, target) && isOrganiser(team, each.id));

/** What becomes of it when an organiser accepts it. */
export function resetOutcome(
  team: Team,
  target: FactorHolder,
  by: RoleHolder,
  now: Date,
): 'done' | 'later' | 'refused' {
  const open = factorResetOpen(team, target, now);
  const proposer = team.members.find(({ id }) => id === open?.by);
  if (open === undefined || proposer === undefined || !isOrganiser(team, by.id)) return 'refused';
  if (isSame(by, proposer) || isSame(by, target)) return 'refused';
  return now < acceptableFrom(target, open) ? 'later' : 'done';
}

/** Any organiser takes a proposal back, no matter of whom, and of a member who answers for children everyone of safeguarding. */
export const mayTakeResetBack = (team: Team, target: FactorHolder, by: RoleHolder, now: Date): boolean =>
  factorResetOpen(team, target, now) !== undefined &&
  (by.id === target.id ||
    isOrganiser(team, by.id) ||
    (concernsChildren(target.grants) && holdsAny(by.grants, ['safeguarding'])));

/**
 * Those who are told that it is proposed, and that it is done: the member whom it is about, all organisers, and of a
 * member who answers for children all of safeguarding, deputies too.
 */
export const isToldOfReset = (target: RoleHolder, { id, grants }: RoleHolder): boolean =>
  id === target.id ||
  holdsAny(grants, ['manage-team']) ||
  (concernsChildren(target.grants) && isOfSafeguarding({ grants }));

/** Deputies too. */
export const isOfSafeguarding = ({ grants }: Pick<RoleHolder, 'grants'>): boolean =>
  grants.some(({ role }) => role === 'safeguarding');

/** Names a member of one event's team in mail to those of another one. */
export const resetReference = (eventId: string, memberId: string): string => `${eventId}/${memberId}`;

export function fromResetReference(reference: string): { readonly eventId: string; readonly memberId: string } {
  const [eventId = '', memberId = ''] = reference.split('/');
  return { eventId, memberId };
}

const isSame = (one: RoleHolder, other: RoleHolder): boolean =>
  one.id === other.id || isSameMailbox(one.email, other.email);

export const concernsChildren = (grants: RoleHolder['grants']): boolean => needsOf(grants).includes('children');

const isOrganiser = ({ members }: Team, memberId: string): boolean =>
  members.some(({ id, grants }) => id === memberId && holdsAny(grants, ['manage-team']));
