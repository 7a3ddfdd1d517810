import type { ItemKey } from '../kernel/dynamo/keys.ts';

/** Of one ticket: how it stands on each list is one partition, so that all a person attended is read together. @param ticket its hash */
export const checkInKey = (eventId: string, ticket: string, list: string): ItemKey => ({
  pk: `CHECK-IN#${eventId}#${ticket}`,
  sk: list,
});

/** One scan, alone in its partition: nothing else has its id. */
export const scanKey = (eventId: string, scanId: string): ItemKey => ({ pk: `SCAN#${eventId}#${scanId}`, sk: 'SCAN' });

/**
 * How many people one device counted on a list, by group and mode, in one of several lanes: a device brings in many scans at
 * once, and no two of them wait for the same item.
 */
export const checkInCountKey = (eventId: string, { list, device, lane, category, mode }: CheckInCountId): ItemKey => ({
  pk: checkInCountPartition(eventId, list),
  sk: `${device}#${lane}#${category}#${mode}`,
});

/** How the sort keys of all begin that one device counted. */
export const countedBy = (device: string): string => `${device}#`;

/** All that a list counted. */
export const checkInCountPartition = (eventId: string, list: string): string => `CHECK-IN-COUNT#${eventId}#${list}`;

export interface CheckInCountId {
  readonly list: string;
  readonly device: string;
  readonly lane: number;
  readonly category: string;
  readonly mode: string;
}

/** What a person has to look at: one partition for an event, for there are few, and they are listed. */
export const checkInDoubtKey = (eventId: string, list: string, ticket: string): ItemKey => ({
  pk: `CHECK-IN-DOUBT#${eventId}`,
  sk: `${list}#${ticket}`,
});

/**
 * What people decided on how one ticket's scans on a list are to be understood, in the order in which they did: minds may change often.
 *
 * @param number from 0
 */
export const checkInDecisionKey = (
  { eventId, list, ticket }: { readonly eventId: string; readonly list: string; readonly ticket: string },
  number: number,
): ItemKey => ({ pk: `CHECK-IN-DECISION#${eventId}`, sk: `${list}#${ticket}#${String(number).padStart(6, '0')}` });

/** How the sort keys of all decisions on one ticket and list begin. */
export const checkInDecisionsOn = ({ list, ticket }: { readonly list: string; readonly ticket: string }): string =>
  `${list}#${ticket}#`;

/** The phones at the doors of an event are one partition: there are few, and they are listed. */
export const deviceKey = (eventId: string, deviceId: string): ItemKey => ({ pk: `DEVICE#${eventId}`, sk: deviceId });

/** Phones that wait for a second person are one partition, too. */
export const deviceProposalKey = (eventId: string, deviceId: string): ItemKey => ({
  pk: `DEVICE-PROPOSAL#${eventId}`,
  sk: deviceId,
});

/** @param codeHash a hash: nobody who reads the table can take a code */
export const enrolmentKey = (codeHash: string): ItemKey => ({ pk: `ENROLMENT#${codeHash}`, sk: 'ENROLMENT' });

/** What phones handed over for a person to look at: one partition for an event, for there are few, and they are listed. */
export const handOverKey = (eventId: string, id: string): ItemKey => ({ pk: `HAND-OVER#${eventId}`, sk: id });

/** The scans of one hand-over, each by its id: to hand one over twice adds nothing. */
export const heldScanKey = (eventId: string, handOver: string, scanId: string): ItemKey => ({
  pk: `HELD-SCAN#${eventId}#${handOver}`,
  sk: scanId,
});

/** Where people are checked in to an event: beside its rules, and published like them. */
export const checkInListsKey = (eventId: string): ItemKey => ({ pk: `EVENT#${eventId}`, sk: 'CHECK-IN-LISTS' });

/**
 * What one device brought in at once, for the others: in order of time.
 *
 * @param at ISO 8601: when it was kept
 * @param batch distinguishes what one device brought in within one millisecond
 */
export const checkInFeedKey = (eventId: string, at: string, device: string, batch: string): ItemKey => ({
  pk: checkInFeedPartition(eventId),
  sk: `${at}#${device}#${batch}`,
});

/** All that phones told each other. */
export const checkInFeedPartition = (eventId: string): string => `CHECK-IN-FEED#${eventId}`;

/** That an attendee joined online, of which no phone needs to know. @param at ISO 8601 */
export const joinedKey = (eventId: string, list: string, at: string, ticket: string): ItemKey => ({
  pk: joinedPartition(eventId),
  sk: `${at}#${ticket}#${list}`,
});

/** All who joined a session. @param list until November 2026 each list had a partition of its own */
export const joinedPartition = (eventId: string, list = ''): string => `${checkInFeedPartition(eventId)}#${list}`;

/** @param place of tickets, or `recent` */
export const attendanceChunkKey = (eventId: string, place: string): ItemKey => ({
  pk: `ATTENDANCE#${eventId}#${place}`,
  sk: 'ATTENDANCE',
});

/** Whom protocol greets at an event: those of all events are one partition, which is looked through each minute. */
export const greetingKey = (eventId: string): ItemKey => ({ pk: 'GREETING', sk: eventId });
