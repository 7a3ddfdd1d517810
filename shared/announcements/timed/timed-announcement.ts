import type { EventDefinition } from '../../event/event.ts';
import { isCalledOff } from '../../event/event-standing.ts';
import { eventStart, firstDay, lastDay } from '../../event/event-times.ts';
import { instantOf } from '../../kernel/text/zoned-time.ts';
import type { AnnouncementKind } from '../../mail/kinds.ts';
import type { Announcement, Segment } from '../announcement.schema.ts';

type Timed = Pick<EventDefinition<unknown>, 'days' | 'timeZone' | 'status'>;

/** An announcement that nobody makes: its time comes. */
export interface TimedAnnouncement {
  readonly kind: AnnouncementKind;
  /** With the date that it is about: one that moves is announced anew. */
  readonly id: string;
  readonly segment: Segment;
  /** When it is made. */
  readonly at: Date;
  /** From when on it is not made any more, where it was missed. */
  readonly madeUntil: Date;
  /** From when on none of its mails leaves any more, where they had to wait. */
  readonly saidUntil: Date;
}

const DAY = 24 * 60 * 60 * 1000;
/** Local time at the event. */
const TIME = '09:00';
/** Milliseconds for which one that was missed is still made: "in a week" is stale the day after, thanks are not. */
const REMINDED_LATE = DAY;
const THANKED_LATE = 3 * DAY;

/** Attendees who come, if only online until the room has a seat. */
const ATTENDING: Segment = { attending: true };

/** What is announced about an event as its time comes: a week and a day before it, and the day after; nothing of one that is called off. */
export function timedAnnouncements(event: Timed): readonly TimedAnnouncement[] {
  if (isCalledOff(event)) return [];
  const [first, last] = [firstDay(event), lastDay(event)];
  const start = eventStart(event);
  const [inAWeek, tomorrow, afterwards] = [nine(first, -7, event), nine(first, -1, event), nine(last, 1, event)];
  return [
    {
      kind: 'reminder-week',
      id: `reminder-week#${first}`,
      segment: ATTENDING,
      at: inAWeek,
      madeUntil: after(inAWeek, REMINDED_LATE),
      saidUntil: tomorrow,
    },
    {
      kind: 'reminder-day',
      id: `reminder-day#${first}`,
      segment: ATTENDING,
      at: tomorrow,
      madeUntil: earlier(after(tomorrow, REMINDED_LATE), start),
      saidUntil: start,
    },
    {
      kind: 'thank-you',
      id: `thank-you#${last}`,
      segment: ATTENDING,
      at: afterwards,
      madeUntil: after(afterwards, THANKED_LATE),
      saidUntil: after(afterwards, 2 * THANKED_LATE),
    },
  ];
}

/** What is to be made now, if it is not there yet. */
export const dueAnnouncements = (event: Timed, now: Date): readonly TimedAnnouncement[] =>
  timedAnnouncements(event).filter(({ at, madeUntil }) => at <= now && now < madeUntil);

const TIMED_KINDS: readonly AnnouncementKind[] = ['reminder-week', 'reminder-day', 'thank-you'];

/** Whether what an announcement says is still so: the event may have moved since, or begun. What has no time of its own stays so. */
export function isTimely({ kind, id }: Pick<Announcement, 'kind' | 'id'>, event: Timed, now: Date): boolean {
  if (!TIMED_KINDS.includes(kind)) return true;
  return timedAnnouncements(event).some((each) => each.id === id && now < each.saidUntil);
}

/** Nine o'clock at the event, some days from a date there, whatever clocks do in between. */
function nine(date: string, days: number, { timeZone }: Timed): Date {
  const day = new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 'YYYY-MM-DD'.length);
  return instantOf(day, TIME, timeZone);
}

const after = (instant: Date, milliseconds: number): Date => new Date(instant.getTime() + milliseconds);
const earlier = (one: Date, other: Date): Date => (one < other ? one : other);
