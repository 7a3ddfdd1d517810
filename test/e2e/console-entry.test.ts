import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { publishEvent } from '../../cli/publish.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { forum } from '../support/forum.ts';
import { consoleOf, grant, openAs, signInAs } from './console.ts';
import { headingOf } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { faultsOf, show, VIEWS } from './views.ts';

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

  it.each([14, -14])('AU6: signs in also by a clock that is %d hours ahead', async (hours) => {
    page = await site.visit();
    await page.addInitScript(`const { now } = Date; Date.now = () => now() + ${hours * 3_600_000};`);
    await signInAs(page, site, 'Organiser');
    await page.reload();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
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

/** Where it stands in the files that look at how screens come out. */
const SHOTS = process.env['PLENARY_SHOTS'];

describe('the events of one’s own', () => {
  const STRANGER = 'Someone without a role';
  const ids = Array.from({ length: 12 }, (_, nth) => `own-${String(nth + 1).padStart(2, '0')}`);
  const titleOf = (id: string): string => `Meeting ${id} of provincial officers for digital services`;

  /** Events that nobody else is in, in each of which the stranger has a role. */
  async function publishOwn(): Promise<void> {
    const { system } = site;
    const dynamodb = new DynamoDBClient({ ...LOCAL_AWS, endpoint: system.endpoints.dynamodb });
    const publishing = { dynamodb, tableName: system.tables.registry, outboxTable: system.tables.outbox };
    for (const [nth, id] of ids.entries()) {
      const days = forum().days.map((day) => ({ ...day, date: day.date.replace('2027', nth === 0 ? '2026' : '2027') }));
      await publishEvent(forum({ id, days, title: { en: titleOf(id), km: `កិច្ចប្រជុំ ${id}` } }), publishing);
      const endsAt = { 'own-02': '2020-01-01T00:00:00.000Z', 'own-03': '2099-06-01T00:00:00.000Z' }[id];
      await grant({ ...site, eventId: id }, 'nobody', STRANGER, [{ role: 'viewer', ...(endsAt && { endsAt }) }]);
    }
    dynamodb.destroy();
  }

  it('are listed and searched, lead to each, and are come back to; those whose role ended are none', async () => {
    await publishOwn();
    page = await openAs(site, STRANGER);
    await page.goto(`${site.system.siteUrl}/console/?all`);
    await page.getByRole('heading', { level: 1, name: 'Your events' }).waitFor();
    const items = page.locator('main li').filter({ hasText: 'Meeting own-' });
    await items.first().waitFor();
    const named = async (): Promise<string[]> =>
      (await items.getByRole('link').allInnerTexts()).map((text) => text.split(' ')[1] ?? '');
    const [over, , ...toCome] = ids;
    expect(await named(), 'what is over comes last').toEqual([...toCome, over]);
    await items.filter({ hasText: 'own-03' }).getByText('Your role ends on').waitFor();
    expect(await page.getByText('Your role ends on').count()).toBe(1);
    expect(await faultsOf(page)).toEqual([]);
    for (const view of SHOTS === undefined ? [] : VIEWS) {
      await show(page, view);
      await page.screenshot({ path: `${SHOTS}/own-events-${view.width}.png`, fullPage: true });
    }
    const search = page.getByRole('searchbox', { name: 'Find an event' });
    await search.fill('PROVINCIAL own-0');
    await expect.poll(async () => (await named()).length).toBe(8);
    expect(await page.locator('main [role=status]').textContent()).toMatch(/^8 of \d+ events$/);
    await search.fill('own-07');
    await expect.poll(named).toEqual(['own-07']);
    await search.fill('own-02');
    await page.getByText(/^0 of \d+ events$/).waitFor();
    await search.fill('own-07');
    await items.getByRole('link').click();
    await page.waitForURL(`${site.system.siteUrl}/console/e/own-07`);
    await page.getByText(titleOf('own-07')).first().waitFor();
    await page.getByRole('link', { name: 'Your events' }).click();
    await page.getByRole('searchbox', { name: 'Find an event' }).waitFor();
    expect((await named()).length).toBe(11);
  });

  it('have a language to choose and a way out, which leads to the sign-in', async () => {
    page = await openAs(site, STRANGER);
    await page.goto(`${site.system.siteUrl}/console/?all`);
    await page.getByRole('combobox', { name: 'Language' }).waitFor();
    // What was typed and not sent goes, too.
    await page.evaluate(() => sessionStorage.setItem('plenary.definition.forum', '{}'));
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL((url) => !url.search.includes('all'));
    const kept = await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith('plenary.')));
    expect(kept).toEqual([]);
  });
});
