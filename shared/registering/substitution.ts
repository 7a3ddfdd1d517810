import { addressIdentity } from '../domain/email-address.ts';
import type { Person } from '../domain/person.ts';
import type { Registration } from '../domain/registration.ts';

/** Whether it is this person's place already. */
export const isInPlace = (before: Registration, { email, fullName }: Person): boolean =>
  before.fullName === fullName && addressIdentity(before.email) === addressIdentity(email);

/**
 * A registration with someone else in it: seats, group, country and organisation stay; of what the former person said
 * of themselves nothing does. Whoever comes with an address of their own is not reached through a coordinator.
 */
export function inPlaceOf(before: Registration, person: Person): Registration {
  const { honorific: _, nativeName: __, mail: ___, delegation, ...kept } = before;
  const staysThere = delegation?.throughCoordinator && addressIdentity(before.email) === addressIdentity(person.email);
  return {
    ...kept,
    ...person,
    ...(delegation && { delegation: staysThere ? delegation : { id: delegation.id, member: delegation.member } }),
    answers: {},
    consents: {},
    linkVersion: before.linkVersion + 1,
  };
}
