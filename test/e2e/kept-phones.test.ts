import type { Browser, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keptPhones } from '../phone/kept-phones.ts';
import { serverOf, valuesIn } from '../phone/server.ts';
import { enginePage } from '../support/door/bundle.ts';
import { makeDatabase } from '../support/kept-database.ts';
import { closeBrowser, openBrowser } from './one-browser.ts';
import { openPhone } from './phone.ts';

const ORIGIN = 'http://127.0.0.1:1';
const { now, phones, people, desk } = keptPhones();

let browser: Browser;
let files: Map<string, string>;
beforeAll(async () => {
  [browser, files] = await Promise.all([openBrowser(), enginePage()]);
});
afterAll(closeBrowser);

/** The page, and its server, on what a phone kept. */
function answering(server: ReturnType<typeof serverOf>) {
  return async (route: Route): Promise<void> => {
    const { pathname, search } = new URL(route.request().url());
    const file = files.get(pathname);
    if (file !== undefined) {
      const contentType = pathname.endsWith('.js') ? 'text/javascript' : 'text/html';
      return route.fulfill({ body: file, contentType });
    }
    if (!pathname.startsWith('/api/')) return route.fulfill({ body: 'empty', contentType: 'text/html' });
    const headers = await route.request().allHeaders();
    const answer = await server.serve(pathname + search, { headers, body: route.request().postData() });
    const contentType = answer.headers.get('content-type') ?? '';
    await route.fulfill({ status: answer.status, contentType, body: await answer.text() });
  };
}

it('a phone that was at work with the app of 28 November 2026 goes on with that of today, in a real browser', async () => {
  const server = serverOf(phones.desk);
  const context = await browser.newContext();
  await context.addInitScript((then) => {
    const by = then - Date.now();
    const real = Date.now;
    Date.now = () => real() + by;
  }, now);
  await context.route(`${ORIGIN}/**`, answering(server));
  const before = await context.newPage();
  await before.goto(`${ORIGIN}/empty`);
  await before.evaluate(makeDatabase, phones.desk);
  await before.close();
  const phone = await openPhone(context, `${ORIGIN}/`);
  expect(await phone.snapshot()).toMatchObject({ people: desk.people, counts: desk.counts, standing: 'active' });
  expect(await phone.read(people.isNew.code)).toMatchObject({ kind: 'admit', person: { name: 'New Sample' } });
  expect(await phone.read(people.cameElsewhere.code)).toMatchObject({ kind: 'already-in', isHere: false });
  expect(await phone.read(people.isRevoked.code)).toEqual({ kind: 'revoked' });
  await phone.sync();
  await phone.shows(({ queue }) => queue.waiting === 0);
  const waited = valuesIn<{ readonly scan: unknown }>(phones.desk, 'outbox').map(({ scan }) => scan);
  expect(server.scans.slice(0, waited.length)).toEqual(waited);
  expect(server.scans.slice(waited.length)).toMatchObject([{ ticket: people.isNew.ticket }]);
  await context.close();
});
