import { useDesk } from '../desk.ts';
import { type ProgrammeAnswer, textIn } from '../event/programme/local-text.ts';
import type { AnswerOf } from '../kernel/api/routes.ts';
import { dayName } from '../names.ts';
import { t } from '../words.ts';

export type Overview = AnswerOf<'GET /api/organiser/events/{eventId}/check-in'>;
export type List = Overview['lists'][number];

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
export const nameOf = (programme: ProgrammeAnswer, { id, name, place }: Pick<List, 'id' | 'name' | 'place'>): string =>
  name ?? (placeName(programme, place) || id);

export function placeName(programme: ProgrammeAnswer, place: List['place']): string {
  if (place.kind === 'event') return t('checkIn.entrance');
  if (place.kind === 'session')
    return textIn(programme, programme.sessions.find(({ id }) => id === place.session)?.title);
  const day = programme.days.find(({ id }) => id === place.day);
  return day === undefined ? '' : `${textIn(programme, day.title)}, ${dayName(day.date)}`;
}

/** The names of lists by their ids. */
export const listNames = ({ programme, lists }: Read): ReadonlyMap<string, string> =>
  new Map(lists.map((list) => [list.id, nameOf(programme, list)]));
