import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import type { TestSpecification } from 'vitest/node';
import { placesOf } from './chosen.ts';
import { withSwitches } from './mutations.ts';
import { CHOSEN } from './paths.ts';

const places = placesOf(JSON.parse(readFileSync(CHOSEN, 'utf8')));

/** Tests of the unit layer, over rules of which each chosen mutation can be switched on. */
export default defineConfig({
  plugins: [
    {
      name: 'mutants',
      enforce: 'pre',
      transform(source, id) {
        const mutations = places.get(id);
        return mutations && { code: withSwitches(source, mutations), map: null };
      },
    },
  ],
  test: {
    setupFiles: ['test/support/as-if-alone.ts', 'test/mutants/setup.ts', 'test/support/same-draws.ts'],
    include: ['test/unit/**/*.test.ts'],
    // They hold what is stored and kept while code moves, and no rule.
    exclude: ['item-corpus', 'kept-phones', 'mutants'].map((name) => `test/unit/**/${name}.test.ts`),
    isolate: false,
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    silent: true,
    // As they are asked for: the fastest first.
    sequence: {
      sequencer: class {
        shard = async (files: TestSpecification[]) => files;
        sort = async (files: TestSpecification[]) => files;
      },
    },
  },
});
