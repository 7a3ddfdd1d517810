import type { EventDefinition } from '../../event/event.ts';
import type { DefinitionProblem } from '../../kernel/text/definition-problem.ts';
import { addressIdentity } from '../../kernel/text/email-address.ts';

/**
 * What keeps registration shut: without someone who reads reports about a child, and someone outside the secretariat whom they reach
 * too, nobody should be asked to come (CS17, CS23).
 */
export function reportingProblems({
  registration,
  secretariat,
  safeguarding,
}: Pick<EventDefinition<unknown>, 'registration' | 'secretariat' | 'safeguarding'>): DefinitionProblem[] {
  if (registration.closed) return [];
  if (safeguarding === undefined) {
    return [{ path: ['safeguarding'], message: `${CANNOT_BE_OPEN} without a safeguarding contact and a deputy` }];
  }
  const { deputy, email } = safeguarding;
  if (deputy === undefined) {
    const message = `${CANNOT_BE_OPEN} without a deputy whom reports reach too, outside the secretariat`;
    return [{ path: ['safeguarding', 'deputy'], message }];
  }
  const path = ['safeguarding', 'deputy', 'email'];
  if (addressIdentity(deputy.email) === addressIdentity(email)) {
    return [{ path, message: `${CANNOT_BE_OPEN} while this is the safeguarding contact's own` }];
  }
  if (isWithin(deputy.email, secretariat.email) || isWithin(secretariat.email, deputy.email)) {
    const message = `${CANNOT_BE_OPEN} while the deputy is at the secretariat's domain, ${domainOf(secretariat.email)}: name someone outside it`;
    return [{ path, message }];
  }
  return [];
}

/** What can be done instead is said with it. */
const CANNOT_BE_OPEN = 'registration cannot be open (say "closed: true" to shut it)';

/** `mail.example.org` is of `example.org`. */
const isWithin = (address: string, other: string): boolean => `.${domainOf(address)}`.endsWith(`.${domainOf(other)}`);

const domainOf = (address: string): string => addressIdentity(address).slice(address.lastIndexOf('@') + 1);
