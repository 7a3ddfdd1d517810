import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { IDLE_HOUR } from '../../bench/cost/estimate.ts';
import { type MeteredDatabase, meterDatabase } from '../../bench/cost/metered-database.ts';
import { TIMERS } from '../../functions/manifests.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { shiftClock } from '../support/shifted-clock.ts';

/* What timers ask of the tables while nobody uses the system, and what each further event adds: `docs/cost.md` reckons with it. */

let parts: Parts;
let meter: MeteredDatabase;
/** The canary tries what people do: it is reckoned apart. */
const IDLE_TIMERS = TIMERS.filter(({ calls }) => calls !== 'canary');
const handlers = new Map<string, (event: object) => Promise<unknown>>();

/** Registration is open, and each day's digest and each month's mail are written. Nights, in which indexes are compared, are few. */
const BEGINS = Date.parse('2027-03-10T05:00:20Z');
const MINUTE = 60_000;

beforeAll(async () => {
  parts = await startParts();
  meter = await meterDatabase(parts.database.endpoint);
  process.env.AWS_ENDPOINT_URL_DYNAMODB = meter.endpoint;
  for (const { calls } of IDLE_TIMERS) {
    const { handler } = await import(`../../functions/${calls}/index.ts`);
    handlers.set(calls, handler);
  }
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await meter?.stop();
  await parts?.stop();
});

/**
 * Calls timers as often as they are due from one minute to another, which begin with `BEGINS`.
 *
 * @param only some of them, and each but once in five minutes: what an event causes when it is new is over sooner
 * @returns what was asked by each
 */
async function pass(from: number, to: number, only?: readonly string[]) {
  const asked = new Map<string, { reads: number; writes: number }>();
  for (let minute = from; minute < to; minute += 1) {
    shiftClock(BEGINS + minute * MINUTE - Date.now());
    const due = IDLE_TIMERS.filter(({ name, everyMinutes }) =>
      only === undefined
        ? minute % everyMinutes === 0
        : only.includes(name) && minute % Math.max(5, everyMinutes) === 0,
    );
    for (const { name, calls, input } of due) {
      meter.take();
      const event = input ?? { id: randomUUID(), source: 'aws.events' };
      await asFunction(calls, async () => handlers.get(calls)?.(event));
      const before = asked.get(name) ?? { reads: 0, writes: 0 };
      for (const { operation, readUnits, writeUnits } of meter.take()) {
        before.reads += operation === 'Scan' ? Math.max(readUnits, SCAN) : readUnits;
        before.writes += writeUnits;
      }
      asked.set(name, before);
    }
  }
  return asked;
}

/** Units of a scan that finds nothing: half of one for each of the four partitions that a new table has, while the emulator has one. */
const SCAN = 2;

const sum = (asked: Awaited<ReturnType<typeof pass>>, what: 'reads' | 'writes') =>
  [...asked.values()].reduce((all, each) => all + each[what], 0);

it('an idle hour takes what `docs/cost.md` reckons with, and each further event little of it', {
  timeout: 120_000,
}, async () => {
  await parts.publish(forum({ id: 'idle' }));
  await pass(-65, 0, ['HousekeepingTimer', 'JobTimer']);
  await pass(-10, 0);
  const printed = [vi.spyOn(console, 'log'), vi.spyOn(process.stdout, 'write')];
  const one = await pass(0, 60);
  const lines = printed.flatMap(({ mock }) => mock.calls.map(([line]) => String(line)));
  for (const spy of printed) spy.mockRestore();
  // A metric of ours is paid for in each hour in which something is counted.
  expect(lines.filter((line) => line.includes('"_aws"'))).toEqual([]);
  for (const what of ['reads', 'writes'] as const) {
    expect(sum(one, what)).toBeLessThanOrEqual(IDLE_HOUR[what]);
    expect(sum(one, what)).toBeGreaterThan(0.8 * IDLE_HOUR[what]);
  }
  await parts.publish(forum({ id: 'idle-too' }));
  await pass(60, 125, ['HousekeepingTimer', 'JobTimer']);
  const two = await pass(135, 195, ['HousekeepingTimer']);
  const more = (two.get('HousekeepingTimer')?.reads ?? 0) - (one.get('HousekeepingTimer')?.reads ?? 0);
  // Of a quarter of an hour: 21 lists of seats, half a unit each, whether rules are the same, and whether anyone waits.
  expect(more / 4).toBeLessThan(30);
});
