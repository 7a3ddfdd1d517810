import { describe, expect, it } from 'vitest';
import { type Opening, open, type Submissions } from '../../bench/hot-counters/opening.ts';
import { percentile } from '../../bench/statistics.ts';
import type { Quota } from '../../shared/event/event.ts';
import { type Counter, type Counters, counterName, countersOf, type Pool } from '../../shared/seats/quota.ts';

const quota = (id: string, capacity: number): Quota => ({ id, title: { en: id, km: 'កូតា' }, capacity, shards: 1 });

/** A smaller run of `npm run bench -- hot-counters`, with the same invariants at each instant. */
const opening: Opening = { seed: 7, people: 240, perSecond: 600, quotas: [quota('room', 160)] };

async function exactly(changed: Partial<Opening>, seats: number) {
  const { people } = { ...opening, ...changed };
  const outcome = await open({ ...opening, ...changed });
  const { books, statuses, inVain } = outcome;
  expect(inVain).toBe(0);
  expect({ oversold: books.oversold, overtaken: books.overtaken, wronglyFull: books.wronglyFull }).toEqual({
    oversold: 0,
    overtaken: 0,
    wronglyFull: 0,
  });
  const taken = Math.min(seats, people - (statuses['cancelled'] ?? 0));
  expect(statuses['confirmed'], JSON.stringify(statuses)).toBe(taken);
  return outcome;
}

describe('RE7: when hundreds come at once, on a database whose transactions conflict', () => {
  it('each seat goes once, to nobody who came later, and nobody is told "full" before the last is gone', async () => {
    const { statuses, books, again, durations } = await exactly({}, 160);
    expect(statuses).toEqual({ confirmed: 160, waitlisted: 80 });
    expect(books.sums.get('room#')).toEqual({ capacity: 160, taken: 160, waiting: 80, open: 0 });
    expect(again).toBe(0);
    expect(percentile(durations, 95)).toBeLessThan(2000);
  });

  it('so it is with three quotas in one transaction', async () => {
    const { statuses, again } = await exactly(
      { quotas: [quota('everyone', 1000), quota('building', 500), quota('room', 160)] },
      160,
    );
    expect(statuses).toEqual({ confirmed: 160, waitlisted: 80 });
    expect(again).toBe(0);
  });

  it.each([1, 2, 3])('with the last seats spread over 64 counters (%i)', async (seed) => {
    // A seat each, and more who want them than there are: everyone has to look around.
    await exactly({ seed, people: 120, perSecond: 300, quotas: [{ ...quota('room', 70), shards: 64 }] }, 70);
  });

  it.each([1, 2, 3])('with seats given back in between, which go to whoever waits (%i)', async (seed) => {
    const { statuses, books } = await exactly({ seed, people: 150, cancelling: 0.3, quotas: [quota('room', 60)] }, 60);
    expect(statuses['cancelled']).toBeGreaterThan(10);
    const sum = books.sums.get('room#');
    expect(sum).toMatchObject({ capacity: 60, taken: statuses['confirmed'], waiting: statuses['waitlisted'] ?? 0 });
  });

  it.each([
    ['from one counter to several', 20, 120],
    ['to more than there were', 60, 130],
    ['where as many counters stay', 60, 70],
    ['to fewer seats than are taken by then', 60, 10],
  ])('while the quota changes %s', async (_, before, after) => {
    const { books, statuses, registeredThen } = await open({
      ...opening,
      ...{ people: 150, perSecond: 60 },
      quotas: [quota('room', before)],
      growing: { after: 1200, capacities: { room: after } },
    });
    expectInUse(registeredThen, 150);
    expect(books.overtaken + books.wronglyFull).toBe(0);
    const sum = books.sums.get('room#');
    expect(sum).toMatchObject({ capacity: after, taken: statuses['confirmed'], waiting: statuses['waitlisted'] ?? 0 });
    if (after > before) expect([books.oversold, statuses['confirmed']]).toEqual([0, Math.min(after, 150)]);
    else expect(sum?.open).toBe(0);
  });
});

describe('RE7: a quota per country whose counters are several', () => {
  const quotas = [{ ...quota('each', 60), per: 'country' as const }];

  it('begins with the first seat, and is as exact', async () => {
    const { statuses, books } = await exactly({ people: 100, quotas }, 60);
    expect(statuses).toEqual({ confirmed: 60, waitlisted: 40 });
    expect(books.sums.get('each#TH')).toEqual({ capacity: 60, taken: 60, waiting: 40, open: 0 });
  });

  it('gives back what is given back, and grows', async () => {
    const growing = { after: 1200, capacities: { each: 90 } };
    const { books, statuses, registeredThen } = await exactly(
      { people: 130, perSecond: 60, cancelling: 0.2, quotas, growing },
      90,
    );
    expectInUse(registeredThen, 130);
    const waiting = statuses['waitlisted'] ?? 0;
    expect(books.sums.get('each#TH')).toMatchObject({ capacity: 90, taken: statuses['confirmed'], waiting });
  });

  it('takes fewer once it is lowered', async () => {
    const growing = { after: 1200, capacities: { each: 30 } };
    const { books, statuses, registeredThen } = await open({ ...opening, people: 100, perSecond: 60, quotas, growing });
    expectInUse(registeredThen, 100);
    expect(books.overtaken + books.wronglyFull).toBe(0);
    const sum = { capacity: 30, taken: statuses['confirmed'], waiting: statuses['waitlisted'] ?? 0, open: 0 };
    expect(books.sums.get('each#TH')).toEqual(sum);
  });
});

/** Some have registered, and others are still to come. */
function expectInUse(registered: number, people: number): void {
  expect(registered).toBeGreaterThan(10);
  expect(registered).toBeLessThan(people - 10);
}

describe('these runs show', () => {
  it('how slow one counter would be', async () => {
    const { answers, again } = await open({ ...opening, counters: 1 });
    expect(answers.length / Math.max(...answers)).toBeLessThan(100);
    expect(again).toBeGreaterThan(0);
  });

  it('who is told "full" by an instance that does not look at the others', async () => {
    const quotas = [{ ...quota('room', 200), shards: 64 }];
    const { books } = await open({ ...opening, people: 100, perSecond: 100, quotas, instead: looksNowhere });
    expect(books.wronglyFull).toBeGreaterThan(0);
  });
});

/** Takes every counter but its own for full. */
const looksNowhere = (submissions: Submissions): Submissions => ({
  ...submissions,
  lookAround: async (_event, pools, known) => new Map([...pools.flatMap((pool) => othersFull(pool, known)), ...known]),
});

function othersFull(pool: Pool, known: Counters): (readonly [string, Counter])[] {
  const own = known.get(counterName({ ...pool, shard: 0 })) ?? [...known.values()][0];
  const split = own?.split;
  if (own === undefined || split === undefined || split.open > 0) return [];
  return countersOf(pool).map((id) => [counterName(id), { ...own, split: { ...split, open: 0, kept: 0 } }] as const);
}
