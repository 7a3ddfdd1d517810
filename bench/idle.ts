import { randomUUID } from 'node:crypto';
import { MANIFESTS, TIMERS } from '../functions/manifests.ts';
import { forum } from '../test/support/forum.ts';
import { startParts } from '../test/support/parts.ts';
import { asFunction } from '../test/support/permissions.ts';
import { IDLE_CALL } from './cost/estimate.ts';
import { newInstance } from './cost/instance.ts';
import { meterDatabase } from './cost/metered-database.ts';
import type { Measure } from './measure.ts';
import { percentile } from './statistics.ts';

const ROUNDS = 20;
const WARM_UP = 5;
/** Milliseconds until what follows a publication is done. */
const PUBLISHED = 16_000;

/**
 * How long calls of timers take while nothing is to be done: an event is published, and nobody registers. What they ask for in an hour,
 * `idle-hour.test.ts` says.
 */
export async function idle(): Promise<Measure[]> {
  const parts = await startParts();
  const meter = await meterDatabase(parts.database.endpoint);
  process.env.AWS_ENDPOINT_URL_DYNAMODB = meter.endpoint;
  try {
    await parts.publish(forum({ id: 'idle' }));
    // What is kept of care follows a publication, until nobody registers by the definition before.
    const care = (await newInstance('care', randomUUID())) as unknown as (event: object) => Promise<unknown>;
    for (let time = 0; time < 2; time += 1) {
      await asFunction('care', () => care({ timer: 'follow-events' }));
      await new Promise((resolve) => setTimeout(resolve, PUBLISHED));
    }
    const measures: Measure[] = [];
    const all = { gbSeconds: 0, gb: 0 };
    for (const { name, calls, everyMinutes, input } of TIMERS) {
      // It does as people do, and waits for a mail: `docs/cost.md` reckons it apart.
      if (calls === 'canary') continue;
      const handler = (await newInstance(calls, randomUUID())) as unknown as (event: object) => Promise<unknown>;
      const times: number[] = [];
      for (let round = -WARM_UP; round < ROUNDS; round += 1) {
        if (round === 0) meter.take();
        const began = performance.now();
        await asFunction(calls, () => handler(input ?? { source: 'aws.events' }));
        if (round >= 0) times.push(performance.now() - began);
      }
      const reads = meter.take().reduce((sum, { readUnits }) => sum + readUnits, 0) / ROUNDS;
      const median = percentile(times, 50);
      measures.push(
        { what: `${name}, nothing to do`, value: median, unit: 'ms' },
        { what: `${name}, nothing to do`, value: reads, unit: 'read units' },
      );
      const gb = MANIFESTS[calls].memory / 1024 / everyMinutes;
      all.gbSeconds += (gb * median) / 1000;
      all.gb += gb;
    }
    return [
      ...measures,
      {
        what: 'a call of any timer',
        value: (1000 * all.gbSeconds) / all.gb,
        unit: 'ms',
        budget: { atMost: 1000 * IDLE_CALL.seconds },
      },
    ];
  } finally {
    await meter.stop();
    await parts.stop();
  }
}
