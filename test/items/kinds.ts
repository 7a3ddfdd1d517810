import { isDeepStrictEqual } from 'node:util';
import type * as z from 'zod';
import { storedAnnouncedTo, storedAnnouncement, storedTold } from '../../shared/announcements/announcement.schema.ts';
import { fromAnnouncedToItem, putAnnouncedTo } from '../../shared/announcements/announcement.store.ts';
import { fromFiguresItem, storedFigures, toFiguresItem } from '../../shared/announcements/figures.store.ts';
import { fromToldItem, putTold } from '../../shared/announcements/told.store.ts';
import {
  fromMailResultsItem,
  storedMailResults,
  toMailResultsItem,
} from '../../shared/announcements/write/results.store.ts';
import { fromCareNeedsItem, storedCareNeeds, toCareNeedsItem } from '../../shared/care/care.schema.ts';
import { storedCheckInCount } from '../../shared/checkin/attendance/attendance.store.ts';
import {
  fromAttendanceChunkItem,
  storedAttendanceChunk,
  toAttendanceChunkItem,
} from '../../shared/checkin/attendance/attendance-index.store.ts';
import {
  storedCheckInDecision,
  storedCheckInLists,
  storedHandOver,
  storedHeldScan,
} from '../../shared/checkin/check-in-items.schema.ts';
import {
  fromDeviceItem,
  storedDevice,
  storedDeviceProposal,
  storedEnrolment,
  toDeviceItem,
} from '../../shared/checkin/device/device.schema.ts';
import {
  fromDeviceProposalItem,
  fromEnrolmentItem,
  putDeviceProposal,
} from '../../shared/checkin/device/device.store.ts';
import { storedGreeting } from '../../shared/checkin/greet/greet.schema.ts';
import { fromGreetingItem, putGreeting } from '../../shared/checkin/greet/greet.store.ts';
import { fromHandOverItem, fromHeldScanItem, putHandOver } from '../../shared/checkin/held-scans/held-scans.store.ts';
import { putCheckInLists } from '../../shared/checkin/list/check-in-lists.store.ts';
import {
  addCheckInDecision,
  fromCheckInDecisionItem,
  fromCheckInDoubtItem,
  storedCheckInDoubt,
} from '../../shared/checkin/review/decision.store.ts';
import { fromCheckInFeedItem, storedCheckInFeed } from '../../shared/checkin/roster/check-in-feed.store.ts';
import {
  fromCheckInItem,
  fromScanItem,
  putCheckIn,
  putScan,
  storedCheckIn,
} from '../../shared/checkin/scan/check-in.store.ts';
import { storedScan } from '../../shared/checkin/scan/scans.schema.ts';
import {
  fromDelegationItem,
  fromMemberItem,
  storedDelegation,
  storedMember,
  toDelegationItem,
  toMemberItem,
} from '../../shared/delegation/delegation.schema.ts';
import {
  fromConsentWordsItem,
  storedConsentWords,
  toConsentWordsItem,
} from '../../shared/event/consent-words.store.ts';
import {
  fromEventEntry,
  storedEventEntry,
  storedTombstone,
  toEventEntry,
  toTombstoneItem,
} from '../../shared/event/event.store.ts';
import {
  asRulesItem,
  asTextItem,
  rulesOf,
  storedRules,
  storedText,
  storedVersion,
  toRulesAttributes,
  toTextAttributes,
  wordsOf,
} from '../../shared/event/event-item.store.ts';
import { fromChangedEventItem, storedChangedEvent } from '../../shared/event/job.store.ts';
import {
  fromWordsItem,
  putAnswer,
  putWords,
  storedAnswer,
  storedWords,
} from '../../shared/feedback/answer/answer.store.ts';
import { storedFormSettings, storedPublished } from '../../shared/feedback/feedback-items.schema.ts';
import { putFormSettings } from '../../shared/feedback/form/form-settings.store.ts';
import { storedFeedbackKeys } from '../../shared/feedback/token/feedback-keys.store.ts';
import { storedFeedbackLabels } from '../../shared/feedback/token/feedback-labels.store.ts';
import {
  fromIssuedTokenItem,
  putIssuedToken,
  putSpentToken,
  storedIssuedToken,
  storedSpentToken,
} from '../../shared/feedback/token/tokens.store.ts';
import { fromBackupsItem, storedBackups, toBackupsItem } from '../../shared/kernel/dynamo/backups.store.ts';
import { goneKey } from '../../shared/kernel/dynamo/keys.ts';
import type { TableName } from '../../shared/kernel/dynamo/tables.ts';
import type { TransactItem } from '../../shared/kernel/dynamo/transact.store.ts';
import { storedProof } from '../../shared/kernel/keys/pass.store.ts';
import { fromMailAccountItem, toMailAccountItem } from '../../shared/mail/account/mail-account.store.ts';
import { storedGuard, storedMailTurns, toGuardAttributes } from '../../shared/mail/limits/guard.store.ts';
import {
  fromSendPaceItem,
  storedMailAccount,
  storedMailCap,
  storedSendPace,
  toSendPaceItem,
} from '../../shared/mail/limits/sending.schema.ts';
import { storedMailHold, toMailHoldItem } from '../../shared/mail/outbox/mail-hold.store.ts';
import { storedMessage } from '../../shared/mail/outbox/message.schema.ts';
import { fromMailCapItem, toMailCapItem } from '../../shared/mail/outbox/outbox.store.ts';
import {
  fromJobItem,
  fromOutboxItem,
  storedJob,
  storedSentMails,
  toJobItem,
  toOutboxItem,
} from '../../shared/mail/outbox/outbox-items.store.ts';
import {
  fromGuardianItem,
  fromPendingAnswerItem,
  storedGuardian,
  storedPendingAnswer,
  toGuardianItem,
  toPendingAnswerItem,
} from '../../shared/minors/consent/guardian.schema.ts';
import {
  fromNoticeItem,
  fromReportItem,
  fromRowItem,
  storedReportGroup,
  storedReportNotice,
  storedReportRow,
  storedUnopenedReport,
  toNoticeItem,
  toReportItem,
  toRowItem,
} from '../../shared/minors/report/report-item.store.ts';
import { storedReport } from '../../shared/minors/report/reports.schema.ts';
import {
  type Bulk,
  storedBulk,
  storedBulkChosen,
  storedBulkPerson,
} from '../../shared/registration/bulk/bulk.schema.ts';
import {
  fromBulkChosenItem,
  fromBulkItem,
  fromBulkPersonItem,
  putBulk,
  putBulkPerson,
} from '../../shared/registration/bulk/bulk.store.ts';
import { storedCanary } from '../../shared/registration/canary.store.ts';
import {
  fromAddressChangeItem,
  storedAddressChange,
  toAddressChangeItem,
} from '../../shared/registration/change/address-change.store.ts';
import {
  fromUnconfirmedItem,
  storedUnconfirmed,
  toUnconfirmedItem,
} from '../../shared/registration/confirm/unconfirmed-item.schema.ts';
import { fromDigestItem, storedDigest } from '../../shared/registration/digest/digest-item.schema.ts';
import {
  fromInvitationItem,
  storedInvitation,
  toInvitationItem,
} from '../../shared/registration/invitation/invitation-item.schema.ts';
import { fromLockItem, storedLock, toLockAttributes } from '../../shared/registration/lock.store.ts';
import { storedNotes } from '../../shared/registration/notes/notes.schema.ts';
import { fromNotesItem, putNotes } from '../../shared/registration/notes/notes.store.ts';
import {
  fromPeopleChunkItem,
  storedPeopleChunk,
  toPeopleChunkItem,
} from '../../shared/registration/people/people.store.ts';
import { storedRegistration } from '../../shared/registration/registration.schema.ts';
import { fromRegistrationItem, toRegistrationItem } from '../../shared/registration/registration.store.ts';
import { storedTags } from '../../shared/registration/tags/tags.schema.ts';
import { fromTagsItem, putTags } from '../../shared/registration/tags/tags.store.ts';
import { putGone, storedGonePerson } from '../../shared/registration/tombstone.store.ts';
import { storedViews } from '../../shared/registration/views/views.schema.ts';
import { fromViewsItem, putViews } from '../../shared/registration/views/views.store.ts';
import { fromCounterItem, storedCounter } from '../../shared/seats/counter.store.ts';
import { storedUnprovenSeat } from '../../shared/seats/seat.schema.ts';
import { fromUnprovenItem } from '../../shared/seats/unproven-seat.store.ts';
import { fromWaitlistItem, storedWaitlistEntry, toWaitlistAttributes } from '../../shared/seats/waitlist.store.ts';
import { putAudit, storedAudit } from '../../shared/team/audit/audit.store.ts';
import { fromRoleInvitationItem, putRoleInvitation } from '../../shared/team/invitation/role-invitation.store.ts';
import { storedRoleInvitation } from '../../shared/team/role/organiser-role.schema.ts';
import {
  fromOwnEventItem,
  fromRoleItem,
  storedOwnEvent,
  storedRole,
  toRoleAttributes,
} from '../../shared/team/role/role.store.ts';
import { putRevocations, storedRevocations, storedRevokedTicket } from '../../shared/ticket/revoked-ticket.store.ts';
import { storedTicketHolder } from '../../shared/ticket/ticket-holder.store.ts';

// biome-ignore lint/suspicious/noExplicitAny: what an item is, its schema says.
export type Item = Readonly<Record<string, any>>;

export interface Kind {
  readonly table: TableName;
  /** Another table that holds the same. */
  readonly also?: TableName;
  /** Of its partition key and, behind a space, its sort key. */
  readonly key: RegExp;
  /** What it has, where items of two kinds have keys alike. */
  readonly having?: string;
  readonly schema: () => z.ZodObject;
  /** Reads an item and writes it again, where both exist; else only reads it, and gives it back. */
  readonly again: (item: Item) => Item;
}

const keyOf = ({ pk, sk }: Item) => ({ pk, sk });
const endOf = ({ expiresAt }: Item) => (expiresAt === undefined ? {} : { expiresAt });
const withEnd = (item: Item, written: Item): Item => ({ ...keyOf(item), ...written, ...endOf(item) });
const eventIdOf = ({ pk }: Item): string => String(pk).split('#')[1] ?? '';
const put = ({ Put }: TransactItem): Item => Put?.Item ?? {};
const before = <T extends { readonly revision: number }>(item: T): T => ({ ...item, revision: item.revision - 1 });

/** Reads it by what reads it, and compares nothing: it is written attribute by attribute. */
const read =
  (from: (item: Item) => unknown) =>
  (item: Item): Item => {
    from(item);
    return item;
  };

/** Reads it by its schema, and writes what the schema says. */
const parsed =
  (schema: () => z.ZodObject, write: (value: Item, item: Item) => Item) =>
  (item: Item): Item => {
    const { v: _, ...value } = schema().parse(item);
    return write(value, item);
  };

/** Everything that is stored, by kind of item. */
export const KINDS = {
  rules: {
    table: 'registry',
    key: /^EVENT#\S+ RULES$/,
    schema: storedRules,
    // The order of names in a definition says nothing.
    again: (item) => {
      const { definition, ...rest } = toRulesAttributes(rulesOf(asRulesItem(item)));
      const isSame = isDeepStrictEqual(JSON.parse(definition), JSON.parse(item['definition']));
      return { ...item, ...rest, definition: isSame ? item['definition'] : definition };
    },
  },
  text: {
    table: 'registry',
    key: /^EVENT#\S+ TEXT#\S+$/,
    schema: storedText,
    again: (item) => {
      const text = asTextItem(item);
      return { ...keyOf(item), ...toTextAttributes(text.version, wordsOf(text)) };
    },
  },
  consentWords: {
    table: 'registry',
    key: /^EVENT#\S+ CONSENTS$/,
    schema: storedConsentWords,
    again: (item) => toConsentWordsItem(eventIdOf(item), fromConsentWordsItem(item)),
  },
  version: { table: 'registry', key: /^EVENT#\S+ VERSION$/, schema: storedVersion, again: read(storedVersion().parse) },
  checkInLists: {
    table: 'registry',
    key: /^EVENT#\S+ CHECK-IN-LISTS$/,
    schema: storedCheckInLists,
    again: parsed(storedCheckInLists, ({ lists, handouts, revision }, item) =>
      put(putCheckInLists('', eventIdOf(item), lists, revision - 1, handouts)),
    ),
  },
  formSettings: {
    table: 'registry',
    key: /^EVENT#\S+ FEEDBACK$/,
    schema: storedFormSettings,
    again: parsed(storedFormSettings, ({ forms, revision }, item) =>
      put(putFormSettings('', eventIdOf(item), { settings: forms, revision: revision - 1 })),
    ),
  },
  eventEntry: {
    table: 'registry',
    key: /^EVENTS \S+$/,
    schema: storedEventEntry,
    again: (item) => toEventEntry(fromEventEntry(item)),
  },
  counter: { table: 'registry', key: /^QUOTA#.+ QUOTA$/, schema: storedCounter, again: read(fromCounterItem) },
  registration: {
    table: 'registry',
    key: /^REGISTRATION#\S+#\w \w+$/,
    schema: storedRegistration,
    again: (item) => toRegistrationItem(fromRegistrationItem(item), item['expiresAt']),
  },
  lock: {
    table: 'registry',
    key: /^LOCK#\S+ LOCK$/,
    schema: storedLock,
    again: (item) => withEnd(item, toLockAttributes(fromLockItem(item))),
  },
  unconfirmed: {
    table: 'registry',
    key: /^UNCONFIRMED#\S+ UNCONFIRMED$/,
    schema: storedUnconfirmed,
    again: (item) => toUnconfirmedItem(fromUnconfirmedItem(item)),
  },
  addressChange: {
    table: 'registry',
    key: /^ADDRESS-CHANGE#\S+ ADDRESS-CHANGE$/,
    schema: storedAddressChange,
    again: (item) => toAddressChangeItem(fromAddressChangeItem(item)),
  },
  bulk: {
    table: 'registry',
    key: /^BULKS#\S+ [\w-]{22}$/,
    schema: storedBulk,
    again: (item) => put(putBulk('', fromBulkItem(String(item['pk']).slice('BULKS#'.length), item), [])[0]),
  },
  bulkChosen: {
    table: 'registry',
    key: /^BULK#\S+#[\w-]{22} !CHOSEN$/,
    schema: storedBulkChosen,
    again: (item) => {
      const [, eventId = '', id = ''] = /^BULK#(\S+)#([\w-]{22})$/.exec(String(item['pk'])) ?? [];
      const chosen = fromBulkChosenItem(item).flatMap((each) => each ?? []);
      return { ...put(putBulk('', { eventId, id } as Bulk, chosen)[1]), expiresAt: item['expiresAt'] };
    },
  },
  bulkPerson: {
    table: 'registry',
    key: /^BULK#\S+#[\w-]{22} \w{10}$/,
    schema: storedBulkPerson,
    again: (item) => {
      const [, eventId = '', id = ''] = /^BULK#(\S+)#([\w-]{22})$/.exec(String(item['pk'])) ?? [];
      const again = putBulkPerson('', { eventId, id } as Bulk, fromBulkPersonItem(item));
      return { ...put(again), expiresAt: item['expiresAt'] };
    },
  },
  tags: {
    table: 'registry',
    key: /^TAGS#\S+ TAGS$/,
    schema: storedTags,
    again: (item) => {
      const { revision, ...tags } = fromTagsItem(item);
      return put(putTags('', String(item['pk']).slice('TAGS#'.length), { revision: revision - 1 }, tags));
    },
  },
  views: {
    table: 'registry',
    key: /^VIEWS#\S+ VIEWS$/,
    schema: storedViews,
    again: (item) => {
      const { views, revision } = fromViewsItem(item);
      const eventId = String(item['pk']).slice('VIEWS#'.length);
      return put(putViews('', eventId, { revision: revision - 1 }, views, Number(item['expiresAt'])));
    },
  },
  notes: {
    table: 'registry',
    key: /^NOTES#\S+#[0-9A-Z] [0-9A-Z]{10}$/,
    schema: storedNotes,
    again: (item) => {
      const [, eventId = ''] = String(item['pk']).split('#');
      const { notes, revision } = fromNotesItem(item);
      const of = { eventId, reference: String(item['sk']) };
      return put(putNotes('', of, { revision: revision - 1 }, notes, Number(item['expiresAt'])));
    },
  },
  greeting: {
    table: 'registry',
    key: /^GREETING \S+$/,
    schema: storedGreeting,
    again: (item) => {
      const { eventId, revision, people, expiresAt } = fromGreetingItem(item);
      return put(putGreeting('', eventId, { revision: revision - 1 }, people, expiresAt));
    },
  },
  changedEvent: {
    table: 'registry',
    key: /^CHANGED-EVENT#(?:people|attendance|phones) \S+$/,
    schema: storedChangedEvent,
    again: (item) => ({ ...keyOf(item), v: 1, revision: fromChangedEventItem(item).revision }),
  },
  peopleChunk: {
    table: 'registry',
    key: /^PEOPLE#\S+#(?:[0-9A-Z]|recent) PEOPLE$/,
    schema: storedPeopleChunk,
    // What another compressor packs differently is read the same.
    again: (item) => {
      const [, eventId = '', place = ''] = /^PEOPLE#(\S+)#(\w+)$/.exec(String(item['pk'])) ?? [];
      const chunk = fromPeopleChunkItem(item);
      if (chunk === undefined) throw new Error('a chunk that cannot be read');
      const again = toPeopleChunkItem(eventId, place, chunk, Number(item['expiresAt']));
      const isSame = isDeepStrictEqual(fromPeopleChunkItem(again), chunk);
      const { people, minors = [], hash } = item;
      return isSame ? { ...again, people, hash, ...(chunk.minors.length > 0 && { minors }) } : again;
    },
  },
  gonePerson: {
    table: 'registry',
    key: /^PEOPLE-GONE#\S+ \S+#[\w-]+$/,
    schema: storedGonePerson,
    again: (item) => {
      const { name } = storedGonePerson().parse(item);
      const [at = ''] = String(item['sk']).split('#');
      const eventId = String(item['pk']).slice('PEOPLE-GONE#'.length);
      // Nobody knows whose it was.
      const again = putGone('', { eventId, reference: '7K3M9QX2BC' }, new Date(at)).Put?.Item ?? {};
      return { ...again, ...goneKey(eventId, at, name), name };
    },
  },
  waitlist: {
    table: 'registry',
    key: /^WAITLIST#\S+ !?\S+#\w+$/,
    schema: storedWaitlistEntry,
    again: (item) => withEnd(item, toWaitlistAttributes(fromWaitlistItem(item))),
  },
  unprovenSeat: {
    table: 'registry',
    key: /^UNPROVEN#.+ \S+#\w+$/,
    schema: storedUnprovenSeat,
    again: (item) => withEnd(item, { v: 1, ...fromUnprovenItem(item) }),
  },
  delegation: {
    table: 'registry',
    key: /^DELEGATION#\S+ DELEGATION$/,
    schema: storedDelegation,
    again: (item) => toDelegationItem(fromDelegationItem(item), item['expiresAt']),
  },
  delegationMember: {
    table: 'registry',
    key: /^DELEGATION#\S+ MEMBER#\S+$/,
    schema: storedMember,
    again: (item) => toMemberItem(fromMemberItem(item), item['expiresAt']),
  },
  invitation: {
    table: 'registry',
    key: /^INVITATION#\S+ \S+$/,
    schema: storedInvitation,
    again: (item) => toInvitationItem(fromInvitationItem(item), item['expiresAt']),
  },
  checkIn: {
    table: 'registry',
    key: /^CHECK-IN#\S+ \S+$/,
    schema: storedCheckIn,
    again: (item) =>
      put(putCheckIn('', before(fromCheckInItem(item)), Date.parse(item['changedAt']), item['expiresAt'])),
  },
  checkInDoubt: {
    table: 'registry',
    key: /^CHECK-IN-DOUBT#\S+ \S+#\S+$/,
    schema: storedCheckInDoubt,
    again: read(fromCheckInDoubtItem),
  },
  checkInDecision: {
    table: 'registry',
    key: /^CHECK-IN-DECISION#\S+ \S+#\S+#\d{6}$/,
    schema: storedCheckInDecision,
    again: (item) => {
      const number = Number(String(item['sk']).split('#')[2]);
      return put(addCheckInDecision('', eventIdOf(item), fromCheckInDecisionItem(item), number, item['expiresAt']));
    },
  },
  checkInCount: {
    table: 'registry',
    key: /^CHECK-IN-COUNT#\S+ .+$/,
    schema: storedCheckInCount,
    again: read(storedCheckInCount().parse),
  },
  checkInFeed: {
    table: 'registry',
    key: /^CHECK-IN-FEED#\S+ \S+$/,
    schema: storedCheckInFeed,
    again: read(fromCheckInFeedItem),
  },
  attendanceChunk: {
    table: 'registry',
    key: /^ATTENDANCE#\S+#(?:\d+|recent) ATTENDANCE$/,
    schema: storedAttendanceChunk,
    // As of people.
    again: (item) => {
      const [, eventId = '', place = ''] = /^ATTENDANCE#(\S+)#(\w+)$/.exec(String(item['pk'])) ?? [];
      const chunk = fromAttendanceChunkItem(item);
      if (chunk === undefined) throw new Error('a chunk that cannot be read');
      const again = toAttendanceChunkItem(eventId, place, chunk, Number(item['expiresAt']));
      const isSame = isDeepStrictEqual(fromAttendanceChunkItem(again), chunk);
      return isSame ? { ...again, marks: item['marks'], hash: item['hash'] } : again;
    },
  },
  scan: {
    table: 'registry',
    key: /^SCAN#\S+ SCAN$/,
    schema: storedScan,
    again: (item) => {
      const { receivedAt, ...scan } = fromScanItem(item);
      return put(putScan('', eventIdOf(item), scan, receivedAt, item['expiresAt']));
    },
  },
  handOver: {
    table: 'registry',
    key: /^HAND-OVER#\S+ \S+$/,
    schema: storedHandOver,
    again: (item) => put(putHandOver('', before(fromHandOverItem(item)), item['expiresAt'])),
  },
  heldScan: {
    table: 'registry',
    key: /^HELD-SCAN#\S+ \S+$/,
    schema: storedHeldScan,
    again: read(fromHeldScanItem),
  },
  ticketHolder: {
    table: 'registry',
    key: /^TICKET#\S+ HOLDER$/,
    schema: storedTicketHolder,
    again: read(storedTicketHolder().parse),
  },
  revokedTicket: {
    table: 'registry',
    key: /^REVOKED#\S+ \S+$/,
    schema: storedRevokedTicket,
    again: read(storedRevokedTicket().parse),
  },
  revocations: {
    table: 'registry',
    key: /^REVOCATIONS#\S+ REVOCATIONS$/,
    schema: storedRevocations,
    again: parsed(storedRevocations, (value, item) =>
      put(
        putRevocations(
          '',
          eventIdOf(item),
          undefined,
          value as Parameters<typeof putRevocations>[3],
          item['expiresAt'],
        ),
      ),
    ),
  },
  device: {
    table: 'registry',
    key: /^DEVICE#\S+ \S+$/,
    schema: storedDevice,
    again: (item) => toDeviceItem(fromDeviceItem(item), item['expiresAt']),
  },
  deviceProposal: {
    table: 'registry',
    key: /^DEVICE-PROPOSAL#\S+ \S+$/,
    schema: storedDeviceProposal,
    again: (item) => put(putDeviceProposal('', undefined, fromDeviceProposalItem(item))),
  },
  enrolment: {
    table: 'registry',
    key: /^ENROLMENT#\S+ ENROLMENT$/,
    schema: storedEnrolment,
    again: read(fromEnrolmentItem),
  },
  issuedToken: {
    table: 'registry',
    key: /^FEEDBACK-ISSUED#\S+ \S+$/,
    schema: storedIssuedToken,
    again: (item) => put(putIssuedToken('', keyOf(item) as never, fromIssuedTokenItem(item), item['expiresAt'])),
  },
  feedbackKeys: {
    table: 'registry',
    key: /^FEEDBACK-KEYS#\S+ KEYS$/,
    schema: storedFeedbackKeys,
    again: read(storedFeedbackKeys().parse),
  },
  feedbackLabels: {
    table: 'registry',
    key: /^FEEDBACK-KEYS#\S+ LABELS$/,
    schema: storedFeedbackLabels,
    again: read(storedFeedbackLabels().parse),
  },
  announcement: {
    table: 'registry',
    key: /^ANNOUNCEMENT#\S+ \S+$/,
    schema: storedAnnouncement,
    again: read(storedAnnouncement().parse),
  },
  announcedTo: {
    table: 'registry',
    key: /^ANNOUNCED-TO#\S+ \S+$/,
    schema: storedAnnouncedTo,
    again: (item) => {
      const of = { eventId: String(item['pk']).slice('ANNOUNCED-TO#'.length), id: String(item['sk']) };
      return put(putAnnouncedTo('', of, fromAnnouncedToItem(item), Number(item['expiresAt'])));
    },
  },
  mailResults: {
    table: 'registry',
    key: /^MAIL-RESULTS#\S+ \S+#\d+#\d+$/,
    schema: storedMailResults,
    // As of people.
    again: (item) => {
      const outcomes = fromMailResultsItem(item) ?? [];
      const again = toMailResultsItem(keyOf(item), String(item['countedAt']), outcomes, Number(item['expiresAt']));
      return isDeepStrictEqual(fromMailResultsItem(again), outcomes) ? { ...again, results: item['results'] } : again;
    },
  },
  told: {
    table: 'registry',
    key: /^TOLD#\S+ TOLD$/,
    schema: storedTold,
    again: (item) => put(putTold('', eventIdOf(item), before(fromToldItem(item)), item['expiresAt'])),
  },
  role: {
    table: 'registry',
    key: /^ROLE#\S+ \S+$/,
    schema: storedRole,
    again: (item) => ({ ...keyOf(item), ...toRoleAttributes(fromRoleItem(item)) }),
  },
  ownEvent: {
    table: 'registry',
    key: /^OWN-EVENT#\S+ \S+$/,
    schema: storedOwnEvent,
    again: (item) => ({ ...keyOf(item), v: 1, sets: fromOwnEventItem(item).sets }),
  },
  roleInvitation: {
    table: 'registry',
    key: /^ROLE-INVITATION#\S+ \S+$/,
    schema: storedRoleInvitation,
    again: (item) => put(putRoleInvitation('', fromRoleInvitationItem(item))),
  },
  digest: {
    table: 'registry',
    key: /^DIGEST#\S+ \S+#\S*$/,
    schema: storedDigest,
    again: (item) => withEnd(item, { v: 1, ...fromDigestItem(item) }),
  },
  tombstone: {
    table: 'registry',
    also: 'audit',
    key: /^TOMBSTONE#\S+ \S+$/,
    schema: storedTombstone,
    again: parsed(storedTombstone, (value, item) =>
      toTombstoneItem(value as Parameters<typeof toTombstoneItem>[0], item['expiresAt']),
    ),
  },
  pendingAnswer: {
    table: 'registry',
    key: /^PENDING-ANSWER \S+$/,
    schema: storedPendingAnswer,
    again: (item) => toPendingAnswerItem(fromPendingAnswerItem(item), item['expiresAt']),
  },
  guard: {
    table: 'registry',
    key: /^GUARD#\S+ GUARD$/,
    schema: storedGuard,
    again: parsed(storedGuard, ({ until }, item) => ({ ...keyOf(item), ...toGuardAttributes(new Date(until)) })),
  },
  mailTurns: {
    table: 'registry',
    key: /^(MAIL|TEST)-TURNS#\S+ \S+$/,
    schema: storedMailTurns,
    again: read(storedMailTurns().parse),
  },
  canary: { table: 'registry', key: /^CANARY SECRET$/, schema: storedCanary, again: read(storedCanary().parse) },
  proof: { table: 'registry', key: /^PROOF#\S+ PROOF$/, schema: storedProof, again: read(storedProof().parse) },
  careNeeds: {
    table: 'care',
    key: /^NEEDS#\S+ \w+$/,
    schema: storedCareNeeds,
    again: (item) => toCareNeedsItem(fromCareNeedsItem(item), item['expiresAt']),
  },
  guardian: {
    table: 'care',
    key: /^GUARDIAN#\S+ \w+$/,
    schema: storedGuardian,
    again: (item) => toGuardianItem(fromGuardianItem(item), item['expiresAt']),
  },
  report: {
    table: 'care',
    key: /^REPORTS#\S+ \S+$/,
    schema: storedReport,
    again: (item) => toReportItem(fromReportItem(item), item['expiresAt']),
  },
  reportRow: {
    table: 'care',
    key: /^REPORT-LIST#\S+ \S+$/,
    schema: storedReportRow,
    again: (item) => toRowItem(eventIdOf(item), fromRowItem(item), item['expiresAt']),
  },
  reportGroup: {
    table: 'care',
    key: /^REPORT-GROUPS#\S+ (SAYS|GROUP|ALIKE)#\S+$/,
    schema: storedReportGroup,
    again: read(storedReportGroup().parse),
  },
  unopenedReport: {
    table: 'care',
    key: /^REPORT-UNOPENED#\S+ \S+$/,
    schema: storedUnopenedReport,
    again: read(storedUnopenedReport().parse),
  },
  reportNotice: {
    table: 'care',
    key: /^REPORT-NOTICES#\S+ \S+$/,
    schema: storedReportNotice,
    again: (item) => toNoticeItem(eventIdOf(item), fromNoticeItem(item), item['expiresAt']),
  },
  message: {
    table: 'outbox',
    key: /^(?!CAP#|PACE|MAIL-ACCOUNT|SENT#)\S+$/,
    having: 'kind',
    schema: storedMessage,
    again: ({ about, due, v, ...item }) => {
      const message = fromOutboxItem({ v, ...item });
      // As it was first; what is claimed or settled is changed attribute by attribute: `inbox.ts`.
      const written = message.state === 'pending' ? toOutboxItem(message) : { v, ...message, due };
      // Where the index finds it: `outbox-items.store.ts`.
      return { ...written, about, ...endOf(item) };
    },
  },
  job: {
    table: 'outbox',
    key: /^(?!CAP#|PACE|MAIL-ACCOUNT|SENT#)\S+$/,
    having: 'job',
    schema: storedJob,
    again: (item) => ({ ...toJobItem(fromJobItem(item)), ...endOf(item) }),
  },
  mailCap: {
    table: 'outbox',
    key: /^CAP#\S+$/,
    schema: storedMailCap,
    again: (item) => toMailCapItem(String(item['id']).slice('CAP#'.length), fromMailCapItem(item)),
  },
  mailAccount: {
    table: 'outbox',
    key: /^MAIL-ACCOUNT$/,
    schema: storedMailAccount,
    again: (item) => toMailAccountItem(existing(fromMailAccountItem(item))),
  },
  mailHold: {
    table: 'registry',
    key: /^MAIL-HOLD MAIL-HOLD$/,
    schema: storedMailHold,
    again: parsed(storedMailHold, (hold) => toMailHoldItem(hold as Parameters<typeof toMailHoldItem>[0])),
  },
  sentMails: { table: 'outbox', key: /^SENT#\S+$/, schema: storedSentMails, again: read(storedSentMails().parse) },
  figures: {
    table: 'registry',
    key: /^EVENT#\S+ FIGURES$/,
    schema: storedFigures,
    again: (item) => toFiguresItem(eventIdOf(item), fromFiguresItem(item)),
  },
  backups: {
    table: 'registry',
    key: /^BACKUPS BACKUPS$/,
    schema: storedBackups,
    again: (item) => toBackupsItem(fromBackupsItem(item)),
  },
  sendPace: {
    table: 'outbox',
    key: /^PACE$/,
    schema: storedSendPace,
    again: (item) => {
      const { pace, revision } = fromSendPaceItem(item);
      return toSendPaceItem(existing(pace), revision);
    },
  },
  audit: {
    table: 'audit',
    key: /^AUDIT#\S+ \S+#\S+$/,
    schema: storedAudit,
    // What was noted before there were indexes is in none of them.
    again: parsed(storedAudit, (value, item) =>
      Object.fromEntries(
        Object.entries(put(putAudit('', value as Parameters<typeof putAudit>[1], item['expiresAt']))).filter(
          ([name]) => !name.endsWith('Shard') || name in item,
        ),
      ),
    ),
  },
  answer: {
    table: 'feedback',
    key: /^ANSWER#\S+ \S+$/,
    schema: storedAnswer,
    again: parsed(storedAnswer, ({ sealed }, item) =>
      put(putAnswer('', keyOf(item) as never, sealed, item['expiresAt'])),
    ),
  },
  spentToken: {
    table: 'feedback',
    key: /^SPENT#\S+ \S+$/,
    schema: storedSpentToken,
    again: (item) => put(putSpentToken('', keyOf(item) as never, item['expiresAt'])),
  },
  words: {
    table: 'feedback',
    key: /^WORDS#\S+ \S+$/,
    schema: storedWords,
    again: (item) => put(putWords('', keyOf(item) as never, fromWordsItem(item), item['expiresAt'])),
  },
  published: {
    table: 'feedback',
    key: /^PUBLISHED#\S+ \S+$/,
    schema: storedPublished,
    again: read(storedPublished().parse),
  },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;

export const kindNames = Object.keys(KINDS) as KindName[];

/** Every kind that an item may be of by its table and key: one, where all is well. */
export const kindsOf = (table: string, item: Item): readonly KindName[] =>
  kindNames.filter((name) => {
    const kind: Kind = KINDS[name];
    const key = item['id'] === undefined || table !== 'outbox' ? `${item['pk']} ${item['sk']}` : item['id'];
    const isThere = kind.table === table || kind.also === table;
    return isThere && kind.key.test(key) && (kind.having === undefined || item[kind.having] !== undefined);
  });

function existing<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('it cannot be read');
  return value;
}
