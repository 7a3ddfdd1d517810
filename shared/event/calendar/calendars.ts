import type { MailTranslate } from '../../kernel/i18n/words.ts';
import type { Calendar } from '../../mail/letter/content.ts';
import type { AttendanceMode, EventDefinition, LocalText, Session } from '../event.ts';
import { venueLines } from '../mail-blocks.ts';
import type { ProgrammeChange } from '../programme/programme-change.ts';
import { signUpSessions } from '../sessions.ts';
import { type CalendarItem, calendarOf } from './calendar.ts';

/** Of someone who comes, what their calendar shows. */
interface CalendarData {
  readonly event: EventDefinition<string>;
  readonly registration: { readonly language: string; readonly mode: AttendanceMode; readonly days: readonly string[] };
  readonly sessions: readonly Session<string>[];
  /** ISO 8601. */
  readonly writtenAt: string;
  readonly links: { readonly event: string };
}

/** The days that someone comes and the sessions that are their own; and, for whoever changed that, all others to be taken out. */
export function calendars(data: CalendarData, t: MailTranslate, isChange = false): Calendar[] {
  const all = itemsOf(data, t);
  return [
    ...calendar(
      data,
      'PUBLISH',
      all.filter(({ isOwn }) => isOwn),
      t,
    ),
    ...(isChange
      ? calendar(
          data,
          'CANCEL',
          all.filter(({ isOwn }) => !isOwn),
          t,
        )
      : []),
  ];
}

/** What someone last had entered, to be taken out: they do not come. */
export function cancellation(data: CalendarData, t: MailTranslate): Calendar[] {
  const own = itemsOf(data, t).filter(({ isOwn }) => isOwn);
  return calendar(data, 'CANCEL', own, t);
}

/** With sessions that were taken out of the programme among what is to be taken out. */
export function withRemoved(
  data: CalendarData,
  changes: readonly ProgrammeChange[],
  said: (text: LocalText) => string,
  all: readonly Calendar[],
  t: MailTranslate,
): Calendar[] {
  const known = itemsOf(data, t);
  const removed = changes.flatMap((change): CalendarItem[] => {
    if (change.what !== 'session' || change.after !== undefined || change.before === undefined) return [];
    const { id, title, date, start, end } = change.before;
    const item = { id: `session.${id}`, title: said(title), date, start, end, location: '' };
    return known.some((each) => each.id === item.id) ? [] : [item];
  });
  if (removed.length === 0) return [...all];
  const others = known.filter(({ isOwn }) => !isOwn);
  return [...all.filter(({ method }) => method === 'PUBLISH'), ...calendar(data, 'CANCEL', [...others, ...removed], t)];
}

function calendar(
  { event, links, writtenAt }: CalendarData,
  method: Calendar['method'],
  items: readonly CalendarItem[],
  t: MailTranslate,
): Calendar[] {
  if (items.length === 0) return [];
  const description = t(`calendar.description.${method}`, { url: links.event });
  return [
    {
      method,
      content: calendarOf({ event, method, items, description, url: links.event, stamp: new Date(writtenAt) }),
    },
  ];
}

/** Each day, and each session that has places of its own or that is closed and theirs. Nobody learns of other closed ones. */
function itemsOf(
  { event, registration, sessions }: CalendarData,
  t: MailTranslate,
): (CalendarItem & { isOwn: boolean })[] {
  const { mode, days, language } = registration;
  const place = mode === 'online' ? t('calendar.online') : venueLines(event, language).join(', ');
  const own = new Set(sessions.map(({ id }) => id));
  const known = [...new Set([...signUpSessions(event), ...sessions])];
  return [
    ...event.days.map(({ id, title, date, start, end }) => ({
      ...{ id, title, date, start, end },
      location: place,
      isOwn: days.includes(id),
    })),
    ...known.flatMap((session) => {
      const { title, start, end, room } = session;
      const date = event.days.find(({ id }) => id === session.day)?.date;
      if (date === undefined) return [];
      const location = room === undefined || mode === 'online' ? place : `${room}, ${place}`;
      return [{ id: `session.${session.id}`, title, date, start, end, location, isOwn: own.has(session.id) }];
    }),
  ];
}
