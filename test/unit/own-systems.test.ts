import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { OWN_SYSTEMS } from '../e2e/own-systems.ts';

const FOLDER = 'test/e2e/';
const STARTS = /\b(?:startSite|startSystem|startAfterwards|makeCheckout)\(/;
const ADDRESS = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

const FILES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => ({ name: name.replace('.test.ts', ''), text: readFileSync(FOLDER + name, 'utf8') }));

it('only files that say why start a local system of their own; all others share one', () => {
  const starting = FILES.filter(({ text }) => STARTS.test(text)).map(({ name }) => name);
  expect(starting.sort()).toEqual(Object.keys(OWN_SYSTEMS).sort());
});

it('files that share one use addresses of their own: a person gets three mails an hour, whatever they are about', () => {
  const sharing = FILES.filter(({ name, text }) => !(name in OWN_SYSTEMS) && text.includes('openSite('));
  const used = sharing.flatMap(({ text }) => [...new Set(text.match(ADDRESS))]);
  expect(used.length).toBeGreaterThan(20);
  expect(used.filter((address, index) => used.indexOf(address) < index)).toEqual([]);
});
