import { describe, expect, it } from 'vitest';
import { holds } from '../../shared/event/condition.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { splitTexts } from '../../shared/event/event-texts.ts';
import { checkAnswers } from '../../shared/event/questions.ts';
import { checkSubmission, type Submission } from '../../shared/registration/apply/submission.ts';
import { forum, submission } from '../support/forum.ts';

const event: EventDefinition<string> = splitTexts(forum()).rules;
const check = (changes: Record<string, unknown> = {}) => checkSubmission(event, submission(changes) as Submission);
const codes = (result: ReturnType<typeof check>) =>
  'issues' in result ? result.issues.map(({ path, code }) => `${path}: ${code}`) : [];

describe('checkSubmission', () => {
  it('accepts what the form asks for, and fills the badge name', () => {
    expect(check({ badgeName: '' })).toMatchObject({
      application: { badgeName: 'Somchai Sample', days: event.days.map(({ id }) => id) },
    });
  });

  it('reports every field at once, in the order of the form', () => {
    const empty = {
      ageBand: '',
      email: '',
      fullName: '',
      position: '',
      organisation: '',
      country: '',
      category: '',
      mode: '',
      days: [],
      consents: {},
    };
    expect(codes(check(empty))).toEqual([
      'ageBand: required',
      'email: required',
      'fullName: required',
      'position: required',
      'organisation: required',
      'category: required',
      'country: required',
      'mode: required',
      'days: no-day',
      'consents.code-of-conduct: not-accepted',
    ]);
  });

  it('asks a company for its size, reach and role, and nobody else', () => {
    expect(codes(check({ category: 'private-sector' }))).toEqual(
      expect.arrayContaining([
        'answers.companySize: required',
        'answers.companyReach: required',
        'answers.companyRole: required',
      ]),
    );
    const academic = check({ category: 'academia', answers: { companySize: 'small' } });
    expect('application' in academic && academic.application.answers).toEqual({});
  });

  it('a Member State representative comes from one of the eleven', () => {
    expect(codes(check({ category: 'member-state', country: 'FR', answers: {} }))).toContain('country: not-offered');
    expect(codes(check({ category: 'member-state', country: 'TL', answers: {} }))).not.toContain(
      'country: not-offered',
    );
    expect(event.featuredCountries.codes).toHaveLength(11);
  });

  it('what every object has is no answer, consent or country', () => {
    for (const name of ['constructor', 'toString', 'hasOwnProperty']) {
      expect(codes(check({ answers: { [name]: 'x' } }))).toEqual([`answers.${name}: unknown-field`]);
      expect(codes(check({ country: name }))).toEqual(['country: unknown-option']);
      expect(codes(check({ category: name }))).toContain('category: unknown-option');
    }
  });

  it('keeps days in the order of the event, each once', () => {
    const days = event.days.map(({ id }) => id);
    expect(check({ days: [...days].reverse().concat(days) })).toMatchObject({ application: { days } });
  });
});

describe('numbers', () => {
  const years = { id: 'years', title: 'Years', type: 'number', required: false } as const;
  it.each([
    [0, true],
    [12.5, true],
    [999_999_999_999_999, true],
    [-1, false],
    [1e17, false],
    [1e-140, false],
    [Number.NaN, false],
  ])('%s is storable: %s', (sent, good) => {
    const { issues } = checkAnswers({ questions: [years] }, { years: sent }, {});
    expect(issues.map(({ code }) => code)).toEqual(good ? [] : ['not-a-number']);
  });
});

describe('holds', () => {
  const facts = { category: 'media', mode: 'online', answers: { a: 'x', many: ['p', 'q'], sure: true } };
  it.each([
    [{ category: ['media'] }, true],
    [{ mode: ['in-person'] }, false],
    [{ question: 'a', in: ['x', 'y'] }, true],
    [{ question: 'many', in: ['q'] }, true],
    [{ question: 'sure', in: ['true'] }, true],
    [{ question: 'missing', in: ['x'] }, false],
    [{ question: 'constructor', in: ['x'] }, false],
    [{ not: { question: 'missing', in: ['x'] } }, true],
    [{ all: [{ category: ['media'] }, { any: [{ mode: ['in-person'] }, { question: 'a', in: ['x'] }] }] }, true],
    [{ all: [{ category: ['media'] }, { not: { mode: ['online'] } }] }, false],
  ])('%j: %s', (condition, expected) => expect(holds(condition, facts)).toBe(expected));
});
