import { describe, expect, it } from 'vitest';
import type { Counted } from '../../shared/checkin/attendance/attendance.store.ts';
import { sessionListId, usualList, usualLists } from '../../shared/checkin/list/list.ts';
import { EVENT_FORM } from '../../shared/feedback/form/form.ts';
import { mayAnswer } from '../../shared/feedback/result/attended.case.ts';
import { forum } from '../support/site-pages.ts';

const event = forum('en');
const DETECTION = { id: 'session-detection', session: 'detection' };
const [DAY, DOOR] = ['day-day-2', sessionListId('detection')];
const lists = [...usualLists(event), usualList(DOOR, { kind: 'session', session: 'detection' })];

const many = (list: string, came: number, change: Partial<Counted> = {}): Counted => ({
  ...{ list, isOnline: false, category: 'ngo', mode: 'in-person', came },
  ...change,
});
const online = { isOnline: true, mode: 'online' };
const told = (counted: readonly Counted[], form: Parameters<typeof mayAnswer>[0] = DETECTION) =>
  mayAnswer(form, event, { lists, counted });

describe('who may answer about a session, in numbers', () => {
  it('is whoever was at its door once anybody was scanned there, and whoever came that day before', () => {
    expect(told([many(DAY, 212)])).toEqual({
      ...{ by: 'day', isClosed: false },
      door: { people: 0, isAtLeast: false, scanned: 0 },
      day: { people: 212, isAtLeast: false },
    });
    expect(told([many(DAY, 212), many(DOOR, 3)])).toEqual({
      ...{ by: 'door', isClosed: false },
      door: { people: 3, isAtLeast: false, scanned: 3 },
      day: { people: 212, isAtLeast: true },
    });
  });

  it('is what an organiser said, with the same numbers', () => {
    const counted = [many(DAY, 212), many(DOOR, 3)];
    const { by, ...numbers } = told(counted) ?? { by: undefined };
    expect(told(counted, { ...DETECTION, by: 'day' })).toEqual({ by: 'day', set: 'day', ...numbers });
    expect(told(counted, { ...DETECTION, by: 'door' })).toEqual({ by: 'door', set: 'door', ...numbers });
  });

  it('says apart who joined it online, which makes no door scanned', () => {
    expect(told([many(DOOR, 40, online)])).toMatchObject({ by: 'day', door: { people: 40, scanned: 0 } });
    expect(told([many(DOOR, 40, online), many(DOOR, 1)])).toMatchObject({
      by: 'door',
      door: { people: 41, scanned: 1 },
    });
  });

  it('counts nobody twice who is on several lists, neither a ticket of nobody nor what was taken back', () => {
    const counted = [
      ...[many(DAY, 6), many(DAY, 2, { category: 'un' }), many(DAY, 9, { category: 'unknown', mode: 'unknown' })],
      ...[many(DOOR, 4), many(DOOR, -1), many(DOOR, 3, { category: 'un' })],
    ];
    expect(told(counted)).toMatchObject({ door: { people: 6, isAtLeast: false }, day: { people: 9, isAtLeast: true } });
  });

  it('is of a closed session fewer than came that day, and is said so', () => {
    expect(told([], { id: 'session-consultation', session: 'consultation' })).toMatchObject({ isClosed: true });
  });

  it('is nothing to be said of the whole event: everyone may who came', () => {
    expect(told([many(DAY, 212)], { id: EVENT_FORM })).toBeUndefined();
  });
});
