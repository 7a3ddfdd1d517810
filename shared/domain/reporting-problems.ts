import type { DefinitionProblem } from './definition-problem.ts';
import { addressIdentity } from './email-address.ts';
import type { EventDefinition } from './event.ts';

/**
 * What keeps registration shut: without someone who reads reports about a child, and someone outside the secretariat whom they reach
 * too, nobody should be asked to come (CS17, CS23). An event that is published already, and lacks them, can still be changed otherwise.
 */
export function reportingProblems({
  registration,
  secretariat,
  safeguarding,
}: Pick<EventDefinition<unknown>, 'registration' | 'secretariat' | 'safeguarding'>): DefinitionProblem[] {
  if (registration.closed) return [];
  if (safeguarding === undefined) {
    return [{ path: ['safeguarding'], message: `registration ${CANNOT_OPEN} a safeguarding contact and a deputy` }];
  }
  const { deputy, email } = safeguarding;
  if (deputy === undefined) {
    const message = `registration ${CANNOT_OPEN} a deputy whom reports reach too, outside the secretariat`;
    return [{ path: ['safeguarding', 'deputy'], message }];
  }
  const path = ['safeguarding', 'deputy', 'email'];
  if (addressIdentity(deputy.email) === addressIdentity(email)) {
    return [{ path, message: "must not be the safeguarding contact's own" }];
  }
  if (isWithin(deputy.email, secretariat.email) || isWithin(secretariat.email, deputy.email)) {
    const message = `the deputy is outside the secretariat, and not at its domain, ${domainOf(secretariat.email)}`;
    return [{ path, message }];
  }
  return [];
}

const CANNOT_OPEN = 'cannot open (leave it "closed: true") without';

/** `mail.example.org` is of `example.org`. */
const isWithin = (address: string, other: string): boolean => `.${domainOf(address)}`.endsWith(`.${domainOf(other)}`);

const domainOf = (address: string): string => addressIdentity(address).slice(address.lastIndexOf('@') + 1);
