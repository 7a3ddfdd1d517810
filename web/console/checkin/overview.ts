import type { Actor } from '../../../shared/checkin/check-in.schema.ts';
import { type PublicEvent, useDesk } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { dayName, fromWhenTo, type ProgrammeAnswer, textIn } from '../names.ts';
import { t } from '../words.ts';

type Overview = AnswerOf<'GET /api/organiser/events/{eventId}/check-in'>;
export type List = Overview['lists'][number];
export type HandoutView = Overview['handouts'][number];

/** All lists, and the programme that they follow: its closed sessions are in no public one. */
export interface Read extends Overview {
  readonly programme: ProgrammeAnswer;
}

/** Reads both. */
export function useReader(): () => Promise<Read> {
  const { api, event } = useDesk();
  const params = { eventId: event.id };
  return async () => {
    const [overview, programme] = await Promise.all([
      api('GET /api/organiser/events/{eventId}/check-in', { params }),
      api('GET /api/organiser/events/{eventId}/programme', { params }),
    ]);
    return { ...overview, programme };
  };
}

/** What staff call a list, or what its place is called; its id where that is not in the programme any more. */
export const listName = (
  programme: ProgrammeAnswer,
  { id, name, place }: Pick<List, 'id' | 'name' | 'place'>,
): string => name ?? (placeName(programme, place) || id);

export function placeName(programme: ProgrammeAnswer, place: List['place']): string {
  if (place.kind === 'event') return t('checkIn.entrance');
  if (place.kind === 'session')
    return textIn(programme, programme.sessions.find(({ id }) => id === place.session)?.title);
  const day = programme.days.find(({ id }) => id === place.day);
  return day === undefined ? '' : `${textIn(programme, day.title)}, ${dayName(day.date)}`;
}

/** The names of lists by their ids, of doors and of what is handed out. */
export const listNames = ({ programme, lists, handouts }: Read): ReadonlyMap<string, string> =>
  new Map([
    ...lists.map((list) => [list.id, listName(programme, list)] as const),
    ...handouts.map(({ id, name }) => [id, name] as const),
  ]);

/** From when to when, on the event's clocks: `2 Nov 2027, 06:00–18:30`. */
export const openTimes = (event: PublicEvent, { opens, closes }: List): string =>
  opens === undefined || closes === undefined ? '' : fromWhenTo(event, opens, closes);

/** @param now epoch milliseconds */
export const isOpen = ({ opens = '', closes = '' }: List, now: number): boolean =>
  Date.parse(opens) <= now && now < Date.parse(closes);

/** Who of the team did something. */
export function memberText({ label, isYou, isMember }: Actor): string {
  if (isYou) return t('doors.member.you');
  return label ?? (isMember ? t('doors.member.unnamed') : t('doors.member.former'));
}

/** Coarsely: the reader wants to know whether it is seconds, minutes or hours. @param seconds absent for never */
export function agoText(seconds: number | undefined): string {
  if (seconds === undefined) return t('doors.ago.never');
  if (seconds < 60) return t('doors.ago.seconds', { seconds });
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? t('doors.ago.minutes', { minutes }) : t('doors.ago.hours', { hours: Math.floor(minutes / 60) });
}

/** The phones of an event. */
export type Devices = AnswerOf<'GET /api/organiser/events/{eventId}/check-in/devices'>;

/** What a person has to look at, and what was decided. */
type Inbox = AnswerOf<'GET /api/organiser/events/{eventId}/check-in/conflicts'>;
export type InboxConflict = Inbox['conflicts'][number];
export type InboxDecision = Inbox['decisions'][number];

/** What can be said of scans. */
export const SETTLING = ['same-person', 'someone-else', 'let-in', 'mistake'] as const;

/** Scans that phones handed over. */
export type HandOvers = AnswerOf<'GET /api/organiser/events/{eventId}/check-in/hand-overs'>;
export type HandOverView = HandOvers['handOvers'][number];

/** What becomes of the inbox that is shown. */
export interface InboxProps {
  /** Of lists, by their ids. */
  readonly names: ReadonlyMap<string, string>;
  readonly onChanged: (inbox: Inbox) => void;
  readonly onStale: () => Promise<void>;
}

/** What is shown of one conflict, and what becomes of it. */
export interface ConflictProps extends InboxProps {
  readonly conflict: InboxConflict;
}
