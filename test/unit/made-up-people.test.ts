import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadEvent } from '../../cli/event-file.ts';
import type { EventDefinition, Question } from '../../shared/event/event.ts';
import { splitTexts } from '../../shared/event/event-texts.ts';
import { QUESTION_TYPES } from '../../shared/event/questions.ts';
import { openSessions } from '../../shared/event/sessions.ts';
import { checkSpoken } from '../../shared/registration/apply/on-behalf.case.ts';
import { spokenRegistration } from '../../shared/registration/list/registrations.schema.ts';
import { madeUpPeople } from '../../web/console/event/made-up-people.ts';
import { careForum } from '../support/care.ts';
import { forum } from '../support/forum.ts';

const title = { en: 'One', km: 'មួយ' };
const two = ['one', 'two'].map((id) => ({ id, title }));
/** A question of each type, of which each is asked because of the one before. */
const everyType = Object.keys(QUESTION_TYPES).map((type, at): Question => {
  const isChoice = type.endsWith('choice');
  const when = at % 2 > 0 ? { when: { not: { question: `asked${at - 1}`, in: ['no'] } } } : {};
  const limit = ['text', 'number'].includes(type) && { max: 3 };
  const question = { id: `asked${at}`, title, type: type as Question['type'], required: true };
  return { ...question, ...when, ...limit, ...(isChoice && { options: two }) };
});

const [first, ...others] = forum().categories;
const EVENTS: Readonly<Record<string, EventDefinition>> = {
  ...Object.fromEntries(readdirSync('events').map((name) => [name, loadEvent(`events/${name}`)])),
  'an event that asks for needs': forum(careForum()),
  'an event with every type of question': forum({ questions: everyType }),
  'an event with one day, mode and language, for one country that it added': forum({
    languages: ['km'],
    days: forum().days.slice(0, 1),
    modes: forum().modes.slice(0, 1),
    categories: first ? [{ ...first, countries: ['XA'] }] : [],
    countries: { added: [{ code: 'XA', title }], leftOut: ['KH', 'TH'] },
    featuredCountries: { title, codes: [] },
    sessions: [],
  }),
  'an event of sessions at the same time': forum({
    sessions: forum().sessions.map((session) => ({ ...session, signUp: true, start: '09:00', end: '17:00' })),
  }),
};

const rulesOf = (event: EventDefinition): EventDefinition<string> => splitTexts(event).rules;
/** As the console reads it. */
const shown = (event: EventDefinition) => ({ ...rulesOf(event), sessions: openSessions(rulesOf(event)) });

describe('made-up people', () => {
  it.each(Object.entries(EVENTS))('CI16: of %s are registered as they are', (_, event) => {
    const people = [1, 2, Date.parse('2027-11-02T09:00:00Z')].flatMap((seed) => madeUpPeople(shown(event), 50, seed));
    for (const person of people) {
      const { email } = checkSpoken(rulesOf(event), spokenRegistration.parse(person), 'en');
      expect(email).toMatch(/^made-up-[a-z0-9-]+@rehearsal\.invalid$/);
    }
    expect(new Set(people.map(({ email }) => email)).size).toBe(150);
  });

  it('CI16: take every group, mode and day of an event, and names in scripts of the region', () => {
    const people = madeUpPeople(shown(forum()), 50, 7);
    const all = (of: (person: (typeof people)[number]) => readonly string[]) => new Set(people.flatMap(of));
    expect(all(({ category }) => [category]).size).toBe(others.length + 1);
    expect(all(({ mode }) => [mode]).size).toBe(2);
    expect(all(({ days }) => [days.join()]).size).toBe(3);
    expect(all(({ country }) => [country]).size).toBeGreaterThan(5);
    const letters = people.map(({ fullName, nativeName = '' }) => fullName + nativeName).join('');
    for (const script of ['Khmer', 'Thai', 'Lao', 'Myanmar', 'Tamil', 'Han', 'Latin'])
      expect(letters).toMatch(new RegExp(`\\p{Script=${script}}`, 'u'));
  });

  it('CI16: are the same of one seed, and others of the next', () => {
    const [one, same, other] = [5, 5, 6].map((seed) => madeUpPeople(shown(forum()), 10, seed));
    expect(same).toEqual(one);
    expect(other?.map(({ email }) => email)).not.toContain(one?.[0]?.email);
    expect(other?.map(({ fullName }) => fullName)).not.toEqual(one?.map(({ fullName }) => fullName));
  });
});
