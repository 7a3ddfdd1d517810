import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeCamera, fakeCamera } from '../support/fake-camera.ts';
import { heldUp } from '../support/qr-picture.ts';
import { type CheckinApp, next, scanned, startCheckinApp } from './app.ts';

let app: CheckinApp;
let camera: FakeCamera | undefined;
let child: Awaited<ReturnType<CheckinApp['invite']>>;
let chaperone: typeof child;

beforeAll(async () => {
  app = await startCheckinApp(async (_, invite) => {
    child = await invite({ isMinor: true, name: undefined, organisation: undefined });
    chaperone = await invite({ role: 'chaperone', mayTakeAlong: true, wards: [child.ticket] });
    camera = fakeCamera([
      [heldUp(undefined), 3],
      [heldUp(chaperone.code), 2],
    ]);
    return camera.flags;
  });
});
afterAll(async () => {
  await app?.stop();
  camera?.remove();
});

it('CS24: somebody under 18 and their chaperone leave together, one ticket after the other before the camera', async () => {
  const page = await app.phone({ list: 'room' });
  await page.locator('.verdict.go').waitFor();
  await next(page);
  expect(await scanned(page, child.code)).toBe('ask');
  await next(page);
  await page.locator('.direction label').last().click();
  // Whatever the camera has made of the chaperone alone by now.
  await expect
    .poll(async () => (await scanned(page, child.code)) && page.locator('.verdict .name').textContent())
    .toBe('With whom?');
  await page.locator('.verdict.go').waitFor();
  expect(await page.locator('.verdict').textContent()).toContain(
    'Who was scanned just before is noted as gone with them.',
  );
  const left = () => [...app.door.kept.values()].filter(({ kind }) => kind === 'out');
  await expect
    .poll(() => left().map(({ ticket, companion }) => [ticket, companion]))
    .toContainEqual([child.ticket, 'chaperone']);
});
