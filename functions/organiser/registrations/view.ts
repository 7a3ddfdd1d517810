import type { OrganiserRegistration } from '../../../shared/contract/organiser/registrations.ts';
import type { Registration } from '../../../shared/domain/registration.ts';

/** A registration as organisers see it: no key, hash, ticket or link, and of its seats only the quotas. */
export function viewOf(registration: Registration): OrganiserRegistration {
  const {
    eventId: _,
    ticketId,
    linkVersion,
    definitionVersion,
    seats,
    approved = false,
    invitation,
    ...shown
  } = registration;
  return {
    ...shown,
    seats: seats.map(({ quota, state }) => ({ quota, state })),
    approved,
    invited: invitation !== undefined,
  };
}

/** What of it a list shows. */
export const rowOf = ({
  reference,
  status,
  role,
  email,
  fullName,
  organisation,
  country,
  category,
  mode,
  submittedAt,
  ageBand,
  revision,
}: Registration) => ({
  reference,
  status,
  role,
  email,
  fullName,
  organisation,
  country,
  category,
  mode,
  submittedAt,
  ageBand,
  revision,
});
