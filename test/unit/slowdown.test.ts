import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { leastOf, slowdown, unloaded } from '../support/best-of.ts';

/** Milliseconds on the clock of so much work as the processor does in 50. */
async function work(): Promise<number> {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  for (let spent = 0; spent < 50_000; ) {
    const { user, system } = process.cpuUsage(before);
    spent = user + system;
  }
  return performance.now() - begun;
}

it('of a busy machine is told, and taken from what is measured there', async () => {
  // Each ends by itself, should nobody end it.
  const busy = Array.from({ length: 3 * availableParallelism() }, () =>
    spawn('sh', ['-c', 'i=0; while [ $i -lt 30000000 ]; do i=$((i+1)); done'], { stdio: 'ignore' }),
  );
  try {
    // Until they all have begun.
    for (let times = 0; times < 100 && slowdown() < 2; times += 1) await sleep(50);
    expect(Math.max(...Array.from({ length: 20 }, slowdown))).toBeGreaterThan(1.2);
    expect(await leastOf(() => unloaded(work), 100, 40)).toBeLessThanOrEqual(100);
  } finally {
    for (const each of busy) each.kill();
  }
});

it('is never less than none', () => expect(slowdown()).toBeGreaterThanOrEqual(1));
