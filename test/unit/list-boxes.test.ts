import { beforeAll, describe, expect, it } from 'vitest';
import type { Read } from '../../web/console/checkin/overview.ts';
import { byDay, eachList } from '../../web/console/checkin/phones.tsx';
import { fetchWords } from '../../web/console/words.ts';

beforeAll(() => fetchWords('doors'));

const days = ['one', 'two', 'three'];
const sessions = days.flatMap((day) => [1, 2, 3, 4].map((number) => ({ id: `${day}-${number}`, day })));
const places = [
  { kind: 'event' },
  ...days.map((day) => ({ kind: 'day', day })),
  ...sessions.map(({ id }) => ({ kind: 'session', session: id })),
] as const;
const read = {
  lists: places.map((place, index) => ({
    ...{ id: `list-${index}`, place, modes: ['in-person'], passing: 'once' },
    ...{ opens: '2027-11-02T01:00:00Z', closes: '2027-11-02T10:00:00Z' },
  })),
  handouts: [],
  programme: {
    languages: ['en'],
    days: days.map((id, index) => ({ id, date: `2027-11-0${index + 2}`, title: { en: `Day ${id}` } })),
    sessions: sessions.map((session) => ({ ...session, title: { en: session.id } })),
  },
} as unknown as Read;

describe('the lists that a phone scans for', () => {
  it('CI13: are chosen by an entrance, which counts for its days, and by a day, which stands for its sessions', () => {
    const boxes = byDay(read);
    expect(eachList(read)).toHaveLength(16);
    expect(boxes).toHaveLength(4);
    expect(boxes.map(({ lists }) => lists.length)).toEqual([1, 4, 4, 4]);
    expect(boxes[1]?.label).toMatch(/^Day one, .*: 4 lists, with its sessions$/);
    const others = read.lists.filter(({ place }) => place.kind !== 'day').map(({ id }) => id);
    expect(boxes.flatMap(({ lists }) => lists).sort()).toEqual(others.sort());
    // Without an entrance, or beside one for some alone, a day stands for its door too.
    const [entrance, ...rest] = read.lists;
    for (const lists of [
      rest,
      [{ ...entrance, categories: ['media'] }, ...rest],
      [{ ...entrance, closes: '2027-11-02T09:00:00Z' }, ...rest],
    ]) {
      expect(byDay({ ...read, lists } as unknown as Read).at(-1)?.lists).toHaveLength(5);
    }
  });

  it('have a box of each thing that is handed out, which is of no day', () => {
    const lending = { ...read, handouts: [{ id: 'headset', name: 'Headset' }] } as unknown as Read;
    expect(byDay(lending)).toEqual([...byDay(read), { value: 'headset', label: 'Headset', lists: ['headset'] }]);
    expect(eachList(lending)).toHaveLength(17);
  });

  it('have no box of a day without any, and leave to the long form what is in no programme any more', () => {
    const gone = { id: 'gone', place: { kind: 'session', session: 'nobody' } };
    const few = { ...read, lists: [read.lists[0], gone] } as unknown as Read;
    expect(byDay(few).map(({ lists }) => lists)).toEqual([['list-0']]);
    expect(eachList(few).map(({ value }) => value)).toEqual(['list-0', 'gone']);
  });
});
