import { expect, it } from 'vitest';
import type { Quota } from '../../shared/event/event.ts';
import { attackRate } from '../../shared/mail/limits/watch-for-attack.case.ts';
import { forum } from '../support/forum.ts';

const quota = (capacity: number, changes: Partial<Quota> = {}): Quota => ({
  id: `q${capacity}`,
  title: { en: 'q' },
  capacity,
  shards: 1,
  ...changes,
});
const { attackRate: _, ...registration } = forum().registration;
const rateOf = (...quotas: Quota[]) => attackRate({ registration, quotas });

it('AB4: an attack is more than all who want a seat can cause in the minute in which registration opens', () => {
  expect(rateOf(quota(400), quota(3000))).toBe(12_000);
  expect([rateOf(), rateOf(quota(20)), rateOf(quota(150)), rateOf(quota(151))]).toEqual([600, 600, 600, 604]);
  expect(rateOf(quota(1_000_000))).toBe(60_000);
});

it('AB4: a limit of each organisation or country says nothing of how many come', () => {
  expect(rateOf(quota(5000, { per: 'country' }), quota(200))).toBe(800);
});

it('AB4: what the definition names holds, whatever its quotas', () => {
  expect(attackRate({ registration: { ...registration, attackRate: 12 }, quotas: [quota(3000)] })).toBe(12);
});
