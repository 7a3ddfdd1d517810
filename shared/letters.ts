import {
  eventCancelled,
  eventMovedOnline,
  eventPostponed,
  eventRescheduled,
} from './announcements/event-status.mail.ts';
import { guardianEventStatus } from './announcements/guardian-news.mail.ts';
import { programmeChanged } from './announcements/programme-changed.mail.ts';
import { reminderDay, reminderWeek } from './announcements/timed/reminder.mail.ts';
import { thankYou } from './announcements/timed/thank-you.mail.ts';
import { messageTest, organiserMessage } from './announcements/write/organiser-message.mail.ts';
import { delegationErased, delegationLink, delegationRegistered } from './delegation/delegation.mail.ts';
import type { Letters } from './mail/letter/letter.ts';
import { chaperoneRequest } from './minors/chaperone/chaperone-request.mail.ts';
import { chaperoneVetted, deviceVetted } from './minors/chaperone/vetting.mail.ts';
import { guardianReceipt, guardianReminder, guardianRequest } from './minors/consent/guardian.mail.ts';
import {
  chaperoneEnded,
  deputiesGone,
  paperAwaited,
  readersGone,
  reportReceived,
  vettingLapsed,
} from './minors/for-focal-point.mail.ts';
import {
  consentWithdrawn,
  guardianAgreed,
  guardianCode,
  guardianExpired,
  guardianRefused,
  guardianUnreachable,
  pendingGuardian,
  pendingPaper,
} from './minors/for-young.mail.ts';
import { alreadyRegistered } from './registration/apply/already-registered.mail.ts';
import { cancelled } from './registration/cancel/cancelled.mail.ts';
import { erased } from './registration/cancel/erased.mail.ts';
import { confirmed, promoted } from './registration/change/confirmed.mail.ts';
import { substituted } from './registration/change/substituted.mail.ts';
import { updated } from './registration/change/updated.mail.ts';
import { confirmRegistration } from './registration/confirm/confirm-registration.mail.ts';
import { declined } from './registration/decide/declined.mail.ts';
import { pendingApproval } from './registration/decide/pending-approval.mail.ts';
import { askProof, seatReleased } from './registration/decide/proof.mail.ts';
import { waitlisted } from './registration/decide/waitlisted.mail.ts';
import { digest } from './registration/digest/digest.mail.ts';
import { link } from './registration/link/link.mail.ts';
import { roleInvitation } from './team/invitation/role-invitation.mail.ts';
import { roleGranted, roleOpened, whoSeesChildren } from './team/role/roles.mail.ts';
import {
  factorResetDone,
  factorResetDoneElsewhere,
  factorResetProposed,
  factorResetProposedElsewhere,
} from './team/second-factor/factor-reset.mail.ts';

/** Every kind of mail as it is read and written. The outbox alone is handed it: what others have to know of a kind is in `KINDS`. */
export const LETTERS = {
  confirmed,
  'pending-approval': pendingApproval,
  waitlisted,
  promoted,
  updated,
  declined,
  'already-registered': alreadyRegistered,
  link,
  cancelled,
  'pending-guardian': pendingGuardian,
  'pending-paper': pendingPaper,
  'guardian-request': guardianRequest,
  'guardian-reminder': guardianReminder,
  'guardian-agreed': guardianAgreed,
  'guardian-unreachable': guardianUnreachable,
  'guardian-code': guardianCode,
  'ask-proof': askProof,
  'seat-released': seatReleased,
  'guardian-receipt': guardianReceipt,
  'guardian-event-status': guardianEventStatus,
  'guardian-refused': guardianRefused,
  'guardian-expired': guardianExpired,
  'consent-withdrawn': consentWithdrawn,
  'report-received': reportReceived,
  'vetting-lapsed': vettingLapsed,
  'readers-gone': readersGone,
  'deputies-gone': deputiesGone,
  'paper-awaited': paperAwaited,
  'chaperone-request': chaperoneRequest,
  'chaperone-ended': chaperoneEnded,
  erased,
  'delegation-erased': delegationErased,
  substituted,
  'confirm-registration': confirmRegistration,
  'delegation-link': delegationLink,
  'delegation-registered': delegationRegistered,
  'role-invitation': roleInvitation,
  'role-granted': roleGranted,
  'role-opened': roleOpened,
  'who-sees-children': whoSeesChildren,
  'factor-reset-proposed': factorResetProposed,
  'factor-reset-done': factorResetDone,
  'factor-reset-proposed-elsewhere': factorResetProposedElsewhere,
  'factor-reset-done-elsewhere': factorResetDoneElsewhere,
  'chaperone-vetted': chaperoneVetted,
  'device-vetted': deviceVetted,
  digest,
  'reminder-week': reminderWeek,
  'reminder-day': reminderDay,
  'thank-you': thankYou,
  'organiser-message': organiserMessage,
  'event-postponed': eventPostponed,
  'event-cancelled': eventCancelled,
  'event-moved-online': eventMovedOnline,
  'event-rescheduled': eventRescheduled,
  'programme-changed': programmeChanged,
  'message-test': messageTest,
} as const satisfies Letters;
