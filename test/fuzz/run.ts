/**
 * Sends every route what the contract allows: thousands of requests, a few of each route in one event after another.
 *
 *     npm run fuzz                          10,000 of each route (of those that only read, 2,500), from another seed each time
 *     npm run fuzz -- --runs 8 --seed 17    what failed with seed 17, once more
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } });
const { runs = '10000', seed = String(Math.floor(Date.now() / 1000)) } = values;
console.log(`npm run fuzz -- --runs ${runs} --seed ${seed}`);
const { status } = spawnSync(
  'npx',
  ['vitest', 'run', '--project', 'integration', '--bail', '1', 'test/integration/fuzz-allowed.test.ts'],
  { stdio: 'inherit', env: { ...process.env, FUZZ_RUNS: runs, FUZZ_SEED: seed } },
);
process.exitCode = status ?? 1;
