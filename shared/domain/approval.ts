import type { EventDefinition } from './event.ts';
import type { Application } from './registration.ts';

/**
 * Whether a person must decide before a seat is taken: for categories that say so, and for whoever asks for closed
 * sessions. An address of a domain that the category trusts passes, since mail with the ticket goes to it alone.
 */
export function needsApproval(
  { categories }: Pick<EventDefinition<string>, 'categories'>,
  { category: id, email, closedSessions }: Pick<Application, 'category' | 'email' | 'closedSessions'>,
): boolean {
  const category = categories.find((each) => each.id === id);
  if (category === undefined || !(category.approval || closedSessions)) return false;
  return !category.trustedDomains?.some((domain) => isWithin(email, domain));
}

const isWithin = (email: string, domain: string): boolean => {
  const host = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return host === domain || host.endsWith(`.${domain}`);
};
