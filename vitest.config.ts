import { defineConfig } from 'vitest/config';

const project = (name: string, timeout: number) => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout: timeout, hookTimeout: 60_000 },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', 20_000),
      project('integration', 30_000),
      project('infra', 60_000),
      project('e2e', 60_000),
    ],
  },
});
