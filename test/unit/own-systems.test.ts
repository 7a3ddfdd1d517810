import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { OWN_SYSTEMS } from '../e2e/own-systems.ts';

const FOLDER = 'test/e2e/';
const STARTS = /\b(?:startSite|startSystem|startAfterwards|makeCheckout)\(/;

it('only files that say why start a local system of their own; all others share one', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.test.ts'));
  const starting = files.filter((name) => STARTS.test(readFileSync(FOLDER + name, 'utf8')));
  expect(starting.map((name) => name.replace('.test.ts', '')).sort()).toEqual(Object.keys(OWN_SYSTEMS).sort());
});
