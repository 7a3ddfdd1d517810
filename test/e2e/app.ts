import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launch } from '../support/browser.ts';
import { appEvent } from '../support/door/app-event.ts';
import { type AppServer, appServer } from '../support/door/app-server.ts';
import { type Guest, type SampleEvent, sampleEvent } from '../support/door/event.ts';
import { type DoorServer, doorServer } from '../support/door/server.ts';
import { closeBrowser, openBrowser } from './one-browser.ts';

/** The built check-in app in a browser, with a server behind it that does as it is told. */
export interface CheckinApp {
  readonly event: SampleEvent;
  readonly door: DoorServer;
  readonly server: AppServer;
  readonly browser: Browser;
  /** Adds an attendee with a ticket, whom phones know that become devices, or talk to the server, after this. */
  readonly invite: (change?: Parameters<SampleEvent['invite']>[1]) => Promise<Guest>;
  /** A phone that opened an organiser's link, became a device and stands at a door. */
  readonly phone: (options?: PhoneOptions) => Promise<Page>;
  readonly stop: () => Promise<void>;
}

export interface PhoneOptions extends BrowserContextOptions {
  /** Id of the list; null to stay where it is chosen. */
  readonly list?: string | null;
  readonly terms?: Parameters<DoorServer['offer']>[0];
  /** Script that runs in the page before anything else. */
  readonly before?: string;
}

/**
 * @param flags of a browser of its own, told who has a ticket, and who adds others
 * @param program of that browser
 */
export async function startCheckinApp(
  flags?: (guest: Guest, invite: CheckinApp['invite']) => readonly string[] | Promise<readonly string[]>,
  program?: string,
): Promise<CheckinApp> {
  const event = appEvent(await sampleEvent());
  const door = await doorServer(event);
  const invite: CheckinApp['invite'] = async (change) => {
    const guest = await event.invite(door.guests.length, change);
    door.guests.push(guest);
    return guest;
  };
  const first = await invite();
  door.revocations = await event.revoke([], 1);
  const own = flags && (await launch(await flags(first, invite), program));
  const [server, browser] = await Promise.all([appServer(door.url), own ?? openBrowser()]);
  return {
    ...{ event, door, server, browser, invite },
    async phone({ list = 'entrance', terms, before, ...options } = {}) {
      const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
      if (before !== undefined) await context.addInitScript({ content: before });
      const page = await context.newPage();
      const lists = [...event.setup.doors, ...(event.setup.handouts ?? [])].map(({ id }) => id);
      await page.goto(`${server.url}#code=${door.offer({ lists, ...terms })}`);
      await page.locator('main button').first().click();
      await noteSearchCode(page);
      await page.locator('.doors').waitFor();
      if (list !== null) await chooseList(page, list);
      return page;
    },
    async stop() {
      await (own?.close() ?? closeBrowser());
      await Promise.all([server.close(), door.close()]);
    },
  };
}

/** A desk's phone shows the digits that open its search, before anything else. @returns them; nothing of another phone */
export async function noteSearchCode(page: Page): Promise<string> {
  await page.locator('.digits, .doors, .scan').first().waitFor();
  if (!(await page.locator('.digits').isVisible())) return '';
  const digits = (await page.locator('.digits').textContent()) ?? '';
  await page.locator('.ways button').first().click();
  await page.locator('.digits').waitFor({ state: 'detached' });
  return digits.replace(/\D/g, '');
}

/** Chooses one of the lists of the event, on the screen that shows them. */
export async function chooseList(page: Page, list: string): Promise<void> {
  await page.locator(`.doors button[value=${list}]`).click();
  await page.locator('.scan').waitFor();
}

/** Goes from one door to another. */
export async function changeList(page: Page, list: string): Promise<void> {
  await page.getByRole('button', { name: /^(Other list|បញ្ជីផ្សេង)$/ }).click();
  await chooseList(page, list);
}

/**
 * What a scanner with keys types: faster than a busy machine lets a test type.
 *
 * @returns whether its Enter may do what an Enter does where the focus is
 */
export function wedge(page: Page, text: string): Promise<'held back' | 'let through'> {
  return page.evaluate((typed) => {
    const press = (key: string): boolean =>
      (document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      );
    for (const key of typed) press(key);
    return press('Enter') ? 'let through' : 'held back';
  }, text);
}

/** Scans with keys, and waits for what comes of it. @returns its tone: `go`, `ask` or `stop` */
export async function scanned(page: Page, text: string): Promise<string> {
  await wedge(page, text);
  await page.locator('.verdict').waitFor();
  return (await page.locator('.verdict').getAttribute('class'))?.replace('verdict ', '') ?? '';
}

/** Makes room for the next. */
export async function next(page: Page): Promise<void> {
  await page.locator('.verdict .main').click();
  await page.locator('.verdict').waitFor({ state: 'detached' });
}
