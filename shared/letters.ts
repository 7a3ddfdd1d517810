import { messageTest, organiserMessage } from './announcements/announcement.mail.ts';
import {
  eventCancelled,
  eventMovedOnline,
  eventPostponed,
  eventRescheduled,
  programmeChanged,
} from './announcements/changes.mail.ts';
import { guardianEventStatus } from './announcements/guardian-news.mail.ts';
import { reminderDay, reminderWeek, thankYou } from './announcements/timed/timed.mail.ts';
import { delegationErased, delegationLink, delegationRegistered } from './delegation/delegation.mail.ts';
import type { Letters } from './mail/letter/letter.ts';
import { chaperoneRequest, chaperoneVetted, deviceVetted } from './minors/chaperone/vetting.mail.ts';
import { guardianReceipt, guardianReminder, guardianRequest } from './minors/consent/guardian.mail.ts';
import {
  chaperoneEnded,
  consentWithdrawn,
  deputiesGone,
  guardianAgreed,
  guardianCode,
  guardianExpired,
  guardianRefused,
  guardianUnreachable,
  paperAwaited,
  pendingGuardian,
  pendingPaper,
  readersGone,
  reportReceived,
  vettingLapsed,
} from './minors/young.mail.ts';
import { questionAsked } from './registration/ask/question.mail.ts';
import { cancelled, erased } from './registration/cancel/cancelled.mail.ts';
import { confirmed, promoted, substituted, updated } from './registration/change/confirmed.mail.ts';
import { askProof, declined, pendingApproval, seatReleased, waitlisted } from './registration/decide/decisions.mail.ts';
import { digest } from './registration/digest/digest.mail.ts';
import {
  addressChanged,
  addressCode,
  addressConfirm,
  alreadyRegistered,
  confirmRegistration,
  link,
} from './registration/link/links.mail.ts';
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
  'question-asked': questionAsked,
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
  'address-code': addressCode,
  'address-confirm': addressConfirm,
  'address-changed': addressChanged,
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
