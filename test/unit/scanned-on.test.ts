import { expect, it } from 'vitest';
import { type Counted, scannedOn } from '../../shared/checkin/attendance/attendance.store.ts';

const counted = (change: Partial<Counted>): Counted => ({
  ...{ list: 'hall', isOnline: false, category: 'ngo', mode: 'in-person', came: 1 },
  ...change,
});

it('is where people were scanned; where they joined online too only if that is asked', () => {
  const lists = [counted({}), counted({ list: 'stream', isOnline: true })];
  expect([...scannedOn(lists)]).toEqual(['hall']);
  expect([...scannedOn(lists, 'and-online')]).toEqual(['hall', 'stream']);
});

it('is no door at which nobody is left: what one phone counted another took back', () => {
  expect(scannedOn([counted({ came: 1 }), counted({ came: -1 })]).size).toBe(0);
  expect(scannedOn([counted({ came: 2 }), counted({ came: -1 })]).size).toBe(1);
});

it('is no door at which a ticket of nobody alone was scanned', () => {
  expect(scannedOn([counted({ category: 'unknown', mode: 'unknown' })]).size).toBe(0);
});
