import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Measure } from '../measure.ts';

/** Bytes, gzipped. */
const BUDGET = 69_000;
const ASSETS = 'dist/web/assets';

/** All JavaScript that the check-in app is made of: it keeps every script on the phone, also what few phones run. */
export function checkinSize(): Measure {
  const scripts = readdirSync(ASSETS).filter((name) => /^checkin-.*\.js$/.test(name));
  const sizes = scripts.map((name) => gzipSync(readFileSync(join(ASSETS, name))).length);
  return {
    what: 'scripts of the check-in app, gzip',
    value: sizes.reduce((sum, size) => sum + size, 0),
    unit: 'bytes',
    budget: { atMost: BUDGET },
  };
}
