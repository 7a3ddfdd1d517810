import type { EventDefinition, EventStatus } from '../event/event.ts';
import { isCalledOff, statusOf } from '../event/event-standing.ts';
import { isEventOver } from '../event/event-times.ts';
import type { KnownProgramme } from '../event/known-programme.schema.ts';
import { programmeChanges, programmeOf } from '../event/programme/programme-change.ts';
import type { AnnouncementKind } from '../mail/kinds.ts';
import type { Registration } from '../registration/registration.schema.ts';
import type { AnnouncedState, AnnouncedStatus } from './announcement.schema.ts';

/** Whether an event takes place, and on which dates. */
export interface StatusAndDates extends Pick<AnnouncedState, 'status' | 'dates'> {}

/** How many are remembered: as many changes of mind as nobody makes while mail leaves. */
const MOST_STANDINGS = 12;

export function eventStateOf(event: EventDefinition<unknown>): StatusAndDates {
  return { status: statusOf(event), dates: isCalledOff(event) ? [] : event.days.map(({ date }) => date) };
}

/** Whether anyone is told what changes of an event: of one that is over, only that it did not take place, or that it did after all. */
export const isAnnounced = (was: EventDefinition, event: EventDefinition, now: Date): boolean =>
  !isEventOver(was, now) ||
  !isEventOver(event, now) ||
  (statusOf(was) !== statusOf(event) && (isCalledOff(was) || isCalledOff(event)));

/** As people know it who have been told nothing yet. */
export const firstTold = (event: EventDefinition, since: string): AnnouncedStatus => ({
  revision: 0,
  standings: [{ ...eventStateOf(event), since }],
  programme: programmeOf(event),
});

export const lastAnnounced = ({ standings }: Pick<AnnouncedStatus, 'standings'>): AnnouncedState | undefined =>
  standings.at(-1);

/** What tells whether and when the event takes place. */
export type StatusKind = (typeof STATUS_KINDS)[number];
const STATUS_KINDS = [
  'event-postponed',
  'event-cancelled',
  'event-moved-online',
  'event-rescheduled',
] as const satisfies readonly AnnouncementKind[];

export const tellsStatus = (kind: AnnouncementKind): kind is StatusKind =>
  (STATUS_KINDS as readonly AnnouncementKind[]).includes(kind);

const KINDS: Readonly<Record<EventStatus, StatusKind>> = {
  scheduled: 'event-rescheduled',
  postponed: 'event-postponed',
  cancelled: 'event-cancelled',
  'moved-online': 'event-moved-online',
};

export interface NewStanding {
  readonly told: AnnouncedStatus;
  /** What tells it to everyone. */
  readonly kind: StatusKind;
}

/**
 * What publishing a definition newly tells of whether and when the event takes place; nothing where people know it.
 *
 * @param announcement the id of what is to tell it
 */
export function newStanding(
  told: AnnouncedStatus,
  event: EventDefinition,
  announcement: string,
  since: string,
): NewStanding | undefined {
  const { standings, programme } = told;
  const now = eventStateOf(event);
  const last = lastAnnounced(told);
  if (last === undefined || isSame(last, now)) return undefined;
  const kind = last.status === now.status ? 'event-rescheduled' : KINDS[now.status];
  const [first, ...others] = [...standings, { ...now, announcement, since }];
  const kept = first === undefined ? [] : [first, ...others.slice(1 - MOST_STANDINGS)];
  return {
    // With new dates comes a new calendar of everything: days and place are told with it.
    told: { ...told, standings: kept, programme: isCalledOff(event) ? programme : withDates(programme, event) },
    kind,
  };
}

/**
 * Whether the last word is news to an attendee: minds change while mail leaves, and one who was told nothing of what was taken back, or
 * registered when it was as it is again, knows.
 *
 * @param read announcements of which they have a mail, or may have
 */
export function isNewsTo(
  { standings }: Pick<AnnouncedStatus, 'standings'>,
  { submittedAt, changedAt }: Pick<Registration, 'submittedAt' | 'changedAt'>,
  read: ReadonlySet<string>,
): boolean {
  const [now, ...earlier] = [...standings].reverse();
  if (now === undefined) return false;
  for (const each of earlier) {
    const { announcement, since } = each;
    const isKnown = announcement === undefined || read.has(announcement) || submittedAt >= since;
    if (isKnown) return !isSame(each, now);
    // Their page may have told them.
    if (changedAt >= since && !isSame(each, now)) return true;
  }
  return true;
}

const isSame = (a: StatusAndDates, b: StatusAndDates): boolean =>
  a.status === b.status && a.dates.join() === b.dates.join();

function withDates(programme: KnownProgramme, event: EventDefinition): KnownProgramme {
  const { days, venue } = programmeOf(event);
  const dateOf = (id: string) => days.find((day) => day.id === id)?.date;
  const sessions = programme.sessions.map((each) => ({ ...each, date: dateOf(each.day) ?? each.date }));
  return { days, venue, sessions };
}

/** Attendees who see a new session, to sign up for it, see it as it is. */
export function withNewSessions(told: AnnouncedStatus, event: EventDefinition): AnnouncedStatus {
  const { programme } = told;
  const added = programmeOf(event).sessions.filter(
    ({ id, audience }) => audience === undefined && !programme.sessions.some((each) => each.id === id),
  );
  if (added.length === 0) return told;
  return { ...told, programme: { ...programme, sessions: [...programme.sessions, ...added] } };
}

/** Milliseconds for which what is changed is collected into one mail, and between two of them. */
const COLLECT = 10 * 60 * 1000;
const APART = 60 * 60 * 1000;

/** Whether there is anything to tell of the programme: of what does not take place, there is not. */
export const hasNews = ({ programme }: AnnouncedStatus, event: EventDefinition): boolean =>
  !isCalledOff(event) && programmeChanges(programme, programmeOf(event)).length > 0;

/** When changes of the programme may next be told. */
export const tellNotBefore = ({ programmeToldAt }: Pick<AnnouncedStatus, 'programmeToldAt'>): Date | undefined =>
  programmeToldAt === undefined ? undefined : new Date(Date.parse(programmeToldAt) + APART);

/** When what is changed now is told: an organiser's several changes are one mail, and there is at most one an hour. */
export function tellAt(told: Pick<AnnouncedStatus, 'programmeToldAt'>, now: Date): Date {
  return new Date(Math.max(now.getTime() + COLLECT, tellNotBefore(told)?.getTime() ?? 0));
}
