import { accessSync, constants, statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { browserWords } from './infra/browser-words.ts';
import { definitionShapes } from './infra/definition-shape.ts';

interface Layer {
  readonly timeout: number;
  /** Layers with the same number run side by side; those that measure or drive a browser wait for the rest. */
  readonly turn: number;
  /** Runs once, before any test's time is counted. */
  readonly setup?: string;
  /**
   * What files that run one after another in the same process share: nothing, since each has its own; `packages`, while modules of
   * ours are evaluated anew; or all modules, where none keeps anything. Either saves a third of the time.
   */
  readonly shares?: 'packages' | 'modules';
  /** Processes beyond one a processor, where tests wait for much of their time: for databases, browsers, timers and what comes by itself. */
  readonly beyond?: number;
  /** Whether its tests ask a database. */
  readonly asks?: true;
}

/**
 * Memory that can be written to like a disk, where there is enough: databases, profiles of browsers and what else tests put among temporary
 * files would keep a test waiting for the disk at each write, which is longer than the write takes.
 */
function inMemory(): Readonly<Record<string, string>> {
  const folder = '/dev/shm';
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    // Containers have 64 MB, unless they are told otherwise.
    return bavail * bsize > 4e9 ? { TMPDIR: folder } : {};
  } catch {
    return {};
  }
}

const layer = (name: string, { timeout, turn, setup, shares, beyond = 0, asks }: Layer) => ({
  plugins: [browserWords(), definitionShapes()],
  test: {
    name,
    ...(setup !== undefined && { globalSetup: setup }),
    setupFiles: [
      shares === 'packages' ? 'test/support/as-if-alone.ts' : 'test/support/same-environment.ts',
      'test/support/same-draws.ts',
      'test/support/quiet-console.ts',
      ...(asks ? ['test/support/unsigned.ts'] : []),
    ],
    include: [`test/${name}/**/*.test.ts`],
    isolate: shares === undefined,
    // Limits end what hangs. They are no measure: on a busy machine everything takes several times as long.
    testTimeout: timeout,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 120_000 } },
    // What a list of faults holds is said also where messages are printed alone.
    chaiConfig: { truncateThreshold: 1000 },
    // One processor is not kept free for the runner: it sleeps while tests wait for what they started.
    maxWorkers: availableParallelism() + beyond,
    sequence: { groupOrder: turn },
    env: {
      ...inMemory(),
      // The database looks for work for each of its threads: by the clock, two of them took 3 to 4 % longer than one.
      TOKIO_WORKER_THREADS: '1',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      // Powertools writes by way of the console that tests listen to, and counts all the same.
      ...{ POWERTOOLS_DEV: 'true', POWERTOOLS_METRICS_DISABLED: 'false' },
    },
  },
});

/** Files that take longest. Without times of earlier runs vitest begins with what is longest to read, which these are not. */
const LONG = [
  'unit/ticket-fuzz',
  'infra/synth',
  'integration/attendance-index',
  'integration/feedback-linking',
  'integration/who-came',
  'integration/game-day',
  'integration/feedback-double-spend',
  'integration/seats-properties',
  'integration/sending-faults',
  'e2e/restart',
  'e2e/rush',
  'e2e/site-sweep-english',
  'e2e/site-sweep-khmer',
  'e2e/young',
  'e2e/console-sweep',
  'e2e/console-children',
  'e2e/check-in-hard-frames',
];

/** Begins with the files that take longest: begun last, one would keep a single processor busy for minutes. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.some((name) => moduleId.endsWith(`/${name}.test.ts`));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    projects: [
      layer('unit', { timeout: 120_000, turn: 0, shares: 'modules' }),
      layer('infra', { timeout: 300_000, turn: 0, shares: 'modules' }),
      layer('integration', { timeout: 240_000, turn: 1, shares: 'packages', beyond: 1, asks: true }),
      layer('e2e', { timeout: 300_000, turn: 2, shares: 'modules', setup: 'test/e2e/setup.ts', beyond: 1, asks: true }),
    ],
  },
});
