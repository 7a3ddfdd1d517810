/** Switches one mutation on, or none, and notes which of all a file of tests comes by: a setup file of `mutants.config.ts`. */
import { writeFileSync } from 'node:fs';
import { afterAll, expect, inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The mutation that is on; empty where none is. */
    readonly mutation: string;
    /** Where to note what a file comes by: a folder; empty where nothing is to be noted. */
    readonly passed: string;
  }
}

declare global {
  var mutant: (id: string) => boolean;
}

const on = inject('mutation');
const folder = inject('passed');
const passed = new Set<string>();

globalThis.mutant = (id) => {
  passed.add(id);
  return id === on;
};

afterAll(() => {
  const file = expect.getState().testPath ?? '';
  if (folder !== '') writeFileSync(`${folder}/${file.replaceAll('/', '_')}.json`, JSON.stringify([...passed]));
});
