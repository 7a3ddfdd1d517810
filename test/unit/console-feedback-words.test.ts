import { beforeAll, describe, expect, it } from 'vitest';
import { answeredText, mayAnswerText, rateText } from '../../web/console/feedback/form.ts';
import { fetchWords } from '../../web/console/words.ts';

beforeAll(() => fetchWords('feedback'));

describe('how many answered', () => {
  it.each([
    [150, 200, '150 of 200, 75 %', '150 people answered, of 200 who came (75 %).'],
    [200, 200, '200 of 200, 100 %', '200 people answered, of 200 who came (100 %).'],
    [15, undefined, '–', '15 people answered.'],
    [15, 0, '–', '15 people answered.'],
    [0, 19, '–', '0 people answered, of 19 who came (0 %).'],
    [15, 14, '–', '15 people answered. Fewer are counted as having come, so that no share is shown.'],
  ])('is a share of those who came, never of more than all of them: %i of %s', (answers, attended, of, told) => {
    expect(rateText(answers, attended)).toBe(of);
    expect(answeredText(answers, attended)).toBe(told);
  });
});

describe('who may answer', () => {
  const door = (people: number, scanned: number, isAtLeast = false) => ({ people, scanned, isAtLeast });
  const day = (people: number, isAtLeast = false) => ({ people, isAtLeast });

  it.each([
    [door(3, 3), day(212), 'Whoever was scanned at its door: 3 people. 212 people came that day.'],
    [door(1, 1), day(212, true), 'Whoever was scanned at its door: 1 person. At least 212 people came that day.'],
    [door(7, 7, true), day(7, true), 'Whoever was scanned at its door: at least 7 people.'],
    [door(40, 0), day(40), 'Whoever joined it online: 40 people.'],
    [door(41, 1), day(41), 'Whoever was scanned at its door or joined it online: 41 people, 1 of them scanned.'],
    [door(0, 0), day(0), 'Whoever was scanned at its door or joined it online: nobody so far.'],
  ])('is said of a door', (at, on, told) => {
    expect(mayAnswerText({ by: 'door', door: at, day: on })).toBe(told);
  });

  it.each([
    [door(0, 0), day(0), 'Everyone who comes that day: nobody has so far.'],
    [door(40, 0), day(212), 'Everyone who came that day: 212 people. Nobody was scanned at its door.'],
    [
      door(1, 1),
      day(1212, true),
      'Everyone who came that day: at least 1,212 people. 1 of them was scanned at its door.',
    ],
    [door(3, 3), day(212), 'Everyone who came that day: 212 people. 3 of them were scanned at its door.'],
  ])('is said of a day', (at, on, told) => {
    expect(mayAnswerText({ by: 'day', door: at, day: on })).toBe(told);
  });
});
