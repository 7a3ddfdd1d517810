import { minorsOf } from '../domain/chaperone.ts';
import type { Ties } from '../domain/check-in/entry-of.ts';
import type { Registration } from '../domain/registration.ts';
import { storedTicketNames } from '../keys/ticket-names.ts';

type Tied = Pick<Registration, 'reference' | 'status' | 'ticketId' | 'badgeName' | 'chaperone' | 'chaperoning'>;

/**
 * Who looks after whom, among people who come.
 *
 * @param people with all who are under 18, and all who look after them, where any of them is asked for
 */
export function tiesAmong(people: readonly Tied[]): (of: Tied) => Ties {
  const byReference = new Map(people.map((each) => [each.reference, each]));
  return (of) => {
    const adult = of.chaperone?.acceptedAt === undefined ? undefined : byReference.get(of.chaperone.reference);
    const wards = minorsOf(of).flatMap((reference) => {
      const minor = byReference.get(reference);
      return minor?.status === 'confirmed' ? [storedTicketNames(minor).hash] : [];
    });
    return { chaperone: adult?.badgeName, wards };
  };
}
