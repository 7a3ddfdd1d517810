import { answersFor } from '../../event/answer-readers.ts';
import { asHeld } from '../../event/event-standing.ts';
import type { Asking } from '../../event/questions.ts';
import { lapsesAt } from '../../mail/fate/mail-fate.ts';
import type { RoleGrant } from '../../team/role/organiser-role.schema.ts';
import { mayDecideOn } from '../../team/role/organiser-role.ts';
import { stillToAnswer } from '../apply/still-to-answer.ts';
import { askedShown } from '../ask/asked.ts';
import { pendingSince, reasonIn } from '../decide/approval.ts';
import { renamedOnceBegun } from '../names.ts';
import type { Registration } from '../registration.schema.ts';
import type { OrganiserRegistration } from './registrations.schema.ts';

type Event = Parameters<typeof asHeld>[0] & Parameters<typeof renamedOnceBegun>[0] & Asking;

/** What of a registration a list shows: how people take part in the event as it takes place now. */
export const registrationRow = (event: Event, registration: Registration) => ({
  reference: registration.reference,
  status: registration.status,
  role: registration.role,
  email: registration.email,
  fullName: registration.fullName,
  organisation: registration.organisation,
  country: registration.country,
  category: registration.category,
  ...modeOf(event, registration),
  submittedAt: registration.submittedAt,
  pendingSince: pendingSince(registration),
  ageBand: registration.ageBand,
  mail: registration.mail?.state === 'delivered' ? undefined : registration.mail?.state,
  walkIn: registration.walkIn && { reason: registration.walkIn.reason },
  revision: registration.revision,
});

/** Where the event has moved online, also how they had asked to take part. */
function modeOf(event: Event, registration: Registration): Pick<OrganiserRegistration, 'mode' | 'wished'> {
  const { mode } = asHeld(event, registration);
  return mode === registration.mode ? { mode } : { mode, wished: registration.mode };
}

/**
 * A registration as a member sees it, in a language of the event: no key, hash, ticket or link, of its seats only the quotas, and of its
 * answers those that are for them.
 *
 * @param reader what the member holds
 */
export const organiserView = (
  event: Event,
  registration: Registration,
  language: string,
  reader: { readonly grants: readonly RoleGrant[] },
): OrganiserRegistration => ({
  ...registrationRow(event, registration),
  language: registration.language,
  honorific: registration.honorific,
  badgeName: registration.badgeName,
  nativeName: registration.nativeName,
  position: registration.position,
  days: registration.days,
  sessions: registration.sessions,
  closedSessions: registration.closedSessions,
  answers: answersFor(reader.grants, event, registration),
  consents: registration.consents,
  seats: registration.seats.map(({ quota, state }) => ({ quota, state })),
  meanwhile: registration.waiting?.meanwhile,
  waitingSince: registration.waiting?.since,
  movedUp: registration.waiting?.movedUp,
  lapsesAt: lapsesAt(registration)?.toISOString(),
  certificateRevoked: registration.certificate?.revoked,
  renamedAt: renamedOnceBegun(event, registration),
  lapsed: registration.lapsed,
  proof: registration.unproven ? 'none' : registration.proven?.how,
  onBehalf: registration.onBehalf && {
    at: registration.onBehalf.at,
    by: registration.onBehalf.label,
    consents: registration.onBehalf.consents,
    unanswered: unansweredFor(event, registration, reader.grants),
  },
  approved: registration.approved ?? false,
  invited: registration.invitation !== undefined,
  decisionNote: registration.decisionNote,
  withoutClosedSessions: registration.withoutClosedSessions,
  asked: mayDecideOn(reader.grants, registration) ? askedShown(registration) : undefined,
  tags: registration.tags,
  declineReason: registration.declineReason && reasonIn(registration.declineReason, language),
  changedAt: registration.changedAt,
});

/** Which questions are open, of those whose answers the reader would read. */
function unansweredFor(event: Event, registration: Registration, grants: readonly RoleGrant[]): readonly string[] {
  const open = stillToAnswer(event, registration);
  const readable = answersFor(grants, event, {
    ...registration,
    answers: Object.fromEntries(open.map((id) => [id, ''])),
  });
  return open.filter((id) => Object.hasOwn(readable, id));
}
