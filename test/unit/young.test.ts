import { describe, expect, it } from 'vitest';
import { eventStart } from '../../shared/event/event-times.ts';
import { answerBy, checkYoung, remindersAt } from '../../shared/minors/young.ts';
import { forum } from '../support/site-pages.ts';

const DAY = 24 * 60 * 60 * 1000;
const EVENT = forum('en');
const START = eventStart(EVENT);
const beforeStart = (days: number): Date => new Date(START.getTime() - days * DAY);
const daysAfter = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / DAY;

describe('CS4: until when an answer is awaited', () => {
  it.each([
    ['by mail', false, 14],
    ['on paper', true, 30],
  ])('%s, of an event that is far away: the days that it says', (_, onPaper, days) => {
    const now = beforeStart(100);
    expect(daysAfter(now, answerBy(EVENT, now, onPaper))).toBe(days);
  });

  it.each([
    ['by mail', false],
    ['on paper', true],
  ])('%s: never longer than until the event begins', (_, onPaper) => {
    expect(answerBy(EVENT, beforeStart(5), onPaper)).toEqual(START);
  });
});

describe('CS3: when a guardian is reminded', () => {
  it.each([
    [100, [3, 10]],
    [10, [3]],
    [3, []],
  ])('%i days before the event: after %j days', (days, reminded) => {
    const now = beforeStart(days);
    expect(remindersAt(now, answerBy(EVENT, now)).map((at) => daysAfter(now, at))).toEqual(reminded);
  });
});

describe('CS3: whom someone under 18 names as their guardian', () => {
  const named = (email: string) => {
    const guardian = { name: 'Vanna Sample', email, language: 'km' };
    const result = checkYoung(EVENT, { name: 'Dara', email: 'dara.sample@gmail.com', language: 'en', guardian });
    return 'issues' in result ? result.issues : [];
  };

  it.each(['dara.sample@gmail.com', 'Dara.Sample@GMAIL.com', 'dara.sample+mum@gmail.com', 'darasample@googlemail.com'])(
    'is not themselves: %s',
    (email) => {
      expect(named(email)).toEqual([{ path: 'guardian.email', code: 'same-address' }]);
    },
  );

  it('may be someone at the same provider', () => {
    expect(named('vanna.sample@gmail.com')).toEqual([]);
  });
});
