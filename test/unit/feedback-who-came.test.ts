import { describe, expect, it } from 'vitest';
import type { EventDefinition } from '../../shared/event/event.ts';
import type { About } from '../../shared/feedback/form/attended.ts';
import { EVENT_FORM } from '../../shared/feedback/form/form.ts';
import {
  attendedOf,
  attendedWith,
  type CountedAttendee,
  peopleIn,
} from '../../shared/feedback/result/attended.case.ts';
import { type NameableLabels, NOTHING_NAMED } from '../../shared/feedback/result/published.ts';

const lists = ['monday', 'tuesday'].map((id) => ({ id, place: { kind: 'day', day: id } as const }));
const event = { sessions: [] };

/** So many people of a group who came to these lists. */
const comers = (
  category: string,
  days: readonly string[],
  howMany: number,
  mode: 'in-person' | 'online' = 'in-person',
) =>
  Array.from(
    { length: howMany },
    (): CountedAttendee => ({
      status: 'confirmed',
      closedSessions: false,
      category,
      came: Object.fromEntries(days.map((day) => [day, { mode, category }])),
    }),
  );

/** What the lists counted of them. */
const counted = (people: readonly CountedAttendee[]) =>
  people.flatMap(({ came }) =>
    Object.entries(came).map(([list, { mode, category }]) => ({
      list,
      category,
      mode,
      came: 1,
      isOnline: mode === 'online',
    })),
  );

const whoCame = (
  people: readonly CountedAttendee[],
  {
    named = NOTHING_NAMED,
    everyone = async () => people,
  }: { named?: NameableLabels; everyone?: () => Promise<readonly CountedAttendee[]> } = {},
) => attendedOf({ id: EVENT_FORM }, event, { lists, counted: counted(people), everyone, named });

it('are people and not scans: whoever came on both days is one', async () => {
  const people = [...comers('ngo', ['monday', 'tuesday'], 6), ...comers('un', ['tuesday'], 5, 'online')];
  const named = { modes: ['in-person', 'online'], categories: { 'in-person': ['ngo'], online: ['un'] } };
  const attended = await whoCame(people, { named });
  expect(peopleIn(attended)).toBe(11);
  expect(attendedWith(attended, 'category', ['ngo'])).toBe(6);
  expect(attendedWith(attended, 'mode', ['online'])).toBe(5);
});

it('are what is counted, where one list alone says so: nobody is looked at one by one', async () => {
  const unread = async (): Promise<never> => {
    throw new Error('everyone was read');
  };
  const people = comers('ngo', ['monday'], 7);
  expect(peopleIn(await whoCame(people, { everyone: unread }))).toBe(7);
});

it('are counted under what is said beside their answers, by how they took part and by group', async () => {
  const people = [
    ...comers('un', ['monday'], 9),
    ...comers('un', ['monday', 'tuesday'], 1, 'online'),
    ...comers('ngo', ['monday'], 9, 'online'),
  ];
  const attended = await whoCame(people, {
    named: { modes: ['in-person', 'online'], categories: { 'in-person': ['un'] } },
  });
  expect(attendedWith(attended, 'mode', ['online'])).toBe(10);
  expect(attendedWith(attended, 'category', ['un'])).toBe(9);
  expect(attendedWith(attended, 'category', ['other'])).toBe(10);
  expect(attendedWith(await whoCame(people), 'mode', ['other'])).toBe(19);
});

it('are not tickets of nobody', async () => {
  const people = [...comers('ngo', ['monday'], 5), ...comers('unknown', ['monday'], 3)];
  expect(peopleIn(await whoCame(people))).toBe(5);
});

describe('of a session', () => {
  const place = { kind: 'session', session: 'talk' } as const;
  const lists = [
    { id: 'monday', place: { kind: 'day', day: 'monday' } as const },
    { id: 'door', place },
  ];
  const programme = (audience?: string[]) =>
    ({ sessions: [{ id: 'talk', day: 'monday', ...(audience && { audience }) }] }) as unknown as Pick<
      EventDefinition<unknown>,
      'sessions'
    >;
  const form = { id: 'session-talk', session: 'talk' };
  const people = [...comers('ngo', ['monday', 'door'], 1), ...comers('ngo', ['monday'], 6)];
  const whoCameTo = async (about: Partial<About>, event = programme(), came: readonly CountedAttendee[] = people) =>
    peopleIn(
      await attendedOf({ ...form, ...about }, event, {
        lists,
        counted: counted(came),
        everyone: async () => came,
        named: NOTHING_NAMED,
      }),
    );

  it('are who an organiser says', async () => {
    expect(await whoCameTo({})).toBe(1);
    expect(await whoCameTo({ by: 'day' })).toBe(7);
    expect(await whoCameTo({ by: 'door' }, programme(), comers('ngo', ['monday'], 6))).toBe(0);
  });

  it('are, of a closed one, who may know of it: of its day whoever was let into it', async () => {
    const admitted = comers('member-state', ['monday'], 3).map((each) => ({ ...each, closedSessions: true }));
    const closed = programme(['member-state']);
    expect(await whoCameTo({ by: 'day' }, closed, [...people, ...admitted])).toBe(4);
    // One list alone counted: it does not say who of them may know.
    expect(await whoCameTo({}, closed, [...comers('ngo', ['monday'], 6), ...admitted])).toBe(3);
  });
});
