import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seeded, simulatedClock } from '../../bench/hot-counters/clock.ts';
import { SimulatedDatabase } from '../../bench/hot-counters/database.ts';
import type { DocumentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { transact } from '../../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { counterLook } from '../../shared/registration/change/change-parts.store.ts';
import { changeCounter, counterKey } from '../../shared/seats/counter.store.ts';
import { poolStore } from '../../shared/seats/pool.store.ts';
import type { Pool } from '../../shared/seats/quota.ts';
import type { CounterChange } from '../../shared/seats/seat-changes.ts';
import { type Parts, startParts } from '../support/parts.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

const change = fc.record({
  shard: fc.nat({ max: 3 }),
  taken: fc.constantFrom<CounterChange['taken']>(-1, 0, 1, 1),
  waiting: fc.constantFrom<CounterChange['waiting']>(-1, 0, 0, 1),
  promoted: fc.boolean(),
  behind: fc.constantFrom(
    undefined,
    { pool: 'room#', passesSeat: true },
    { pool: 'room#', passesSeat: false, openings: 0 },
  ),
  isSplit: fc.constantFrom(true, true, false),
});
const step = fc.oneof(
  { weight: 4, arbitrary: change.filter(({ taken, waiting }) => taken !== 0 || waiting !== 0) },
  { weight: 1, arbitrary: fc.record({ capacity: fc.nat({ max: 6 }), shards: fc.integer({ min: 1, max: 4 }) }) },
);

let courses = 0;
const refusals = { foreseen: 0, seats: 0 };
const patient = { ...realSystem, backOff: async () => undefined };

it('the database of "hot-counters" answers to the expressions on counters as the emulator does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), fc.boolean(), async (steps, isGroup) => {
      courses += 1;
      const eventId = `simulated-${courses}`;
      const group = isGroup ? { group: 'KH' } : {};
      const table = parts.database.tables.registry;
      const clock = simulatedClock();
      const simulated = new SimulatedDatabase(clock, seeded(courses));
      const real = DynamoDBDocumentClient.from(parts.database.client);
      let [version, shards] = [0, 1];
      for (const next of steps) {
        const both = async <T>(work: (client: DocumentClient) => Promise<T>): Promise<void> => {
          const expected = await work(real);
          const working = work(simulated);
          await clock.run();
          expect(await working).toEqual(expected);
        };
        if ('capacity' in next) {
          version += 1;
          shards = Math.max(shards, next.shards);
          const pool: Pool = { quota: 'room', ...group, capacity: next.capacity, shards };
          await both(async (client) => {
            const pools = poolStore({ client, registry: table, system: patient });
            return [...(await pools.read({ id: eventId, version }, [pool]))];
          });
        } else {
          const groupCapacity = isGroup && !next.isSplit ? 3 : undefined;
          const made = { quota: 'room', ...group, ...next, groupCapacity };
          const item = changeCounter(table, eventId, made);
          await both(async (client) => {
            const { foresee } = counterLook(client, table, patient);
            const foreseen = await foresee(eventId, [{ is: 'counter', item, change: made }]);
            const refused = await transact(client, [item], patient);
            // Nobody is kept from what would have been written.
            expect(refused.length).toBeGreaterThanOrEqual(foreseen.length);
            refusals.foreseen += foreseen.length;
            refusals.seats += next.isSplit && next.taken > 0 ? refused.length : 0;
            return refused;
          });
        }
      }
      for (let shard = 0; shard < 4; shard += 1) {
        const Key = counterKey(eventId, { quota: 'room', ...group, shard });
        const { Item } = await real.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
        expect(simulated.read(table, { ...Key })).toEqual(Item);
      }
    }),
    { numRuns: 40 },
  );
  expect(refusals.foreseen).toBeGreaterThan(refusals.seats / 4);
});
