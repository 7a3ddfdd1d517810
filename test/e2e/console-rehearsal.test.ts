import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyAsMedia, consoleOf, openAs, openPage } from './console.ts';
import { shown } from './reading.ts';
import { openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });

/** How many people of the event stand how, as its overview says it. */
async function numbersOf(page: Page): Promise<string> {
  await page.goto(consoleOf(site));
  await page.locator('.counts li').first().waitFor();
  return shown(page.locator('.counts'));
}

it('CI16: an owner rehearses an event with made-up people, and deletes it: the event has the people that it had', async () => {
  await applyAsMedia(site, 'real@example.org');
  const page = await openAs(site, 'Organiser', '/definition');
  const numbers = await numbersOf(page);
  expect(numbers).toMatch(/^1\s+Waiting for a decision/);
  await page.goto(consoleOf(site, '/definition'));
  await press(page, 'Rehearse this event');
  await page.getByLabel('Name of the rehearsal, in English').waitFor();
  await press(page, 'Make the rehearsal');

  await page.locator('h1:focus').getByText('Overview').waitFor();
  await page.getByText('This is a rehearsal.').waitFor();
  const id = page.url().split('/').at(-1);
  expect(id).toMatch(new RegExp(`^${site.eventId}-rehearsal-\\d{4}-\\d{4}$`));
  expect(await (await fetch(`${site.system.siteUrl}/api/events/${id}`)).json()).toMatchObject({
    title: 'Rehearsal: ASEAN ICT Forum on Child Online Protection',
    shortTitle: 'Rehearsal',
    registration: { state: 'open' },
  });

  await press(page, 'Add 10 made-up people');
  await page.getByText('10 made-up people are registered.').waitFor();
  await press(page, 'Add 10 made-up people');
  await openPage(page, 'Registrations');
  await heading(page, 'Registrations').waitFor();
  await page.getByText('This is a rehearsal.').waitFor();
  // Some of the second ten may have come before the page was left, and no more come after.
  await page.getByText(/^(1\d|20) people found$/).waitFor();

  await page.getByRole('link', { name: 'Your events' }).click();
  const own = page.getByRole('listitem').filter({ hasText: 'Rehearsal: ASEAN' });
  await own.getByText('Rehearsal', { exact: true }).waitFor();
  await own.getByRole('link').click();
  await press(page, 'Delete this rehearsal');
  // It is done, and its answer is lost.
  await page.route('**/*', async (route) => {
    if (route.request().method() !== 'DELETE') return route.fallback();
    await route.fetch();
    await page.unroute('**/*');
    await route.abort();
  });
  await press(page, 'Delete it for good');
  // What reads meanwhile may say as well that there is no such event now.
  await page.getByRole('alert').filter({ hasText: 'There is no connection' }).waitFor();
  await press(page, 'Delete it for good');
  await heading(page, 'Your events').waitFor();
  await page.getByText('The rehearsal is deleted.').waitFor();
  await page.getByRole('link', { name: 'ASEAN ICT Forum on Child Online Protection' }).first().waitFor();
  await own.waitFor({ state: 'detached' });
  expect((await fetch(`${site.system.siteUrl}/e/${id}`)).status).toBe(404);
  expect(await numbersOf(page)).toBe(numbers);
  await page.context().close();
});

it('CI16: a copy of a rehearsal is one, which its Set-up says, and members who are no owners add and delete nothing', async () => {
  const rehearsal = await openSite({ rehearsal: true });
  const owner = await openAs(rehearsal, 'Organiser', '/definition');
  await owner.getByText('This event is a rehearsal, and so is every copy of it.').waitFor();
  await owner.getByRole('button', { name: 'Copy this event' }).waitFor({ state: 'detached' });
  const staff = await openAs(rehearsal, 'Organiser who is no owner');
  await staff.getByText('This is a rehearsal.').waitFor();
  await staff.getByRole('button', { name: 'Delete this rehearsal' }).waitFor({ state: 'detached' });
  for (const page of [owner, staff]) await page.context().close();
});

it('CI16: of people who are refused it says how many and why, and goes on with the others', async () => {
  const rehearsal = await openSite({ rehearsal: true });
  const page = await openAs(rehearsal, 'Organiser');
  let asked = 0;
  await page.route('**/on-behalf?*', (route) => {
    asked += 1;
    const errors = [{ path: 'country', code: 'unknown-option', message: 'No such country' }];
    return asked % 5 === 0 ? route.fulfill({ status: 422, json: { errors } }) : route.continue();
  });
  await press(page, 'Add 10 made-up people');
  await page.getByText('8 made-up people are registered.').waitFor();
  await page.getByText('2 were refused:').waitFor();
  await page.getByRole('alert').filter({ hasText: 'No such country' }).waitFor();
  await openPage(page, 'Registrations');
  await page
    .getByRole('link', { name: /^Sample / })
    .first()
    .click();
  await page.getByText('This person is made up: mail to them is written, and handed to no mail service.').waitFor();
  await page.context().close();
});
