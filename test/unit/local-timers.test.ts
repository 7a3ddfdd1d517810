import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TIMERS } from '../../functions/manifests.ts';
import type { Functions } from '../../local/functions.ts';
import { startTimers } from '../../local/timers.ts';
import { DO_DUE_JOBS } from '../support/timers.ts';

const everyMs = (wanted: string): number => {
  const timer = TIMERS.find(({ name }) => name === wanted);
  if (timer === undefined) throw new Error(`no timer ${wanted}`);
  return timer.everyMinutes * 60_000;
};
const SWEEP_MS = everyMs('OutboxSweep');
const DUE_JOBS_MS = everyMs('JobTimer');
const HOUSEKEEPING_MS = everyMs('HousekeepingTimer');

const calls: { readonly name: string; readonly event: object }[] = [];
const functionOf = (name: string) => ({
  invoke: async (event: unknown) => void calls.push({ name, event: Object(event) }),
});
/** Of those that time calls; no other is looked up. */
const functions = Object.fromEntries(['outbox', 'housekeeping', 'care'].map((name) => [name, functionOf(name)]));
const timed = (): string[] =>
  calls.splice(0).map(({ name, event }) => ('timer' in event ? `${name} ${event.timer}` : name));

// Nothing else of this process, such as what another file still waits for, is to live through half an hour in a moment.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

it('time calls each function, what is due is looked for before it is held, and nothing is called until it goes on', async () => {
  const timers = startTimers(functions as unknown as Functions, () => undefined);
  const atOnce = timed();
  expect(atOnce).toContain(`housekeeping ${DO_DUE_JOBS.timer}`);
  await vi.advanceTimersByTimeAsync(HOUSEKEEPING_MS);
  expect(timed().filter((each) => each === 'outbox')).toHaveLength(HOUSEKEEPING_MS / SWEEP_MS);
  const held = await timers.hold(async () => {
    expect(timed().sort()).toEqual([`housekeeping ${DO_DUE_JOBS.timer}`, 'outbox']);
    await vi.advanceTimersByTimeAsync(2 * HOUSEKEEPING_MS);
    return timed();
  });
  expect(held).toEqual([]);
  await vi.advanceTimersByTimeAsync(DUE_JOBS_MS);
  expect(timed()).toContain('outbox');
  await expect(timers.hold(() => Promise.reject(new Error('a test failed')))).rejects.toThrow('a test failed');
  timed();
  await vi.advanceTimersByTimeAsync(DUE_JOBS_MS);
  expect(timed()).toContain('outbox');
  await timers.stop();
  await vi.advanceTimersByTimeAsync(HOUSEKEEPING_MS);
  expect(timed()).toEqual([]);
});
