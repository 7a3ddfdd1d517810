import {
  ANSWERS_PREFIX,
  EVENT_LIST,
  EVENT_PREFIX,
  FEEDBACK_KEYS_PREFIX,
  GUARD_PREFIX,
  ISSUED_TOKENS_PREFIX,
  PUBLISHED_PREFIX,
  ROLE_PREFIXES,
  SPENT_TOKENS_PREFIX,
  TOMBSTONE_PREFIX,
  WORDS_PREFIX,
} from './tables.ts';

/** The key of an item in `Registry`. Access patterns, which READMEs of capabilities list, start here, and at the keys of what only seats hold. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** The condition of an item that is new. */
export const NOT_THERE = 'attribute_not_exists(pk)';

/** The rules of an event: everything but its words. */
export const eventKey = (eventId: string): ItemKey => ({ pk: `${EVENT_PREFIX}${eventId}`, sk: 'RULES' });

/** Which version of an event was published last: for an instance that has read that one already. */
export const versionKey = (eventId: string): ItemKey => ({ pk: `${EVENT_PREFIX}${eventId}`, sk: 'VERSION' });

/** Says that there is an event: what looks after all of them finds it here. */
export const eventListKey = (eventId: string): ItemKey => ({ pk: EVENT_LIST, sk: eventId });

/** That an event changed of late, for who looks after it each minute. @param what changed */
export const changedEventKey = (what: string, eventId: string): ItemKey => ({
  pk: `CHANGED-EVENT#${what}`,
  sk: eventId,
});

/** The words of an event in one language. */
export const textKey = (eventId: string, language: string): ItemKey => ({
  pk: `${EVENT_PREFIX}${eventId}`,
  sk: `TEXT#${language}`,
});

/**
 * The waiting list of an event is one partition: a query returns it in order, who waits longest first, but for those who lost a seat
 * that they had: they come before everyone else.
 */
export const waitlistKey = (eventId: string, place: InLine): ItemKey => ({
  pk: `WAITLIST#${eventId}`,
  sk: `${orderInLine(place)}#${place.reference}`,
});

/** What of an attendee who waits says where in the line they stand. Instants are ISO 8601. */
interface InLine {
  readonly reference: string;
  readonly waitingSince: string;
  readonly lostSeat?: true | undefined;
  readonly movedUpAt?: string | undefined;
}

/** The last instant there is, in milliseconds: one taken from it comes the sooner in order the later it is. */
const LAST_INSTANT = 8.64e15;

/** First who was moved up, the last of them in front; then who lost a seat unproven; then everyone, the longest first. */
function orderInLine({ waitingSince, lostSeat, movedUpAt }: InLine): string {
  if (movedUpAt !== undefined) return `!!${String(LAST_INSTANT - Date.parse(movedUpAt)).padStart(16, '0')}`;
  return `${lostSeat ? '!' : ''}${waitingSince}`;
}

/**
 * Every answer that is awaited, of all events, in the order in which time runs out: a timer that knows no event finds
 * what is over. A few hundred at most, so one partition is plenty.
 */
export const pendingAnswerKey = (of: {
  readonly answerBy: string;
  readonly eventId: string;
  readonly reference: string;
}): ItemKey => ({ pk: 'PENDING-ANSWER', sk: `${of.answerBy}#${of.eventId}#${of.reference}` });

/** @param codeHash an HMAC: nobody who reads the table can use an invitation */
export const invitationKey = (eventId: string, codeHash: string): ItemKey => ({
  pk: `INVITATION#${eventId}`,
  sk: codeHash,
});

/** Says that an event is under attack. */
export const guardKey = (eventId: string): ItemKey => ({ pk: `${GUARD_PREFIX}${eventId}`, sk: 'GUARD' });

/** A solved challenge that was spent, until it would have expired. */
export const proofKey = (eventId: string, nonce: string): ItemKey => ({ pk: `PROOF#${eventId}#${nonce}`, sk: 'PROOF' });

/** @param minute UTC, `2027-03-01T08:15` */
export const mailTurnsKey = (eventId: string, minute: string): ItemKey => ({
  pk: `MAIL-TURNS#${eventId}#${minute}`,
  sk: 'TURNS',
});

/** Of the tests that a member has mailed to themselves in one hour. @param hour `2027-11-02T09` */
export const testTurnsKey = (eventId: string, memberId: string, hour: string): ItemKey => ({
  pk: `TEST-TURNS#${eventId}#${memberId}`,
  sk: hour,
});

/** @param id an HMAC of the address, of a key of its own: it names no lock */
export const unconfirmedKey = (eventId: string, id: string): ItemKey => ({
  pk: `UNCONFIRMED#${eventId}#${id}`,
  sk: 'UNCONFIRMED',
});

/** A change of an attendee's address that is on its way, or can be undone. */
export const addressChangeKey = (eventId: string, reference: string): ItemKey => ({
  pk: `ADDRESS-CHANGE#${eventId}#${reference}`,
  sk: 'ADDRESS-CHANGE',
});

/** A delegation and its people are one partition: 26 items at most, read together. */
export const delegationKey = (eventId: string, delegationId: string): ItemKey => ({
  pk: `DELEGATION#${eventId}#${delegationId}`,
  sk: 'DELEGATION',
});

export const delegationMemberKey = (eventId: string, delegationId: string, member: string): ItemKey => ({
  ...delegationKey(eventId, delegationId),
  sk: `${MEMBER_PREFIX}${member}`,
});

/** Begins the sort keys of a delegation's people. */
export const MEMBER_PREFIX = 'MEMBER#';

/** @param hash an HMAC of the reference: it tells nobody whose registration was erased */
export const tombstoneKey = (eventId: string, hash: string): ItemKey => ({
  pk: `${TOMBSTONE_PREFIX}${eventId}`,
  sk: hash,
});

/** What partitions begin with, or are. */
export interface KeptPartitions {
  readonly beginWith: readonly string[];
  readonly are: readonly string[];
}

/** Where everything is that is forgotten when an event's retention ends, in `Registry`. */
export const keptPartitions = (eventId: string): KeptPartitions => ({
  beginWith: [
    `REGISTRATION#${eventId}#`,
    `NOTES#${eventId}#`,
    `LOCK#${eventId}#`,
    `TICKET#${eventId}#`,
    `DELEGATION#${eventId}#`,
    `PEOPLE#${eventId}#`,
    `CHECK-IN#${eventId}#`,
    `CHECK-IN-COUNT#${eventId}#`,
    `SCAN#${eventId}#`,
    `HELD-SCAN#${eventId}#`,
    `CHECK-IN-FEED#${eventId}#`,
    `ATTENDANCE#${eventId}#`,
    `UNPROVEN#${eventId}#`,
    `${ISSUED_TOKENS_PREFIX}${eventId}#`,
    `${FEEDBACK_KEYS_PREFIX}${eventId}#`,
  ],
  are: [
    `WAITLIST#${eventId}`,
    `INVITATION#${eventId}`,
    `TOMBSTONE#${eventId}`,
    `ANNOUNCEMENT#${eventId}`,
    announcedToKey(eventId, '').pk,
    `CHECK-IN-DOUBT#${eventId}`,
    `CHECK-IN-DECISION#${eventId}`,
    `CHECK-IN-FEED#${eventId}`,
    `DEVICE#${eventId}`,
    `HAND-OVER#${eventId}`,
    `REVOKED#${eventId}`,
    `REVOCATIONS#${eventId}`,
    toldKey(eventId).pk,
    viewsKey(eventId).pk,
  ],
});

/** The same in `Feedback`. */
export const keptFeedback = (eventId: string): KeptPartitions => ({
  beginWith: [ANSWERS_PREFIX, SPENT_TOKENS_PREFIX, WORDS_PREFIX].map((prefix) => `${prefix}${eventId}#`),
  are: [`${PUBLISHED_PREFIX}${eventId}`],
});

/**
 * References are random, so their first characters spread an event's registrations over 32 partitions: few enough to
 * query them all for a list that misses nobody, without an index that lags and costs a write; many enough that no
 * partition's limit (1,000 write units a second) matters.
 */
export const registrationKey = (eventId: string, reference: string): ItemKey => ({
  pk: registrationPartition(eventId, reference.slice(0, 1)),
  sk: reference,
});

/** @param first the first character of the references in it */
export const registrationPartition = (eventId: string, first: string): string => `REGISTRATION#${eventId}#${first}`;

/** What organisers noted on one person, beside their registration. */
export const notesKey = (eventId: string, reference: string): ItemKey => ({
  pk: `NOTES#${eventId}#${reference.slice(0, 1)}`,
  sk: reference,
});

/** @param place a first character of references, or `recent` */
export const peopleChunkKey = (eventId: string, place: string): ItemKey => ({
  pk: `PEOPLE#${eventId}#${place}`,
  sk: 'PEOPLE',
});

/** Who left the index of an event's people for good, in the order in which they did. @param at ISO 8601 @param name a hash */
export const goneKey = (eventId: string, at: string, name: string): ItemKey => ({
  pk: gonePartition(eventId),
  sk: `${at}#${name}`,
});

export const gonePartition = (eventId: string): string => `PEOPLE-GONE#${eventId}`;

/** The tags that an event has. */
export const tagsKey = (eventId: string): ItemKey => ({ pk: `TAGS#${eventId}`, sk: 'TAGS' });

/** The views of its list that the team saved. */
export const viewsKey = (eventId: string): ItemKey => ({ pk: `VIEWS#${eventId}`, sk: 'VIEWS' });

/** Changes of many registrations at once: those of an event are one partition, for there are few and they are listed. */
export const bulkKey = (eventId: string, id: string): ItemKey => ({ pk: `BULKS#${eventId}`, sk: id });

/** What became of each person of a bulk change; with it, before all of them, who was chosen for it. */
export const bulkPersonKey = (eventId: string, id: string, reference: string): ItemKey => ({
  pk: `BULK#${eventId}#${id}`,
  sk: reference,
});
export const bulkChosenKey = (eventId: string, id: string): ItemKey => bulkPersonKey(eventId, id, '!CHOSEN');

/** Holds an address for one registration of an event. `addressHash` is an HMAC: no address is readable in a key. */
export const lockKey = (eventId: string, addressHash: string): ItemKey => ({
  pk: `LOCK#${eventId}#${addressHash}`,
  sk: 'LOCK',
});

/** The roles of one person in an event; all of an event's are one partition, for it is small and listed. */
export const roleKey = (eventId: string, memberId: string): ItemKey => ({
  pk: `${ROLE_PREFIXES.roles}${eventId}`,
  sk: memberId,
});

/** That a person has a role in an event: theirs are one partition, in which they find their events whatever others there are. */
export const ownEventKey = (memberId: string, eventId: string): ItemKey => ({
  pk: `${ROLE_PREFIXES.ownEvents}${memberId}`,
  sk: eventId,
});

/** @param invitationId a hash of the invitation's token */
export const roleInvitationKey = (eventId: string, invitationId: string): ItemKey => ({
  pk: `${ROLE_PREFIXES.invitations}${eventId}`,
  sk: invitationId,
});

/** The announcements of an event are one partition, for there are few and they are listed. */
export const announcementKey = (eventId: string, id: string): ItemKey => ({ pk: `ANNOUNCEMENT#${eventId}`, sk: id });

/** For whom an announcement is, where they were chosen one by one. Beside it: whoever lists announcements does not read it. */
export const announcedToKey = (eventId: string, id: string): ItemKey => ({ pk: `ANNOUNCED-TO#${eventId}`, sk: id });

/** What became of the mails of an announcement, in so many items. */
export const mailResultsKey = (eventId: string, id: string, places: number, place: number): ItemKey => ({
  pk: `MAIL-RESULTS#${eventId}`,
  sk: `${id}#${places}#${place}`,
});

/** What people were told of an event by mail. */
export const toldKey = (eventId: string): ItemKey => ({ pk: `TOLD#${eventId}`, sk: 'TOLD' });

/**
 * What an approver was told of those who wait for a decision.
 *
 * @param id see `digestId`
 */
export const digestKey = (eventId: string, id: string): ItemKey => ({ pk: `DIGEST#${eventId}`, sk: id });

/**
 * Names a digest within its event.
 *
 * @param date in the event's time zone: `2027-03-01`
 * @param reader a member's id
 */
export const digestId = (date: string, reader: string): string => `${date}#${reader}`;

/** Whom a digest is for. */
export const readerIn = (id: string): string => id.slice(id.indexOf('#') + 1);
