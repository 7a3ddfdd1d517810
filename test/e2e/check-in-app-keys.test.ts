import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hex } from '../../shared/ticket/ticket-key.ts';
import { makeIssuer } from '../unit/ticket-fixture.ts';
import { type CheckinApp, next, scanned, startCheckinApp } from './app.ts';

let app: CheckinApp;
let page: Page;
let asItWas: Pick<CheckinApp['event']['setup'], 'event' | 'keys'>;

beforeAll(async () => {
  app = await startCheckinApp();
  asItWas = { ...app.event.setup };
});
afterAll(async () => app?.stop());
afterEach(async () => {
  await page?.context().close();
  app.server.isGone = false;
  Object.assign(app.event.setup, asItWas);
});

type Keys = CheckinApp['event']['setup']['keys'];

/** Another deployment: what phones trust from now on. Its name is on the screen as soon as a phone knows. */
async function trust(keys: Keys, name: string): Promise<void> {
  const { setup } = app.event;
  Object.assign(setup, { keys, event: { ...setup.event, title: { en: name } } });
  await page.locator('.scan .sync-state').click();
  await page.getByRole('button', { name: 'Send and receive now' }).click();
  await page.getByText(name, { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Back' }).click();
  await page.locator('.scan').waitFor();
}

it('TK5: admits tickets of a new key and of the one before once it has heard of them, and none of a key that was withdrawn', async () => {
  const [first, second, third, fourth] = [
    await app.invite(),
    await app.invite(),
    await app.invite(),
    await app.invite(),
  ];
  const issuer = await makeIssuer();
  const fresh = { id: hex(issuer.fields.keyId), publicKey: Buffer.from(issuer.raw).toString('base64url') };
  const former = app.event.setup.keys;
  page = await app.phone();
  expect(await scanned(page, issuer.issue({ ticketId: fourth.ticketId }))).toBe('stop');
  expect(await page.locator('.verdict .name').textContent()).toBe('We do not know this code');
  expect(await page.getByRole('button', { name: 'Let in anyway' }).count()).toBe(0);
  await next(page);
  await trust([fresh, ...former], 'Forum of two keys');
  for (const code of [issuer.issue({ ticketId: first.ticketId }), second.code]) {
    expect(await scanned(page, code)).toBe('go');
    await next(page);
  }
  await trust([fresh], 'Forum of one key');
  expect(await scanned(page, third.code)).toBe('stop');
  expect(await page.locator('.verdict .name').textContent()).toBe('We do not know this code');
  await next(page);
  expect(await scanned(page, issuer.issue({ ticketId: fourth.ticketId }))).toBe('go');
  await expect.poll(() => [...app.door.kept.values()].map(({ ticket }) => ticket)).toHaveLength(3);
});

/** All files of the app that are named in its page, or in one that is: what is loaded late too. */
async function filesOfApp(): Promise<string[]> {
  const found = new Set<string>();
  const look = async (file: string): Promise<void> => {
    const names = (await readFile(join('dist/web', file), 'latin1')).matchAll(/[\w-]+\.(?:js|css|wasm|woff2)\b/g);
    for (const [name] of names) {
      const path = `/assets/${name}`;
      const isNew = !found.has(path) && (await isThere(path));
      if (isNew) found.add(path);
      if (isNew && /\.(?:js|css)$/.test(path)) await look(path);
    }
  };
  await look('checkin/index.html');
  return [...found];
}

const isThere = (path: string): Promise<boolean> =>
  readFile(join('dist/web', path)).then(
    () => true,
    () => false,
  );

describe('what the phone keeps of the app', () => {
  it('TK3: is all of it, so that a browser without Ed25519 verifies tickets without a network from the first', async () => {
    const guest = await app.invite();
    page = await app.phone();
    await page.evaluate(() => navigator.serviceWorker.ready);
    const kept = await page.evaluate(async () => {
      const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
      const requests = await Promise.all(caches_.map((cache) => cache.keys()));
      return requests.flat().map(({ url }) => new URL(url).pathname);
    });
    const files = await filesOfApp();
    for (const part of [/ed25519.*\.js$/, /reader-worker.*\.js$/, /\.wasm$/, /\.woff2$/]) {
      expect(files).toContainEqual(expect.stringMatching(part));
    }
    expect(files.filter((file) => !kept.includes(file))).toEqual([]);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    app.server.isGone = true;
    await page.context().setOffline(true);
    await page.addInitScript(withoutEd25519);
    await page.reload();
    await page.locator('.scan').waitFor();
    expect(asked.filter((url) => url.includes('ed25519'))).toHaveLength(1);
    expect(await scanned(page, `${guest.code.slice(0, -1)}${guest.code.endsWith('0') ? '1' : '0'}`)).toBe('stop');
    await next(page);
    expect(await scanned(page, guest.code)).toBe('go');
  });
});

/** In the page: a browser of before 2025. */
function withoutEd25519(): void {
  const { subtle } = crypto;
  const importKey = subtle.importKey.bind(subtle) as (...given: unknown[]) => Promise<CryptoKey>;
  subtle.importKey = ((...given: unknown[]) =>
    given[2] === 'Ed25519' ? Promise.reject(new DOMException('', 'NotSupportedError')) : importKey(...given)) as never;
}
