import type { EventDefinition } from '../../event/event.ts';
import { isReady, minorsOf } from '../../minors/chaperone/chaperone.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { ticketHashOf } from '../../ticket/ticket-names.store.ts';
import type { Ties } from './roster-entry.ts';

type Tied = Pick<
  Registration,
  'reference' | 'status' | 'mode' | 'ageBand' | 'ticketId' | 'badgeName' | 'minor' | 'chaperoning'
>;

/**
 * Who looks after whom, among people who come. Nobody leaves with an adult who has not said yes, or is not vetted, or not any more: such
 * a one is only asked about those who were entrusted to them (CS24).
 *
 * @param people with all who are under 18, and all who look after them, where any of them is asked for
 */
export function tiesAmong(people: readonly Tied[], event: Pick<EventDefinition<unknown>, 'days'>): (of: Tied) => Ties {
  const byReference = new Map(people.map((each) => [each.reference, each]));
  return (of) => {
    const tie = of.minor?.chaperone;
    const adult = tie?.acceptedAt === undefined ? undefined : byReference.get(tie.reference);
    const wards = minorsOf(of).flatMap((reference) => {
      const minor = byReference.get(reference);
      return minor?.status === 'confirmed' ? [ticketHashOf(minor)] : [];
    });
    return {
      chaperone: adult && isReady(adult, event) ? adult.badgeName : undefined,
      wards,
      ...(isReady(of, event) && { mayTakeAlong: true as const }),
    };
  };
}
