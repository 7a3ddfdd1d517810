import { listNames, placeName, type Read } from '../overview.ts';
import { doors } from './doors.ts';

/** Lists that one box stands for. */
interface Box {
  readonly value: string;
  readonly label: string;
  readonly lists: readonly string[];
}

export const eachList = (read: Read): readonly Box[] =>
  [...listNames(read)].map(([id, label]) => ({ value: id, label, lists: [id] }));

/** A box for each entrance and each day: a day's stands for its own doors and those of its sessions. */
export function byDay(read: Read): readonly Box[] {
  const { programme, lists } = read;
  const dayOf = ({ place }: Read['lists'][number]): string | undefined =>
    place.kind === 'session'
      ? programme.sessions.find(({ id }) => id === place.session)?.day
      : place.kind === 'day'
        ? place.day
        : undefined;
  const entrances = eachList(read).filter(({ value }) => lists.find(({ id }) => id === value)?.place.kind === 'event');
  const days = programme.days.map(({ id }) => ({
    value: `day ${id}`,
    label: placeName(programme, { kind: 'day', day: id }),
    lists: lists.filter((list) => dayOf(list) === id).map((list) => list.id),
  }));
  return [
    ...entrances,
    ...days
      .filter((day) => day.lists.length > 0)
      .map((day) => ({ ...day, label: doors.phones.ofDay(day.label, day.lists.length) })),
  ];
}
