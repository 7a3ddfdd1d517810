import type { OrganiserRegistration } from '../../../shared/contract/organiser/registrations.ts';
import { pendingSince } from '../../../shared/domain/approval.ts';
import { lapsesAt } from '../../../shared/domain/mail-state.ts';
import type { Registration } from '../../../shared/domain/registration.ts';

/** What of a registration a list shows. */
export const rowOf = (registration: Registration) => ({
  reference: registration.reference,
  status: registration.status,
  role: registration.role,
  email: registration.email,
  fullName: registration.fullName,
  organisation: registration.organisation,
  country: registration.country,
  category: registration.category,
  mode: registration.mode,
  submittedAt: registration.submittedAt,
  pendingSince: pendingSince(registration),
  ageBand: registration.ageBand,
  mail: registration.mail?.state === 'delivered' ? undefined : registration.mail?.state,
  revision: registration.revision,
});

/** A registration as organisers see it: no key, hash, ticket or link, and of its seats only the quotas. */
export const viewOf = (registration: Registration): OrganiserRegistration => ({
  ...rowOf(registration),
  language: registration.language,
  honorific: registration.honorific,
  badgeName: registration.badgeName,
  nativeName: registration.nativeName,
  position: registration.position,
  days: registration.days,
  sessions: registration.sessions,
  closedSessions: registration.closedSessions,
  answers: registration.answers,
  consents: registration.consents,
  seats: registration.seats.map(({ quota, state }) => ({ quota, state })),
  meanwhile: registration.meanwhile,
  waitingSince: registration.waitingSince,
  lapsesAt: lapsesAt(registration)?.toISOString(),
  lapsed: registration.lapsed,
  approved: registration.approved ?? false,
  invited: registration.invitation !== undefined,
  decisionNote: registration.decisionNote,
  changedAt: registration.changedAt,
});
