import { aboutAnnouncement } from './announcements/about-announcement.mail.ts';
import { aboutGuardianNews } from './announcements/about-guardian-news.mail.ts';
import { aboutTest } from './announcements/write/about-test.mail.ts';
import { aboutDelegation } from './delegation/about-delegation.mail.ts';
import { aboutEvent } from './event/page/about-event.mail.ts';
import type { Needs } from './kernel/parts.store.ts';
import { composeMessage } from './mail/letter/compose.mail.ts';
import { type Failure, type MessageKind, type OutboxMessage, REPORT_KINDS } from './mail/outbox/message.ts';
import type { Told } from './mail/outbox/told.case.ts';
import { aboutVetting } from './minors/chaperone/about-vetting.mail.ts';
import { aboutConsent } from './minors/consent/about-consent.mail.ts';
import { aboutRegistration } from './registration/about-registration.mail.ts';
import { aboutForm } from './registration/confirm/about-form.mail.ts';
import { aboutDigest } from './registration/digest/about-digest.mail.ts';
import { aboutInvitation } from './team/invitation/about-invitation.mail.ts';
import { aboutGrant, aboutOpening, aboutWhoSeesChildren } from './team/role/about-roles.mail.ts';
import { aboutFactorReset, aboutResetElsewhere } from './team/second-factor/about-factor-reset.mail.ts';

type Deps = Needs<
  | 'announcements'
  | 'attending'
  | 'delegations'
  | 'digests'
  | 'events'
  | 'invitations'
  | 'outbox'
  | 'readDeviceProposal'
  | 'readFormSettings'
  | 'readTold'
  | 'readUnconfirmed'
  | 'registrations'
  | 'roles'
  | 'secrets'
  | 'sender'
  | 'signer'
  | 'siteUrl'
  | 'system'
>;

/** A raw mail and whom it is to, or why there is none to send any more. */
export type Written = { readonly raw: Uint8Array; readonly to: string } | Obstacle;
export interface Obstacle {
  readonly obstacle: Failure;
}

/** The raw mail for a message, written from what it is about as that stands now. */
export async function writeMail(deps: Deps, message: OutboxMessage): Promise<Written> {
  const { to } = message;
  if (to === undefined) return { obstacle: 'address-gone' };
  const told = await tell(deps, message);
  if ('obstacle' in told) return told;
  const { secretariat, title, id } = told.event;
  const { name, email } = told.replyTo ?? secretariat;
  const domain = deps.sender.slice(deps.sender.lastIndexOf('@') + 1);
  const raw = await composeMessage(told.message, {
    from: { name: title, address: deps.sender },
    to,
    // What is answered about a report must not reach the secretariat, which it may be about.
    replyTo: isAboutReports(message.kind) ? { name: title, address: deps.sender } : { name, address: email },
    // Not when it came about: one that waited for its turn would lie among the mail of yesterday.
    date: deps.system.now(),
    messageId: `${message.id}@${domain}`,
    unsubscribe: told.unsubscribe,
    fileName: id,
  });
  return { raw, to };
}

const isAboutReports = (kind: MessageKind): boolean => (REPORT_KINDS as readonly MessageKind[]).includes(kind);

function tell(deps: Deps, message: OutboxMessage): Promise<Told> {
  const { kind } = message;
  switch (kind) {
    case 'role-invitation':
      return aboutInvitation(deps, message);
    case 'role-granted':
      return aboutGrant(deps, message);
    case 'role-opened':
      return aboutOpening(deps, message);
    case 'who-sees-children':
      return aboutWhoSeesChildren(deps, message);
    case 'factor-reset-proposed':
    case 'factor-reset-done':
      return aboutFactorReset(deps, kind, message);
    case 'factor-reset-proposed-elsewhere':
    case 'factor-reset-done-elsewhere':
      return aboutResetElsewhere(deps, kind, message);
    case 'chaperone-vetted':
    case 'device-vetted':
      return aboutVetting(deps, kind, message);
    case 'digest':
      return aboutDigest(deps, message);
    case 'message-test':
      return aboutTest(deps, message);
    case 'confirm-registration':
      return aboutForm(deps, message);
    case 'delegation-link':
    case 'delegation-registered':
      return aboutDelegation(deps, kind, message);
    case 'guardian-request':
    case 'guardian-reminder':
    case 'guardian-receipt':
      return aboutConsent(deps, kind, message);
    case 'guardian-event-status':
      return aboutGuardianNews(deps, message);
    case 'guardian-refused':
    case 'guardian-expired':
    case 'consent-withdrawn':
    case 'report-received':
    case 'vetting-lapsed':
    case 'readers-gone':
    case 'deputies-gone':
    case 'paper-awaited':
    case 'chaperone-ended':
    case 'erased':
    case 'delegation-erased':
    case 'substituted':
      return aboutEvent(deps, kind, message);
    case 'reminder-week':
    case 'reminder-day':
    case 'thank-you':
    case 'organiser-message':
    case 'event-postponed':
    case 'event-cancelled':
    case 'event-moved-online':
    case 'event-rescheduled':
    case 'programme-changed':
      return aboutAnnouncement(deps, kind, message);
    default:
      return aboutRegistration(deps, kind, message);
  }
}
