import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { putAll } from '../../bench/people.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { memberId } from '../../shared/kernel/identity.store.ts';
import { withHistory } from '../../shared/registration/change/history.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { putAudit } from '../../shared/team/audit/audit.store.ts';
import { openAs } from './console.ts';
import { comes } from './post.ts';
import { openSite, type Site } from './site.ts';
import { changeRegistration, readTable, registrationsOf } from './tables.ts';
import { faultsOf, show, VIEWS } from './views.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

const SHOTS = process.env['PLENARY_SHOTS'];

/** What the page asks about one person, as it asks it. */
function requestsAbout(page: Page, reference: string): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes(reference)) asked.push(request.url().replace(/^.*\/events\/[^/]+\//, ''));
  });
  return asked;
}

const timelineOf = (page: Page) => page.getByRole('region', { name: 'Who did what' }).getByRole('listitem');

it('the next person is fetched while one is read, shown at once on a press or by the keyboard, and never moves', async () => {
  for (const nth of [1, 2, 3])
    await comes(site, `queue${nth}@next.example.org`, { fullName: `Queue Person ${nth}`, organisation: 'Alpha' });
  const page = await openAs(site, 'Organiser', '/registrations?q=queue&sort=name');
  const [, second, third] = await Promise.all(
    [1, 2, 3].map(async (nth) => {
      const [item] = await registrationsOf(site.system, `queue${nth}@next.example.org`);
      return String(item?.['reference']);
    }),
  );
  const ahead = requestsAbout(page, second ?? '');
  const afterIt = requestsAbout(page, third ?? '');
  await page.getByRole('link', { name: 'Queue Person 1' }).click();
  await timelineOf(page).filter({ hasText: 'Registered' }).waitFor();
  await expect.poll(() => ahead.length).toBe(2);
  expect(
    ahead.every((url) => url.includes('only=adult')),
    ahead.join(),
  ).toBe(true);
  await page.evaluate(watchShifts);
  await page.route(/\/registrations\/[^/]+\/page/, (route) =>
    route
      .request()
      .url()
      .includes(second ?? '')
      ? route.abort()
      : route.continue(),
  );
  await page.getByRole('link', { name: 'Next: Queue Person 2' }).press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Queue Person 2' }).waitFor();
  await timelineOf(page).filter({ hasText: 'Registered' }).waitFor();
  expect(ahead, 'all of it was there').toHaveLength(2);
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  expect(await page.evaluate(() => (globalThis as never as { shifts: number }).shifts)).toBe(0);
  await expect.poll(() => afterIt.length).toBe(2);
  await page.close();
});

it('a press while the next page is on its way waits for that one, and tags are asked for once for all of them', async () => {
  for (const nth of [1, 2])
    await comes(site, `soon${nth}@next.example.org`, { fullName: `Soon Person ${nth}`, organisation: 'Gamma' });
  const [item] = await registrationsOf(site.system, 'soon2@next.example.org');
  const second = String(item?.['reference']);
  const page = await openAs(site, 'Organiser', '/registrations?q=soon&sort=name');
  await page.getByRole('link', { name: 'Soon Person 1' }).waitFor();
  const asked = requestsAbout(page, second);
  const tags: string[] = [];
  page.on('request', (request) => {
    if (/\/tags\?/.test(request.url())) tags.push(request.url());
  });
  let goOn: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route(new RegExp(`/registrations/${second}/page`), async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole('link', { name: 'Soon Person 1' }).click();
  await expect.poll(() => asked.length).toBe(2);
  await page.getByRole('link', { name: 'Next: Soon Person 2' }).press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Soon Person 2' }).waitFor();
  goOn();
  await timelineOf(page).filter({ hasText: 'Registered' }).waitFor();
  expect(asked).toHaveLength(2);
  // The list asks, which may be on its way still.
  expect(tags.length).toBeLessThanOrEqual(1);
  await page.close();
});

it('nobody under 18 is fetched ahead, also where the list does not know it yet, and no look is noted', async () => {
  const names = ['Later One', 'Later Two'];
  for (const [nth, fullName] of names.entries())
    await comes(site, `later${nth}@next.example.org`, { fullName, organisation: 'Beta' });
  const [item] = await registrationsOf(site.system, 'later1@next.example.org');
  const reference = String(item?.['reference']);
  const page = await openAs(site, 'Organiser', '/registrations?q=later&sort=name');
  await page.getByRole('link', { name: 'Later Two' }).waitFor();
  // The list does not know yet what the registration says by now.
  await changeRegistration(site.system, 'later1@next.example.org', { ageBand: 'minor' });
  const answers: number[] = [];
  page.on('response', (response) => {
    if (response.url().includes(`/registrations/${reference}/page`)) answers.push(response.status());
  });
  await page.getByRole('link', { name: 'Later One' }).click();
  await expect.poll(() => answers).toEqual([404]);
  const audit = await readTable(site.system, 'audit');
  expect(audit.filter(({ about }) => about === reference)).toEqual([]);
  await page.close();
});

it('forty-five changes and seventy entries are one list on a phone, in which nothing is cut off', async () => {
  const email = 'many@next.example.org';
  const { reference } = await comes(site, email, { fullName: 'Many Changes' });
  const [item] = await registrationsOf(site.system, email);
  const member = memberId({ issuer: site.system.identity.issuer, subject: 'organiser' });
  const begun = Date.parse(String(item?.['changedAt']));
  let now = item as unknown as Registration;
  for (let nth = 1; nth <= 45; nth += 1) {
    const changedAt = new Date(begun + nth * 60_000).toISOString();
    const position = `Head of the office of unusually-long-names number ${nth}`;
    now = withHistory(now, { ...now, position, changedAt }, nth % 2 === 0 ? 'holder' : { id: member });
  }
  const { position, history = [] } = now;
  await changeRegistration(site.system, email, { position, history });
  const { endpoints, tables } = site.system;
  const client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: endpoints.dynamodb });
  const entries = Array.from({ length: 70 }, (_, nth) => {
    const at = new Date(begun + (nth + 1) * 60_000 + 500).toISOString();
    const about = { about: reference, person: 'adult' as const, byLabel: 'Ana of the secretariat' };
    const action = nth % 2 === 0 ? ('correct-name' as const) : ('tag' as const);
    const entry = { id: String(nth).padStart(22, 'e'), eventId: site.eventId, at, by: member, action, ...about };
    return putAudit('', entry, 2 ** 32).Put?.Item ?? {};
  });
  await putAll(client, tables.audit, entries);
  client.destroy();

  const page = await openAs(site, 'Organiser', `/registrations/${reference}`);
  await show(page, VIEWS[0]);
  const lines = timelineOf(page);
  await lines.first().waitFor();
  await page.getByRole('button', { name: 'Older' }).press('Enter');
  await lines.filter({ hasText: 'Registered' }).waitFor();
  // Each change that a member made is one line with what they did.
  const alone = history.filter(({ by }) => by === 'holder').length;
  expect(await lines.count()).toBe(70 + alone + 1);
  expect(history.length).toBeGreaterThan(15);
  const told = lines.filter({ hasText: 'unusually-long-names number 44 → ' });
  expect(await told.textContent()).toContain('unusually-long-names number 45');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/timeline-360.png`, fullPage: true });
  expect(await faultsOf(page)).toEqual([]);
  await page.close();
});

/** In the page: how often it moved by itself. */
function watchShifts(): void {
  const seen = globalThis as never as { shifts: number };
  seen.shifts = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { hadRecentInput: boolean })[])
      if (!entry.hadRecentInput) seen.shifts += 1;
  }).observe({ type: 'layout-shift' });
}
