import type { RegistrationStatus } from '../event/attendee.ts';
import type { AttendanceMode } from '../event/event.ts';
import { changesFor, type ProgrammeChange } from '../event/programme/programme-change.ts';
import type { AnnouncementKind } from '../mail/kinds.ts';
import type { AnnouncementWords } from '../mail/outbox/message.schema.ts';
import type { Registration } from '../registration/registration.schema.ts';

/** Whom an announcement is for: everyone who meets all of what is named; what is absent leaves nobody out. */
export interface Segment {
  readonly statuses?: readonly RegistrationStatus[] | undefined;
  readonly categories?: readonly string[] | undefined;
  /** An attendee who waits for a seat in the room and is online until then is in both. */
  readonly modes?: readonly AttendanceMode[] | undefined;
  /** Sessions of which one at least was signed up for. */
  readonly sessions?: readonly string[] | undefined;
  /** Attendees who take part: with a place, or waiting for one in the room and online until then. */
  readonly attending?: true | undefined;
}

/**
 * Mail about one thing to many, one for each of them. It is written once, with whatever causes it; a job then goes through the
 * registrations and writes the mails, which tell how things stand when they are sent.
 */
export interface Announcement {
  readonly eventId: string;
  /** Names it within its event. Its maker may choose it, so that the same is made once only. */
  readonly id: string;
  readonly kind: AnnouncementKind;
  readonly segment: Segment;
  /** ISO 8601. */
  readonly createdAt: string;
  /** Of an organiser's message: what it says, in each of its event's languages. */
  readonly words?: Readonly<Record<string, AnnouncementWords>> | undefined;
  /** Of one about the programme: what changed. */
  readonly changes?: readonly ProgrammeChange[] | undefined;
  /** Of an organiser's message: how many mails it was to become when it was sent. */
  readonly expected?: number | undefined;
}

/** How far writing its mails has come. */
export interface AnnouncementProgress {
  /** The reference of the last registration that was looked at; none before the first. */
  readonly cursor?: string | undefined;
  /** Mails that were written. */
  readonly written: number;
  /** Since when all were, ISO 8601. */
  readonly doneAt?: string | undefined;
  /** Since when nothing of it is to leave any more, ISO 8601. */
  readonly stoppedAt?: string | undefined;
  /** Since when what it tells was also written to guardians of minors, ISO 8601. */
  readonly guardiansAt?: string | undefined;
}

/**
 * Whether an announcement is for an attendee, as they are registered now. A walk-in may have no address.
 *
 * @param registration as the event takes place: see `asHeld`
 */
export function isFor(
  { segment, changes }: Pick<Announcement, 'segment' | 'changes'>,
  registration: Registration,
): boolean {
  const { status, category, mode, waiting, sessions, email } = registration;
  const meanwhile = waiting?.meanwhile;
  return (
    email !== '' &&
    (segment.attending === undefined || isAttending(registration)) &&
    isAmong(segment.statuses, [status]) &&
    isAmong(segment.categories, [category]) &&
    isAmong(segment.modes, meanwhile ? [mode, meanwhile] : [mode]) &&
    isAmong(segment.sessions, sessions) &&
    (changes === undefined || changesFor(changes, registration).length > 0)
  );
}

const isAttending = ({ status, waiting }: Registration): boolean =>
  status === 'confirmed' || (status === 'waitlisted' && waiting?.meanwhile !== undefined);

const isAmong = <T>(wanted: readonly T[] | undefined, of: readonly T[]): boolean =>
  wanted === undefined || of.some((each) => wanted.includes(each));

/**
 * Whom the mail to an attendee is for: a coordinator, through whom several are reached, gets one about all.
 *
 * @returns what names them within their event
 */
export const recipientOf = ({ reference, delegation }: Pick<Registration, 'reference' | 'delegation'>): string =>
  delegation?.throughCoordinator ? `delegation#${delegation.id}` : reference;
