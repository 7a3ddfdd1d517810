import { describe, expect, it } from 'vitest';
import { searchedText } from '../../shared/registration/list/search.ts';
import { pageAddress } from '../../web/console/addresses.ts';
import type { PublicEvent } from '../../web/console/desk.ts';
import { peopleFields } from '../../web/console/registration/fields.tsx';
import { filterText, inOrder, isFiltered, matcher, queryOf, stateIn } from '../../web/console/registration/filter.ts';
import type { KnownPerson } from '../../web/console/registration/people.ts';

const titled = (...ids: string[]) => ids.map((id) => ({ id, title: `The ${id}` }));
const event = {
  id: 'forum',
  status: 'scheduled',
  timeZone: 'Asia/Phnom_Penh',
  languages: ['en', 'km'],
  categories: titled('media', 'academia'),
  modes: titled('in-person', 'online'),
  days: [{ id: 'day-1', title: 'Day 1', date: '2027-11-02' }],
  sessions: titled('opening'),
  quotas: titled('room'),
  approval: { expectedDays: 2 },
  questions: [
    { id: 'size', type: 'choice', title: 'Size', required: false, options: titled('small', 'large') },
    { id: 'age', type: 'number', title: 'Years', required: false },
    { id: 'photo', type: 'yes-no', title: 'Photo', required: false },
    { id: 'note', type: 'long-text', title: 'Note', required: false },
    { id: 'diet', type: 'choice', title: 'Diet', required: false, care: true, options: titled('halal') },
  ],
} as unknown as PublicEvent;
const NOW = Date.parse('2027-11-01T12:00:00Z');
const fields = peopleFields(event, () => NOW);

const someone = (fullName: string, changes: object = {}): KnownPerson => {
  const person = {
    ...{ fullName, badgeName: fullName, organisation: 'Sample Office', reference: '2222222222', revision: 1 },
    ...{ status: 'confirmed', role: 'attendee', country: 'KH', category: 'media', mode: 'in-person', language: 'en' },
    ...{ days: ['day-1'], sessions: [], closedSessions: false, seats: [], answers: {} },
    ...{ submittedAt: '2027-10-20T10:00:00.000Z', changedAt: '2027-10-20T10:00:00.000Z' },
    ...changes,
  };
  return { ...person, searched: searchedText(person) } as unknown as KnownPerson;
};
const PEOPLE = [
  someone('Sok Dara', { country: 'KH', answers: { size: 'small', age: 9, photo: false } }),
  someone('Renée Đặng', { country: 'TH', category: 'academia', answers: { size: 'large', age: 30, photo: true } }),
  someone('សុខា ចាន់', { country: 'LA', mode: 'online', organisation: 'Radio, Ltd', answers: { age: 200 } }),
  someone('Anna Late', {
    country: 'TH',
    status: 'pending-approval',
    pendingSince: '2027-10-20T10:00:00.000Z',
    submittedAt: '2027-10-20T17:30:00.000Z',
    mail: 'bounced',
  }),
];
const listed = (address: string): string[] => {
  const { state } = stateIn(new URLSearchParams(address), fields);
  return inOrder(PEOPLE, state.sort, fields)
    .filter(matcher(state, fields, event))
    .map(({ fullName }) => fullName);
};
const found = (address: string): string[] => listed(address).sort();
const [DARA, RENEE, SOKHA, ANNA] = ['Sok Dara', 'Renée Đặng', 'សុខា ចាន់', 'Anna Late'] as const;

describe('RE11: whom a list finds', () => {
  it.each<[string, string, readonly string[]]>([
    ['a word in any script', 'q=សុខា', [SOKHA]],
    ['a plain word of letters with marks', 'q=dang', [RENEE]],
    ['one value', 'country=TH', [ANNA, RENEE]],
    ['one value or another', 'country=TH&country=LA', [ANNA, RENEE, SOKHA]],
    ['not one, and not another', 'not-country=TH&not-country=LA', [DARA]],
    ['one, and not another of another field', 'country=TH&not-category=academia', [ANNA]],
    ['an answer', 'answer-size=large', [RENEE]],
    ['no such answer, also of those who gave none', 'not-answer-size=large', [ANNA, DARA, SOKHA]],
    ['yes', 'answer-photo=true', [RENEE]],
    ['no', 'answer-photo=false', [DARA]],
    ['a number between two', 'answer-age=10..100', [RENEE]],
    ['a number from one on, which is no text', 'answer-age=30..', [RENEE, SOKHA]],
    ['one number', 'answer-age=9', [DARA]],
    ['a text, whole and in any case', 'organisation=RADIO%2C ltd', [SOKHA]],
    ['no part of a text', 'organisation=Radio', []],
    ['who waits longer than they were told', 'status=overdue', [ANNA]],
    ['whom no mail reaches, or who is not confirmed', 'status=unreached&status=declined', [ANNA]],
    ['a day by the clocks of the event', 'submittedAt=2027-10-21', [ANNA]],
    ['days until one of them', 'submittedAt=..2027-10-20', [DARA, RENEE, SOKHA]],
    ['how they take part', 'mode=online', [SOKHA]],
    ['nobody', 'q=nobody', []],
  ])('is by %s', (_, address, names) => expect(found(address)).toEqual([...names].sort()));

  it('is in the order of any field, those without it last in both directions', () => {
    expect(listed('sort=name')).toEqual([ANNA, RENEE, DARA, SOKHA]);
    expect(listed('sort=-name')).toEqual([SOKHA, DARA, RENEE, ANNA]);
    expect(listed('sort=answer-age')).toEqual([DARA, RENEE, SOKHA, ANNA]);
    expect(listed('sort=-answer-age')).toEqual([SOKHA, RENEE, DARA, ANNA]);
    expect(listed('')[0], 'the newest first').toBe(ANNA);
  });

  it('has no field of what is typed freely or is a need', () => {
    expect(fields.map(({ id }) => id)).toEqual(expect.arrayContaining(['answer-size', 'answer-age', 'answer-photo']));
    expect(fields.filter(({ id }) => /note|diet/.test(id))).toEqual([]);
  });
});

describe('the address of a list', () => {
  it('holds all of its state, and nothing that is usual', () => {
    const address = 'q=sok&country=TH&country=LA&not-category=media&sort=-name&columns=country+status&page=3';
    const { state, unknown } = stateIn(new URLSearchParams(address), fields);
    expect(unknown).toEqual([]);
    const again = pageAddress('forum', 'registrations', queryOf(state));
    expect(stateIn(new URL(again, 'https://x').searchParams, fields).state).toEqual(state);
    expect(pageAddress('forum', 'registrations', queryOf(stateIn(new URLSearchParams(), fields).state))).not.toContain(
      '?',
    );
    expect(isFiltered(stateIn(new URLSearchParams('sort=name&columns=status'), fields).state)).toBe(false);
  });

  it.each([
    ['shoe=9', ['shoe']],
    ['answer-gone=yes', ['answer-gone']],
    ['category=gone', ['Group: gone']],
    ['answer-age=many', ['Years: many']],
    ['submittedAt=2027-02-31', ['Registered: 2027-02-31']],
    ['sort=shoe', ['shoe']],
    ['columns=shoe+status', ['shoe']],
    ['page=-1', []],
    ['page=x&cursor=old', []],
    ['status=confirmed&status=nonsense', ['Status: nonsense']],
    ['not-=x', ['not-']],
    ['__proto__=x', ['__proto__']],
  ])('that says %s leaves out what means nothing, says so, and shows the rest', (address, said) => {
    const { state, unknown } = stateIn(new URLSearchParams(address), fields);
    expect(unknown).toEqual(said);
    const shown = inOrder(PEOPLE, state.sort, fields).filter(matcher(state, fields, event));
    expect(shown).toHaveLength(address.startsWith('status') ? 3 : 4);
    expect(state.page).toBe(1);
  });

  it('is said in words', () => {
    const { state } = stateIn(
      new URLSearchParams('country=TH&country=LA&not-mode=online&answer-age=10..&answer-age=..5&answer-age=7'),
      fields,
    );
    expect(state.filters.map((each) => filterText(fields, each))).toEqual([
      'Country is Thailand or Lao PDR',
      'Takes part is not Online',
      'Years is from 10 or up to 5 or 7',
    ]);
  });
});
