import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { consoleOf, openAs, signInAs } from './console.ts';
import { headingOf } from './reading.ts';
import { openSite, type Site } from './site.ts';

let site: Site;
let page: Page;
beforeAll(async () => {
  site = await openSite();
});
afterEach(() => page?.context().close());
afterAll(() => site?.stop());

/** As `npm start` prints it, and an organiser hands it on. */
const entryOf = (event: string): string => `${site.system.siteUrl}/console/?event=${event}`;

const title = (): Promise<string> => headingOf(page);

describe('the address that names an event', () => {
  it('shows it to whoever is signed in already, also anew and with a place in it', async () => {
    page = await openAs(site, 'Organiser');
    const overview = await title();
    // From another page of the console, and typed where there was none before.
    for (const from of ['/seats', undefined]) {
      await page.goto(from === undefined ? 'about:blank' : consoleOf(site, from));
      for (const address of [entryOf(site.eventId), `${entryOf(site.eventId)}#main`]) {
        await page.goto(address);
        await page.waitForURL(consoleOf(site));
        expect(await title()).toBe(overview);
      }
    }
    await page.reload();
    expect(await title()).toBe(overview);
    // Nobody who goes back is sent forward again.
    await page.goto(consoleOf(site, '/seats'));
    await page.goto(entryOf(site.eventId));
    await page.waitForURL(consoleOf(site));
    await page.goBack();
    await page.waitForURL(consoleOf(site, '/seats'));
  });

  it('leads on to it whoever signs in first, also after they signed out', async () => {
    page = await signInAs(await site.visit(), site, 'Organiser');
    const overview = await title();
    await page.getByRole('button', { name: 'Sign out' }).click();
    // The provider asks whether to end its own session too.
    await page.waitForURL(`${site.system.identity.issuer}/**`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${site.system.siteUrl}/console/`);
    await page.goto(entryOf(site.eventId));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Organiser', exact: true }).click();
    await page.waitForURL(consoleOf(site));
    expect(await title()).toBe(overview);
  });

  it('says it to whoever has no part in it, and where there is none', async () => {
    page = await openAs(site, 'Someone without a role');
    const stranger = await title();
    await page.goto(entryOf(site.eventId));
    await page.waitForURL(consoleOf(site));
    expect(await title()).toBe(stranger);
    await page.goto(entryOf('no-such-event'));
    await page.waitForURL(`${site.system.siteUrl}/console/e/no-such-event`);
    await page.getByRole('alert').waitFor();
  });

  it.each(['', 'No such event', '..', 'a/b'])('asks again for what cannot be one: “%s”', async (typed) => {
    page = await openAs(site, 'Organiser');
    await page.goto(entryOf(encodeURIComponent(typed)));
    const field = page.getByLabel('Event', { exact: true });
    expect(await field.inputValue()).toBe(typed);
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await field.fill(site.eventId);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.waitForURL(consoleOf(site));
    expect(await title()).not.toBe('');
  });
});
