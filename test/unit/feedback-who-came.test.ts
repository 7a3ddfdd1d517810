import { expect, it } from 'vitest';
import { attendedOf, attendedWith, peopleIn } from '../../functions/feedback-results/attended.ts';
import type { Comer } from '../../functions/feedback-results/everyone.ts';
import { EVENT_FORM } from '../../shared/domain/feedback/form.ts';

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
    (): Comer => ({ category, came: Object.fromEntries(days.map((day) => [day, mode])) }),
  );

/** What the lists counted of them. */
const counted = (people: readonly Comer[]) =>
  people.flatMap(({ category, came }) =>
    Object.entries(came).map(([list, mode]) => ({ list, category, mode, came: 1, isOnline: mode === 'online' })),
  );

const whoCame = (people: readonly Comer[], everyone = async () => people) =>
  attendedOf({ id: EVENT_FORM }, event, { lists, counted: counted(people), everyone });

it('are people and not scans: whoever came on both days is one', async () => {
  const people = [...comers('ngo', ['monday', 'tuesday'], 6), ...comers('un', ['tuesday'], 5, 'online')];
  const attended = await whoCame(people);
  expect(peopleIn(attended)).toBe(11);
  expect(attendedWith(attended, 'category', ['ngo'])).toBe(6);
  expect(attendedWith(attended, 'mode', ['online'])).toBe(5);
});

it('are what is counted, where one list alone says so: nobody is looked at one by one', async () => {
  const unread = async (): Promise<never> => {
    throw new Error('everyone was read');
  };
  const people = comers('ngo', ['monday'], 7);
  expect(peopleIn(await whoCame(people, unread))).toBe(7);
});

it('are counted under what is said beside their answers: by what is counted when they answer', async () => {
  // Six came, and no list counted five of them: whoever takes answers says "other".
  const people = [
    ...comers('un', ['monday'], 3),
    ...comers('un', ['tuesday'], 3),
    ...comers('ngo', ['monday'], 9),
    ...comers('media', ['monday'], 2),
  ];
  const attended = await whoCame(people);
  expect(attendedWith(attended, 'category', ['ngo'])).toBe(9);
  expect(attendedWith(attended, 'category', ['other'])).toBe(8);
});

it('are told apart only where five are alike in both: the only one of a group who was online stays with the others who were', async () => {
  const people = [
    ...comers('un', ['monday'], 9),
    ...comers('un', ['monday'], 1, 'online'),
    ...comers('ngo', ['monday'], 9, 'online'),
  ];
  const attended = await whoCame(people);
  expect(attendedWith(attended, 'mode', ['online'])).toBe(10);
  expect(attendedWith(attended, 'category', ['un'])).toBe(9);
  expect(attendedWith(attended, 'category', ['other'])).toBe(10);
});

it('are not tickets of nobody', async () => {
  const people = [...comers('ngo', ['monday'], 5), ...comers('unknown', ['monday'], 3)];
  expect(peopleIn(await whoCame(people))).toBe(5);
});
