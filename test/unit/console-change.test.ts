import { describe, expect, it } from 'vitest';
import type { PublicEvent } from '../../web/console/desk.ts';
import { changesOf, questionsOf, UNTOUCHED } from '../../web/console/registration/person/change-form.ts';

const question = (id: string, type: string, more: object = {}) => ({ id, type, title: id, required: false, ...more });
const EVENT = {
  questions: [
    question('size', 'choice', { when: { category: ['private-sector'] } }),
    question('staff', 'number', { when: { question: 'size', in: ['small'] } }),
    question('letter', 'yes-no'),
    question('topics', 'multi-choice'),
    question('flight', 'text', { readers: ['protocol'] }),
    question('diet', 'choice', { care: true }),
  ],
} as unknown as PublicEvent;
const ONE = {
  ...{ fullName: 'Somchai Sample', badgeName: 'Somchai Sample', position: 'Clerk', organisation: 'Ministry' },
  ...{ country: 'TH', category: 'academia', mode: 'online', language: 'en', days: ['day-1'], sessions: [] },
  ...{ closedSessions: false, answers: { letter: true }, consents: {} },
} as unknown as Parameters<typeof changesOf>[1];

const asked = (touched = UNTOUCHED, role: 'focal-point' | 'organiser' = 'organiser') =>
  questionsOf(EVENT, [{ role }], ONE, touched).map(([{ id }]) => id);

describe('the form of a change for someone who calls', () => {
  it('sends what differs, and nothing that was put back as it was', () => {
    expect(changesOf(EVENT, ONE, UNTOUCHED)).toEqual({});
    const fields = { position: 'Director', organisation: 'Ministry', badgeName: '', days: ['day-1'], sessions: ['a'] };
    const answers = { letter: 'yes', topics: [] };
    expect(changesOf(EVENT, ONE, { fields, answers })).toEqual({ position: 'Director', sessions: ['a'] });
  });

  it('reads answers as their type takes them, in digits of any script; an emptied one goes', () => {
    const answers = { letter: '', staff: '១២', topics: ['law'], size: 'small' };
    expect(changesOf(EVENT, ONE, { fields: {}, answers }).answers).toEqual({ ...answers, staff: 12 });
    expect(changesOf(EVENT, ONE, { fields: {}, answers: { staff: 'many', letter: 'no' } }).answers).toEqual({
      ...{ staff: 'many', letter: false },
    });
  });

  it('asks what concerns them as the form has them, of whoever reads it, and never what they need', () => {
    expect(asked()).toEqual(['letter', 'topics', 'flight']);
    expect(asked(UNTOUCHED, 'focal-point')).toEqual(['letter', 'topics']);
    const fields = { category: 'private-sector' };
    expect(asked({ fields, answers: {} })).toEqual(['size', 'letter', 'topics', 'flight']);
    expect(asked({ fields, answers: { size: 'small' } })).toEqual(['size', 'staff', 'letter', 'topics', 'flight']);
  });
});
