import { defineConfig } from 'vitest/config';

/** Files of the integration layer that write no items which others do not, and take long. */
const LEFT_OUT = [
  'document*',
  'feedback-races',
  'feedback-steps',
  'fuzz-*',
  'local-*',
  'log*',
  'registration-cost',
  'route*',
  'seats-properties',
  'simulated-database',
  'young-properties',
];

export default defineConfig({
  test: {
    setupFiles: ['test/support/as-if-alone.ts', 'test/items/record.ts', 'test/support/same-draws.ts'],
    include: ['test/integration/**/*.test.ts', 'test/items/flows.test.ts'],
    exclude: LEFT_OUT.map((name) => `test/integration/${name}.test.ts`),
    isolate: false,
    testTimeout: 480_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 120_000 } },
    maxWorkers: 2,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    silent: !process.env['LOUD'],
  },
});
