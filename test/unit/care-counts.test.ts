import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AttendeeNeeds,
  careCounts,
  comesInPerson,
  hasOwnNeed,
  inSum,
  needsAskedOf,
} from '../../shared/care/care-needs.ts';
import type { CareAnswers } from '../../shared/event/questions.ts';
import { forum, registration } from '../support/site-pages.ts';

const event = forum('en');

describe('what is counted for whoever cooks', () => {
  it('counts each choice on each day, and everyone who comes', () => {
    const comers: AttendeeNeeds[] = [
      { days: ['day-1', 'day-2'], answers: { diet: ['vegan', 'no-nuts'], access: 'captions' } },
      { days: ['day-2'], answers: { diet: ['vegan'] } },
      { days: ['day-1'], answers: {} },
    ];
    const { people, questions } = careCounts(event, comers);
    expect(people).toEqual({ 'day-1': 2, 'day-2': 2 });
    expect(questions.map(({ id }) => id)).toEqual(['diet']);
    const options = Object.fromEntries(questions.flatMap((each) => each.options.map((of) => [of.id, of.people])));
    expect(options).toMatchObject({
      vegan: { 'day-1': 1, 'day-2': 2 },
      'no-nuts': { 'day-1': 1, 'day-2': 1 },
      halal: { 'day-1': 0, 'day-2': 0 },
    });
  });

  it('never counts more for a choice than people come', () => {
    const options = event.questions.find(({ id }) => id === 'diet')?.options?.map(({ id }) => id) ?? [];
    const comer = fc.record({
      days: fc.subarray(event.days.map(({ id }) => id)),
      answers: fc.record({ diet: fc.subarray(options) }),
    });
    fc.assert(
      fc.property(fc.array(comer), (comers) => {
        const { people, questions } = careCounts(event, comers);
        for (const option of questions.flatMap((each) => each.options))
          for (const [day, count] of Object.entries(option.people))
            expect(count).toBeLessThanOrEqual(people[day] ?? -1);
        const chosen = comers.reduce((sum, { days, answers }) => sum + days.length * answers.diet.length, 0);
        const counted = questions.flatMap((each) => each.options.flatMap((option) => Object.values(option.people)));
        expect(counted.reduce((sum, each) => sum + each, 0)).toBe(chosen);
      }),
    );
  });

  it('counts no option that an object merely has', () => {
    const [question] = careCounts({ ...event, questions: event.questions.map(named('constructor')) }, [
      { days: ['day-1'], answers: {} },
    ]).questions;
    expect(question?.options.every(({ people }) => Object.values(people).every((count) => count === 0))).toBe(true);
  });

  it.each([
    ['confirmed', 'in-person', true],
    ['confirmed', 'online', false],
    ['waitlisted', 'in-person', false],
    ['pending-approval', 'in-person', false],
    ['cancelled', 'in-person', false],
  ] as const)('someone %s, %s: %s', (status, mode, counts) => {
    expect(comesInPerson({ status, mode })).toBe(counts);
  });
});

const named =
  (id: string) =>
  (question: (typeof event.questions)[number]): (typeof event.questions)[number] =>
    question.id === 'diet' ? { ...question, id } : question;

describe('what is arranged for one person', () => {
  it.each([
    [{ diet: ['vegan'] }, false],
    [{ diet: ['vegan'], access: 'captions' }, true],
    [{ foodNote: 'no chilli' }, true],
    [{ dropped: 'of a question that the event no longer has' }, true],
  ])('%j: %s', (answers, expected) => {
    expect(hasOwnNeed(event, { answers })).toBe(expected);
  });
});

describe('which needs someone is asked for', () => {
  const asked = (mode: 'in-person' | 'online') => needsAskedOf(event, registration({ mode })).map(({ id }) => id);

  it('asks for food only those who come, and for access everyone', () => {
    expect(asked('in-person')).toEqual(['diet', 'foodNote', 'access']);
    expect(asked('online')).toEqual(['access']);
  });

  it('leaves the condition of a need that depends on another', () => {
    const note = { ...event, questions: event.questions.map(onDiet) };
    const [, foodNote] = needsAskedOf(note, registration({ mode: 'in-person' }));
    expect(foodNote).toMatchObject({ id: 'foodNote', when: { question: 'diet', in: ['vegan'] } });
  });
});

const onDiet = (question: (typeof event.questions)[number]): (typeof event.questions)[number] =>
  question.id === 'foodNote' ? { ...question, when: { question: 'diet', in: ['vegan'] } } : question;

describe('what holds in sum', () => {
  const sum = (answers: CareAnswers, ...added: CareAnswers[]) => inSum(event, { answers, added });

  it.each<[string, CareAnswers, CareAnswers[], CareAnswers]>([
    ['an old item', { diet: ['vegan'] }, [], { diet: ['vegan'] }],
    ['choices, each once', { diet: ['vegan'] }, [{ diet: ['halal', 'vegan'] }], { diet: ['vegan', 'halal'] }],
    ['texts', { foodNote: 'no nuts' }, [{ foodNote: 'no chilli' }], { foodNote: 'no nuts\n\nno chilli' }],
    ['a text that is sent twice', {}, [{ foodNote: 'no nuts' }, { foodNote: 'no nuts' }], { foodNote: 'no nuts' }],
    ['a question that is gone', { gone: 'a' }, [{ gone: 'b' }], { gone: 'a\n\nb' }],
    ['one that became another type', { diet: 'vegan' }, [{ diet: ['halal'] }], { diet: ['halal'] }],
    ['what every object has', {}, [{ constructor: 'x' }], { constructor: 'x' }],
  ])('of %s', (_, answers, added, expected) => {
    expect(sum(answers, ...added)).toEqual(expected);
  });

  it('has the last of what has one answer only', () => {
    const one = { ...event, questions: event.questions.map((each) => (each.id === 'access' ? YES_NO : each)) };
    expect(inSum(one, { answers: { access: true }, added: [{ access: false }] })).toEqual({ access: false });
    expect(inSum(one, { answers: { access: false }, added: [{ diet: ['vegan'] }] })).toMatchObject({ access: false });
  });
});

const YES_NO = { id: 'access', type: 'yes-no', care: true, required: false, title: 'Signs' } as const;
