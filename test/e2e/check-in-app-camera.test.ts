import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type FakeCamera, fakeCamera } from '../support/fake-camera.ts';
import { heldUp } from '../support/qr-picture.ts';
import { type CheckinApp, next, scanned, startCheckinApp } from './app.ts';

let app: CheckinApp;
let camera: FakeCamera | undefined;
let page: Page;

beforeAll(async () => {
  app = await startCheckinApp(({ code }) => {
    camera = fakeCamera([
      [heldUp(undefined), 3],
      // Of the organiser who let the phone in.
      [heldUp(`https://doors.test/checkin/#code=${'a'.repeat(43)}`), 1],
      [heldUp(code), 2],
    ]);
    return camera.flags;
  });
});
afterAll(async () => {
  await app?.stop();
  camera?.remove();
});
afterEach(async () => {
  await page?.context().close();
  app.server.isGone = false;
});

describe('a camera that sees a ticket', () => {
  it('passes over an organiser’s code, and reads a ticket once while it is held up, and again when it is held up again', async () => {
    page = await app.phone();
    await page.locator('.verdict.go').waitFor();
    expect(await page.locator('.verdict .name').textContent()).toBe('Guest 0');
    await next(page);
    await page.locator('.verdict.ask').waitFor();
    expect(await page.locator('.verdict .what').textContent()).toMatch(/^Already in since \d\d:\d\d$/);
    await expect.poll(() => app.door.kept.size).toBe(1);
    // What asks for a decision stays until it was made, whatever the camera sees meanwhile.
    await page.waitForTimeout(6000);
    expect(await page.locator('.verdict.ask').count()).toBe(1);
  });

  it('CI1: reads it without a network too, after the app was opened anew', async () => {
    page = await app.phone({ list: 'hall' });
    await page.evaluate(() => navigator.serviceWorker.ready);
    app.server.isGone = true;
    await page.context().setOffline(true);
    await page.reload();
    await page.locator('.verdict').waitFor();
    expect(await page.locator('.verdict .name').textContent()).toBe('Guest 0');
  });
});

/** What browsers say instead of giving a camera. */
const TROUBLES = [
  ['NotAllowedError', 'The camera is blocked'],
  ['NotFoundError', 'There is no camera'],
  ['NotReadableError', 'Something else uses the camera'],
  ['TypeError', 'The camera did not start'],
  ['nothing', 'This browser gives pages no camera'],
] as const;

describe('a camera that does not start', () => {
  it.each(TROUBLES)('%s: says what to do, and all other ways still work', async (error, title) => {
    const { code } = await app.invite();
    page = await app.phone({ before: WITHOUT[error] });
    await page.getByRole('heading', { name: title }).waitFor();
    expect(await scanned(page, code)).toBe('go');
  });

  it('starts as soon as it is allowed', async () => {
    page = await app.phone({ before: WITHOUT.NotAllowedError });
    await page.getByRole('heading', { name: 'The camera is blocked' }).waitFor();
    await page.evaluate(() => Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia'));
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Hold the code in the frame').waitFor();
  });
});

const refuse = (name: string) =>
  `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', '${name}'))`;
const WITHOUT = {
  NotAllowedError: refuse('NotAllowedError'),
  NotFoundError: refuse('NotFoundError'),
  NotReadableError: refuse('NotReadableError'),
  TypeError: refuse('TypeError'),
  nothing: "Object.defineProperty(navigator, 'mediaDevices', { value: undefined })",
};
