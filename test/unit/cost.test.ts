import { expect, it } from 'vitest';
import { ATTENDEE, eventCost, total } from '../../bench/cost/estimate.ts';
import { costSoFar, DEEDS, PRICES } from '../../shared/kernel/cost.ts';

const OPENS = new Date('2027-01-01T00:00:00Z');
const after = (days: number): Date => new Date(OPENS.getTime() + days * 86_400_000);

it('what an event cost so far is what was counted by what each costs', () => {
  const { mail, scan, register, prove, page, change } = DEEDS;
  const [people, mails, scans] = [200, 700, 30];
  const { months, parts, total: all } = costSoFar({ people, mails, scans }, OPENS, after(73));
  expect(months).toBeCloseTo(2.4);
  const reads = people * (register.reads + prove.reads + change.reads + 12 * page.reads) + mails * mail.reads;
  const writes = people * (register.writes + prove.writes + change.writes) + mails * mail.writes;
  expect(parts.units).toBeCloseTo(
    PRICES.reads * (reads + scans * scan.reads) + PRICES.writes * (writes + scans * scan.writes),
  );
  // A mail is 0.10 USD for a thousand, and 25 KB of which a gigabyte is 0.12.
  expect(parts.mail).toBeCloseTo(700 * 0.0001 + (700 * 25_000 * 0.12) / 1024 ** 3);
  expect(parts.requests).toBeCloseTo(((200 * 15 + 30) * 1.25) / 1e6);
  expect(parts.kept).toBeCloseTo((2.4 * 200 * 15_000 * (0.285 + 0.228)) / 1024 ** 3);
  expect(all).toBeCloseTo(Object.values(parts).reduce((sum, each) => sum + each, 0));
});

it('of an event that all went through it is what was estimated, but for forms, phones and lists', () => {
  const people = 1_000;
  const { total: all } = costSoFar({ people, mails: 5 * people, scans: 4 * people }, OPENS, after(182.5));
  const estimated = total(eventCost(people), 'full');
  expect(all).toBeLessThan(estimated);
  expect(all).toBeGreaterThan(0.9 * estimated);
  expect(ATTENDEE.map(([, { times }]) => times)).toEqual([1, 1, 5, 12, 1, 4, 1]);
});

it('nothing costs nothing, and before registration opens nothing is kept for any time', () => {
  expect(costSoFar({ people: 0, mails: 0, scans: 0 }, OPENS, after(30)).total).toBe(0);
  expect(costSoFar({ people: 1, mails: 1, scans: 0 }, OPENS, after(-30))).toMatchObject({
    months: 0,
    parts: { kept: 0 },
  });
});
