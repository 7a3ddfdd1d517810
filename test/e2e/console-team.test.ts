import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { grant, openAs, openPage, pageOf, pagesOffered, resultOf } from './console.ts';
import { openSite, type Site } from './site.ts';

let site: Site;
let page: Page;
beforeAll(async () => {
  site = await openSite();
});
afterEach(() => page?.context().close());
afterAll(() => site?.stop());

const group = (name: string) => page.locator('.group > button', { hasText: new RegExp(`^${name}$`) });
const heightOf = (what: string) => page.locator(what).evaluate((element) => element.getBoundingClientRect().height);
const topOfMain = () => page.locator('main').evaluate((element) => element.getBoundingClientRect().top);

describe('the navigation', () => {
  it('stands in one line at 1280 px, in groups that move nothing when they open', async () => {
    page = await openAs(site, 'Organiser');
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(await heightOf('nav.pages')).toBeLessThan(60);
    const before = await topOfMain();
    await group('Event').click();
    await pageOf(page, 'Programme').waitFor();
    expect(await topOfMain()).toBe(before);
    // One at a time, and none after a press elsewhere.
    await group('System').click();
    await pageOf(page, 'Programme').waitFor({ state: 'hidden' });
    await page.mouse.click(1200, 700);
    await pageOf(page, 'Team').waitFor({ state: 'hidden' });
    await openPage(page, 'Seats');
    await page.getByRole('heading', { name: 'Seats', level: 1 }).waitFor();
    await pageOf(page, 'Seats').waitFor({ state: 'hidden' });
    expect(await group('Event').evaluate((button) => button.classList.contains('here'))).toBe(true);
  });

  it('is one button at 360 px, with all pages behind it', async () => {
    page = await openAs(site, 'Organiser');
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await heightOf('nav.pages')).toBeLessThan(60);
    const before = await topOfMain();
    await page.getByRole('button', { name: 'Menu: Overview' }).click();
    for (const name of await pagesOffered(page)) expect(await pageOf(page, name).isVisible(), name).toBe(true);
    expect(await topOfMain()).toBe(before);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await pageOf(page, 'Programme').click();
    await page.getByRole('button', { name: 'Menu: Programme' }).waitFor();
    expect(await pageOf(page, 'Team').isVisible()).toBe(false);
  });

  it('is used by keys alone', async () => {
    page = await openAs(site, 'Organiser');
    await page.setViewportSize({ width: 1280, height: 800 });
    await group('People').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    expect(await focused()).toBe('Registrations');
    await page.keyboard.press('Escape');
    await pageOf(page, 'Registrations').waitFor({ state: 'hidden' });
    expect(await focused()).toBe('People');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Registrations', level: 1 }).waitFor();
  });

  it('of a few pages needs no groups', async () => {
    page = await openAs(site, 'Desk lead');
    expect(await pagesOffered(page)).toEqual(['Overview', 'Registrations', 'Badges', 'Check-in', 'Arrivals']);
    expect(await page.locator('.group').count()).toBe(0);
  });
});

describe('what a member may do', () => {
  it('is ticked one by one, changed and taken away again by an owner', async () => {
    await grant(site, 'viewer', 'Viewer', [{ role: 'viewer' }]);
    page = await openAs(site, 'Organiser', '/people');
    await page.getByRole('button', { name: 'Change what they may do: Viewer', exact: true }).click();
    await page.getByRole('button', { name: 'One more role: Viewer', exact: true }).click();
    await page.getByLabel('Role', { exact: true }).selectOption({ label: 'Chosen tasks' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('Tick one at least.').waitFor();
    await page.getByLabel('Sees people and their registrations').check();
    await page.getByLabel('Media', { exact: true }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await resultOf(page)).toBe('Viewer may do this from now on.');
    await page.getByText('Viewer; Sees people and their registrations for Media').waitFor();

    const viewer = await openAs(site, 'Viewer');
    expect(await pagesOffered(viewer)).toEqual(['Overview', 'Registrations', 'Feedback']);
    await viewer.context().close();
  });

  it('is nobody’s own to change', async () => {
    page = await openAs(site, 'Organiser', '/people');
    await page.setViewportSize({ width: 360, height: 740 });
    const viewer = page.locator('.members li', { hasText: 'Viewer' }).locator('button');
    await viewer.first().waitFor();
    const buttons = await viewer.all();
    const tops = await Promise.all(buttons.map(async (button) => (await button.boundingBox())?.y));
    expect(new Set(tops).size, 'lines of three buttons on a phone').toBe(1);
    expect(await page.getByRole('button', { name: 'Change what they may do: Organiser', exact: true }).count()).toBe(0);
  });

  it('is asked for with the name of who is invited, all at once', async () => {
    page = await openAs(site, 'Organiser', '/people');
    await page.getByRole('button', { name: 'Invite someone' }).click();
    await page.getByRole('button', { name: 'Make the invitation' }).click();
    const wrong = page.getByRole('alert').getByRole('link');
    await wrong.first().waitFor();
    const said = ['For the country: Name a country, an organisation or a group.', 'Name: Please answer this.'];
    expect(await wrong.allInnerTexts()).toEqual(said);
  });
});
