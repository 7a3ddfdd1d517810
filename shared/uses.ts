import { storedAnnouncedTo, storedAnnouncement, storedTold } from './announcements/announcement.schema.ts';
import { storedFigures } from './announcements/figures.store.ts';
import { storedMailResults } from './announcements/write/results.store.ts';
import { storedCareNeeds } from './care/care.schema.ts';
import { storedCheckInCount } from './checkin/attendance/attendance.store.ts';
import { storedAttendanceChunk } from './checkin/attendance/attendance-index.store.ts';
import {
  storedCheckInDecision,
  storedCheckInLists,
  storedHandOver,
  storedHeldScan,
} from './checkin/check-in-items.schema.ts';
import { storedDevice, storedDeviceProposal, storedEnrolment } from './checkin/device/device.schema.ts';
import { storedGreeting } from './checkin/greet/greet.schema.ts';
import { storedCheckInDoubt } from './checkin/review/decision.store.ts';
import { storedCheckInFeed } from './checkin/roster/check-in-feed.store.ts';
import { storedCheckIn } from './checkin/scan/check-in.store.ts';
import { storedScan } from './checkin/scan/scans.schema.ts';
import { storedDelegation, storedMember } from './delegation/delegation.schema.ts';
import { storedConsentWords } from './event/consent-words.store.ts';
import { storedEventEntry, storedTombstone } from './event/event.store.ts';
import { storedEnd, storedRules, storedText, storedVersion } from './event/event-item.store.ts';
import { storedChangedEvent } from './event/job.store.ts';
import { storedAnswer, storedWords } from './feedback/answer/answer.store.ts';
import { storedFormSettings, storedPublished } from './feedback/feedback-items.schema.ts';
import { storedFeedbackKeys } from './feedback/token/feedback-keys.store.ts';
import { storedFeedbackLabels } from './feedback/token/feedback-labels.store.ts';
import { storedIssuedToken, storedSpentToken } from './feedback/token/tokens.store.ts';
import { storedBackups } from './kernel/dynamo/backups.store.ts';
import { storedProof } from './kernel/keys/pass.store.ts';
import { type PurposeKept, purposesKept } from './kernel/purposes.ts';
import type { Declared } from './kernel/stored.schema.ts';
import { storedGuard, storedMailTurns } from './mail/limits/guard.store.ts';
import { storedMailAccount, storedMailCap, storedSendPace } from './mail/limits/sending.schema.ts';
import { storedMailHold } from './mail/outbox/mail-hold.store.ts';
import { storedMessage } from './mail/outbox/message.schema.ts';
import { storedJob, storedSentMails } from './mail/outbox/outbox-items.store.ts';
import { storedGuardian, storedPendingAnswer } from './minors/consent/guardian.schema.ts';
import {
  storedReportGroup,
  storedReportNotice,
  storedReportRow,
  storedUnopenedReport,
} from './minors/report/report-item.store.ts';
import { storedReport } from './minors/report/reports.schema.ts';
import { storedBulk, storedBulkChosen, storedBulkPerson } from './registration/bulk/bulk.schema.ts';
import { storedCanary } from './registration/canary.store.ts';
import { storedAddressChange } from './registration/change/address-change.store.ts';
import { storedUnconfirmed } from './registration/confirm/unconfirmed-item.schema.ts';
import { storedDigest } from './registration/digest/digest-item.schema.ts';
import { storedInvitation } from './registration/invitation/invitation-item.schema.ts';
import { storedLock } from './registration/lock.store.ts';
import { storedNotes } from './registration/notes/notes.schema.ts';
import { storedPeopleChunk } from './registration/people/people.store.ts';
import { storedRegistration } from './registration/registration.schema.ts';
import { storedTags } from './registration/tags/tags.schema.ts';
import { storedGonePerson } from './registration/tombstone.store.ts';
import { storedViews } from './registration/views/views.schema.ts';
import { storedCounter } from './seats/counter.store.ts';
import { storedUnprovenSeat } from './seats/seat.schema.ts';
import { storedWaitlistEntry } from './seats/waitlist.store.ts';
import { storedAudit } from './team/audit/audit.store.ts';
import { storedRoleInvitation } from './team/role/organiser-role.schema.ts';
import { storedOwnEvent, storedRole } from './team/role/role.store.ts';
import { storedRevocations, storedRevokedTicket } from './ticket/revoked-ticket.store.ts';
import { storedTicketHolder } from './ticket/ticket-holder.store.ts';

/** Schemas of everything that is stored, by kind of item. */
export const STORED = {
  registration: storedRegistration,
  lock: storedLock,
  unconfirmed: storedUnconfirmed,
  addressChange: storedAddressChange,
  bulk: storedBulk,
  bulkChosen: storedBulkChosen,
  bulkPerson: storedBulkPerson,
  tags: storedTags,
  views: storedViews,
  notes: storedNotes,
  peopleChunk: storedPeopleChunk,
  gonePerson: storedGonePerson,
  waitlist: storedWaitlistEntry,
  unprovenSeat: storedUnprovenSeat,
  delegation: storedDelegation,
  delegationMember: storedMember,
  invitation: storedInvitation,
  checkIn: storedCheckIn,
  checkInDoubt: storedCheckInDoubt,
  checkInDecision: storedCheckInDecision,
  checkInCount: storedCheckInCount,
  greeting: storedGreeting,
  attendanceChunk: storedAttendanceChunk,
  scan: storedScan,
  handOver: storedHandOver,
  heldScan: storedHeldScan,
  ticketHolder: storedTicketHolder,
  revokedTicket: storedRevokedTicket,
  revocations: storedRevocations,
  device: storedDevice,
  checkInFeed: storedCheckInFeed,
  checkInLists: storedCheckInLists,
  deviceProposal: storedDeviceProposal,
  enrolment: storedEnrolment,
  formSettings: storedFormSettings,
  spentToken: storedSpentToken,
  issuedToken: storedIssuedToken,
  feedbackKeys: storedFeedbackKeys,
  feedbackLabels: storedFeedbackLabels,
  answer: storedAnswer,
  words: storedWords,
  published: storedPublished,
  careNeeds: storedCareNeeds,
  guardian: storedGuardian,
  pendingAnswer: storedPendingAnswer,
  report: storedReport,
  reportRow: storedReportRow,
  reportGroup: storedReportGroup,
  unopenedReport: storedUnopenedReport,
  reportNotice: storedReportNotice,
  job: storedJob,
  message: storedMessage,
  announcement: storedAnnouncement,
  announcedTo: storedAnnouncedTo,
  mailResults: storedMailResults,
  told: storedTold,
  changedEvent: storedChangedEvent,
  mailCap: storedMailCap,
  mailAccount: storedMailAccount,
  mailHold: storedMailHold,
  sentMails: storedSentMails,
  figures: storedFigures,
  backups: storedBackups,
  sendPace: storedSendPace,
  role: storedRole,
  ownEvent: storedOwnEvent,
  roleInvitation: storedRoleInvitation,
  digest: storedDigest,
  audit: storedAudit,
  tombstone: storedTombstone,
  counter: storedCounter,
  guard: storedGuard,
  mailTurns: storedMailTurns,
  eventEntry: storedEventEntry,
  proof: storedProof,
  canary: storedCanary,
  end: storedEnd,
  rules: storedRules,
  version: storedVersion,
  consentWords: storedConsentWords,
  text: storedText,
} satisfies Readonly<Record<string, Declared>>;

/** What people are told of all of it. A bundle holds the answer alone (`infra/left-out.ts`). */
export const everyPurposeKept = (): readonly PurposeKept[] =>
  purposesKept(Object.values<Declared>(STORED).flatMap(({ fields }) => Object.values(fields()).map(({ use }) => use)));
