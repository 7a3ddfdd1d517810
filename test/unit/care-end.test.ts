import { expect, it } from 'vitest';
import { careDays, careEnd, eventEnd, retentionEnd } from '../../shared/event/event-times.ts';
import { forum } from '../support/forum.ts';

const DAY = 24 * 60 * 60;

it.each([
  [{ registrationDays: 180, careDays: 60 }, 60],
  [{ registrationDays: 180 }, 30],
  [{ registrationDays: 20 }, 20],
  [{ registrationDays: 20, careDays: 60 }, 20],
])('what people need is kept no longer than their registrations: %j', (retention, days) => {
  const event = forum({ retention });
  expect(careDays(event)).toBe(days);
  expect(careEnd(event)).toBe(eventEnd(event).getTime() / 1000 + days * DAY);
});

it('what people need is kept as long as their registrations while nobody knows when the event takes place', () => {
  const event = forum({ status: 'postponed', retention: { registrationDays: 180, careDays: 30 } });
  expect(careDays(event)).toBe(180);
  expect(careEnd(event)).toBe(retentionEnd(event));
});
