import { ANNOUNCEMENT_USES } from './announcements/announcement-item.store.ts';
import { TOLD_USES } from './announcements/told.store.ts';
import { CARE_NEEDS_USES } from './care/care-needs-item.store.ts';
import { CHECK_IN_COUNT_USES } from './checkin/attendance/check-in-count.store.ts';
import { DEVICE_USES } from './checkin/device/check-in-device.store.ts';
import { DEVICE_PROPOSAL_USES } from './checkin/device/device-proposal.store.ts';
import { ENROLMENT_USES } from './checkin/device/enrolment.store.ts';
import { HAND_OVER_USES } from './checkin/hand-over/hand-over.store.ts';
import { HELD_SCAN_USES } from './checkin/hand-over/held-scan.store.ts';
import { CHECK_IN_LISTS_USES } from './checkin/list/check-in-lists.store.ts';
import { CHECK_IN_DECISION_USES } from './checkin/review/check-in-decision.store.ts';
import { CHECK_IN_DOUBT_USES } from './checkin/review/check-in-doubt.store.ts';
import { CHECK_IN_FEED_USES } from './checkin/roster/check-in-feed.store.ts';
import { CHECK_IN_USES } from './checkin/scan/check-in.store.ts';
import { SCAN_USES } from './checkin/scan/scan.store.ts';
import { DELEGATION_USES, MEMBER_USES } from './delegation/delegation-item.store.ts';
import { RULES_USES, TEXT_USES, VERSION_USES } from './event/event-item.store.ts';
import { EVENT_ENTRY_USES } from './event/event-list-item.store.ts';
import { ANSWER_USES } from './feedback/answer/answer.store.ts';
import { WORDS_USES } from './feedback/answer/words.store.ts';
import { FORM_SETTINGS_USES } from './feedback/form/form-settings.store.ts';
import { PUBLISHED_USES } from './feedback/result/published.store.ts';
import { FEEDBACK_KEYS_USES } from './feedback/token/feedback-keys.store.ts';
import { FEEDBACK_LABELS_USES } from './feedback/token/feedback-labels.store.ts';
import { ISSUED_TOKEN_USES } from './feedback/token/issued-token.store.ts';
import { SPENT_TOKEN_USES } from './feedback/token/spent-token.store.ts';
import type { Use } from './kernel/purposes.ts';
import { MAIL_ACCOUNT_USES } from './mail/account/mail-account.store.ts';
import { GUARD_USES } from './mail/limits/guard-item.store.ts';
import { MAIL_CAP_USES } from './mail/limits/mail-cap.store.ts';
import { MAIL_TURNS_USES } from './mail/limits/mail-turns.store.ts';
import { SEND_PACE_USES } from './mail/limits/send-pace.store.ts';
import { JOB_USES } from './mail/outbox/job-item.store.ts';
import { OUTBOX_USES } from './mail/outbox/outbox-item.store.ts';
import { GUARDIAN_USES } from './minors/consent/guardian.store.ts';
import { PENDING_ANSWER_USES } from './minors/consent/pending-answer.store.ts';
import {
  REPORT_GROUP_USES,
  REPORT_NOTICE_USES,
  REPORT_ROW_USES,
  REPORT_USES,
  UNOPENED_REPORT_USES,
} from './minors/report/report-item.store.ts';
import { UNCONFIRMED_USES } from './registration/confirm/unconfirmed-item.store.ts';
import { DIGEST_USES } from './registration/digest/digest-item.store.ts';
import { INVITATION_USES } from './registration/invitation/invitation-item.store.ts';
import { LOCK_USES } from './registration/lock-item.store.ts';
import { REGISTRATION_USES } from './registration/registration-item.store.ts';
import { TOMBSTONE_USES } from './registration/tombstone.store.ts';
import { COUNTER_USES } from './seats/counter.store.ts';
import { UNPROVEN_SEAT_USES } from './seats/unproven-seat.store.ts';
import { WAITLIST_USES } from './seats/waitlist-item.store.ts';
import { AUDIT_USES } from './team/audit/audit.store.ts';
import { ROLE_INVITATION_USES } from './team/invitation/role-invitation-item.store.ts';
import { ROLE_USES } from './team/role/role-item.store.ts';
import { REVOCATIONS_USES } from './ticket/revocations.store.ts';
import { REVOKED_TICKET_USES } from './ticket/revoked-ticket.store.ts';

/** Of everything that is stored, by kind of item. */
export const STORED_USES = {
  registration: REGISTRATION_USES,
  lock: LOCK_USES,
  unconfirmed: UNCONFIRMED_USES,
  waitlist: WAITLIST_USES,
  unprovenSeat: UNPROVEN_SEAT_USES,
  delegation: DELEGATION_USES,
  delegationMember: MEMBER_USES,
  invitation: INVITATION_USES,
  checkIn: CHECK_IN_USES,
  checkInDoubt: CHECK_IN_DOUBT_USES,
  checkInDecision: CHECK_IN_DECISION_USES,
  checkInCount: CHECK_IN_COUNT_USES,
  scan: SCAN_USES,
  handOver: HAND_OVER_USES,
  heldScan: HELD_SCAN_USES,
  revokedTicket: REVOKED_TICKET_USES,
  revocations: REVOCATIONS_USES,
  device: DEVICE_USES,
  checkInFeed: CHECK_IN_FEED_USES,
  checkInLists: CHECK_IN_LISTS_USES,
  deviceProposal: DEVICE_PROPOSAL_USES,
  enrolment: ENROLMENT_USES,
  formSettings: FORM_SETTINGS_USES,
  spentToken: SPENT_TOKEN_USES,
  issuedToken: ISSUED_TOKEN_USES,
  feedbackKeys: FEEDBACK_KEYS_USES,
  feedbackLabels: FEEDBACK_LABELS_USES,
  answer: ANSWER_USES,
  words: WORDS_USES,
  published: PUBLISHED_USES,
  careNeeds: CARE_NEEDS_USES,
  guardian: GUARDIAN_USES,
  pendingAnswer: PENDING_ANSWER_USES,
  report: REPORT_USES,
  reportRow: REPORT_ROW_USES,
  reportGroup: REPORT_GROUP_USES,
  unopenedReport: UNOPENED_REPORT_USES,
  reportNotice: REPORT_NOTICE_USES,
  job: JOB_USES,
  message: OUTBOX_USES,
  announcement: ANNOUNCEMENT_USES,
  told: TOLD_USES,
  mailCap: MAIL_CAP_USES,
  mailAccount: MAIL_ACCOUNT_USES,
  sendPace: SEND_PACE_USES,
  role: ROLE_USES,
  roleInvitation: ROLE_INVITATION_USES,
  digest: DIGEST_USES,
  audit: AUDIT_USES,
  tombstone: TOMBSTONE_USES,
  counter: COUNTER_USES,
  guard: GUARD_USES,
  mailTurns: MAIL_TURNS_USES,
  eventEntry: EVENT_ENTRY_USES,
  rules: RULES_USES,
  version: VERSION_USES,
  text: TEXT_USES,
} as const satisfies Readonly<Record<string, Readonly<Record<string, Use>>>>;

export const everyUse = (): readonly Use[] => Object.values(STORED_USES).flatMap((uses): Use[] => Object.values(uses));
