import { mkdtemp, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_FLAGS } from '../support/browser.ts';
import { requireChromium } from '../support/chromium.ts';
import { firstOf } from '../support/door/doors.ts';
import { type BrowserDoors, startDoors } from './doors.ts';
import { openPhone } from './phone.ts';

let doors: BrowserDoors;

beforeAll(async () => {
  doors = await startDoors();
  await doors.invite(5);
});
afterAll(async () => doors?.stop());

describe('CI2: a scan is kept before anyone is told', () => {
  it('CI2: the browser is killed the moment the screen is green, and the scan is there and is sent', async () => {
    const profile = await mkdtemp(join(tmpdir(), 'plenary-phone-'));
    const start = () =>
      chromium.launchPersistentContext(profile, { executablePath: requireChromium(), args: CHROMIUM_FLAGS });
    const context = await start();
    const phone = await doors.phone(context);
    const guests = await doors.invite(3);
    await phone.sync();
    await context.setOffline(true);
    for (const { code } of guests) expect((await phone.read(code)).kind).toBe('admit');
    await kill(profile, context);
    const before = doors.server.kept.size;
    doors.server.fault = ({ path }) => (path.endsWith('/scans') ? 'busy' : undefined);
    const again = await start();
    const reopened = await openPhone(again, doors.server.url);
    expect(await reopened.snapshot()).toMatchObject({ standing: 'active', queue: { waiting: 3 }, counts: { came: 3 } });
    expect(await reopened.read(firstOf(guests).code)).toMatchObject({ kind: 'already-in', isHere: true });
    doors.server.fault = () => undefined;
    await reopened.sync();
    expect(doors.server.kept.size).toBe(before + 3);
    await again.close();
    await rm(profile, { recursive: true });
  });
});

/** As a phone dies whose battery is empty. Chromium names its process in the lock of its profile. */
async function kill(profile: string, context: BrowserContext): Promise<void> {
  const process = Number((await readlink(join(profile, 'SingletonLock'))).split('-').at(-1));
  const closed = new Promise<void>((resolve) => context.once('close', () => resolve()));
  globalThis.process.kill(process, 'SIGKILL');
  await closed;
}

/** Writes what does not compress until not even little fits. */
async function fill(): Promise<void> {
  const request = indexedDB.open('filler', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('filler', { autoIncrement: true });
  await new Promise((resolve) => {
    request.onsuccess = resolve;
  });
  const fits = (size: number): Promise<boolean> => {
    const transaction = request.result.transaction('filler', 'readwrite');
    transaction.objectStore('filler').add(crypto.getRandomValues(new Uint8Array(size)));
    return new Promise((resolve) => {
      transaction.onabort = () => resolve(false);
      transaction.oncomplete = () => resolve(true);
    });
  };
  for (let size = 65_536; size >= 64; size /= 4) while (await fits(size));
}

describe('a phone without room', () => {
  it('says that nothing was noted, and notes again once there is room', async () => {
    const context = await doors.browser.newContext();
    const protocol = await context.newCDPSession(await context.newPage());
    const { origin } = new URL(doors.server.url);
    // From the beginning: Chromium goes by what room there was half a minute ago.
    await protocol.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 2_000_000 });
    const phone = await doors.phone(context);
    const { code } = firstOf(await doors.invite(1));
    await phone.sync();
    const { counts } = await phone.snapshot();
    await phone.page.evaluate(fill);
    expect(await phone.read(code)).toEqual({ kind: 'not-kept', why: 'full' });
    expect(await phone.snapshot()).toMatchObject({ storage: 'full', queue: { waiting: 0 }, counts });
    await protocol.send('Storage.overrideQuotaForOrigin', { origin });
    expect(await phone.read(code)).toMatchObject({ kind: 'admit' });
    expect((await phone.snapshot()).counts.came).toBe(counts.came + 1);
    expect((await phone.snapshot()).storage).not.toBe('full');
    await phone.shows(({ queue }) => queue.waiting === 0);
  });

  it('where the browser keeps nothing at all, says so and admits nobody', async () => {
    const context = await doors.browser.newContext();
    await context.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }));
    const phone = await openPhone(context, doors.server.url);
    expect((await phone.snapshot()).standing).toBe('no-storage');
    await expect(phone.enrol(doors.server.offer())).rejects.toThrow('not-kept');
    expect(await phone.read('PLN1:ABC')).toEqual({ kind: 'not-kept', why: 'unavailable' });
  });
});

describe('TK9: a clock that is wrong', () => {
  const DAY = 24 * 60 * 60 * 1000;

  it.each([-DAY, DAY])(
    'TK9: a phone whose clock is off by %i ms admits whoever comes, and tells both times',
    async (shift) => {
      const context = await doors.browser.newContext();
      await context.addInitScript((by) => {
        const real = Date.now;
        Date.now = () => real() + by;
      }, shift);
      const phone = await doors.phone(context);
      const guest = firstOf(await doors.invite(1));
      await phone.sync();
      expect((await phone.snapshot()).standing).toBe('active');
      const before = Date.now();
      expect((await phone.read(guest.code)).kind).toBe('admit');
      const lateBy = Date.now() - before;
      await phone.shows(({ queue }) => queue.waiting === 0);
      const scan = [...doors.server.kept.values()].find(({ ticket }) => ticket === guest.ticket);
      expect(Math.abs((scan?.correctedAt ?? 0) - before)).toBeLessThan(5000 + lateBy);
      expect(Math.abs((scan?.scannedAt ?? 0) - before - shift)).toBeLessThan(5000 + lateBy);
    },
  );

  it('TK9: the offset outlives a reload without a network, and a clock that is set while the page is open', async () => {
    const context = await doors.browser.newContext();
    await context.addInitScript((by) => {
      const real = Date.now;
      Object.assign(globalThis, { shift: by });
      Date.now = () => real() + (globalThis as unknown as { shift: number }).shift;
    }, DAY);
    const phone = await doors.phone(context);
    const [one, other] = await doors.invite(2);
    await phone.sync();
    doors.server.fault = () => 'cut';
    const reopened = await openPhone(context, doors.server.url);
    await phone.page.close();
    const before = Date.now();
    expect(await reopened.read(one?.code ?? '')).toMatchObject({ kind: 'admit' });
    await reopened.page.evaluate(() => Object.assign(globalThis, { shift: -30 * 24 * 60 * 60 * 1000 }));
    expect(await reopened.read(other?.code ?? '')).toMatchObject({ kind: 'admit' });
    const lateBy = Date.now() - before;
    doors.server.fault = () => undefined;
    await reopened.sync();
    const scans = [...doors.server.kept.values()].filter(({ ticket }) => [one?.ticket, other?.ticket].includes(ticket));
    expect(scans.map(({ correctedAt }) => Math.abs(correctedAt - before) < 5000 + lateBy)).toEqual([true, true]);
  });
});
