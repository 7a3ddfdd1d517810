import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Measure } from '../measure.ts';

/** Bytes, gzipped. */
const BUDGET = 69_800;
const ASSETS = 'dist/web/assets';

/**
 * All JavaScript that the check-in app is made of: it keeps every script on the phone, also what few phones run; of words, those of the
 * longest language.
 */
export function checkinSize(): Measure {
  const scripts = readdirSync(ASSETS).filter((name) => /^checkin-.*\.js$/.test(name));
  const sizeOf = (name: string): number => gzipSync(readFileSync(join(ASSETS, name))).length;
  const isWords = (name: string): boolean => name.startsWith('checkin-words-');
  const words = scripts.filter(isWords).map(sizeOf);
  const sizes = [...scripts.filter((name) => !isWords(name)).map(sizeOf), Math.max(...words)];
  return {
    what: 'scripts of the check-in app, gzip',
    value: sizes.reduce((sum, size) => sum + size, 0),
    unit: 'bytes',
    budget: { atMost: BUDGET },
  };
}
