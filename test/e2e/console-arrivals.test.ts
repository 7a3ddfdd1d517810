import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { localTime } from '../../shared/kernel/text/zoned-time.ts';
import { forum } from '../support/forum.ts';
import { offerCode } from '../support/phone.ts';
import { grant, openAs, openPage } from './console.ts';
import { phoneAt } from './console-phone.ts';
import { comes } from './post.ts';
import { openSite, type Site } from './site.ts';
import { readTable } from './tables.ts';
import { faultsOf, show, VIEWS } from './views.ts';

const DAY = 24 * 60 * 60 * 1000;

/** The forum, of which today is the first day, and tomorrow the last. */
const onNow = (): EventDefinition['days'] => {
  const { days, timeZone } = forum();
  return days.map((day, n) => {
    const { date } = localTime(new Date(Date.now() + n * DAY), timeZone);
    return { ...day, date, start: '00:00', end: '23:59' };
  });
};

let site: Site;
beforeAll(async () => {
  site = await openSite({ days: onNow() });
});
afterAll(() => site?.stop());

async function aPhone() {
  const client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: site.system.endpoints.dynamodb });
  const { code } = await offerCode({ database: { client, tables: site.system.tables } }, site.eventId);
  client.destroy();
  return phoneAt(site, `${site.system.siteUrl}/checkin/#code=${code}`);
}

/** Where it stands in the files that look at how screens come out. */
const SHOTS = process.env['PLENARY_SHOTS'];
async function shoot(page: Page, name: string): Promise<void> {
  for (const view of SHOTS === undefined ? [] : VIEWS) {
    await show(page, view);
    await page.screenshot({ path: `${SHOTS}/${name}-${view.width}.png`, fullPage: true });
  }
}

/** How far what was there moved without a press, as the browser scores it. @param since when it was all there, by the page's clock */
const shiftsOf = (page: Page, since: number): Promise<number> =>
  page.evaluate(
    (from) =>
      new Promise((done) => {
        const observer = new PerformanceObserver((list) => {
          const shifts = list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[];
          done(
            shifts.reduce(
              (sum, { value, hadRecentInput, startTime }) => sum + (hadRecentInput || startTime < from ? 0 : value),
              0,
            ),
          );
        });
        observer.observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => done(0), 500);
      }),
    since,
  );

const numberOf = (page: Page, words: string, howMany: number) =>
  page.locator('.counts li', { hasText: new RegExp(`^${howMany} ${words}$`) }).waitFor({ timeout: 5_000 });

it('CI13: the board of arrivals shows a scan within five seconds and moves nothing; names are shown for a minute', async () => {
  const first = await comes(site, 'first@board.example.org', {
    fullName: 'Board First',
    organisation: 'Zeta Institute',
  });
  await comes(site, 'second@board.example.org', {
    fullName: 'Board Second',
    organisation: 'Alpha',
    nativeName: 'សុខ សុភាព',
  });
  await comes(site, 'third@board.example.org', { fullName: 'Board Third', organisation: '=1+1 محمد' });
  const phone = await aPhone();
  const page = await openAs(site, 'Organiser');
  await openPage(page, 'Arrivals');
  await numberOf(page, 'expected', 3);
  await numberOf(page, 'here', 0);
  await page.getByLabel('Show by').selectOption('organisation');
  const zeta = page.getByRole('row').filter({ hasText: 'Zeta Institute' });
  await zeta.getByText('0 of 1').waitFor();
  expect(new URL(page.url()).searchParams.get('by')).toBe('organisation');
  expect(await page.locator('main').textContent()).not.toContain('Board First');
  expect(await faultsOf(page)).toEqual([]);
  await shoot(page, 'board');

  await page.reload();
  await zeta.getByText('0 of 1').waitFor();
  const drawn = await page.evaluate(() => performance.now());
  const scanned = Date.now();
  await phone.scan(first);
  await zeta.getByText('1 of 1').waitFor({ timeout: 5_000 });
  await numberOf(page, 'here', 1);
  expect(Date.now() - scanned).toBeLessThan(5_000);
  expect(await shiftsOf(page, drawn)).toBeLessThan(0.01);

  await page.clock.install();
  await page.reload();
  await zeta.getByText('1 of 1').waitFor();
  const names = page.locator('.names li a');
  const press = page.getByRole('button', { name: 'Show names for 60 seconds' });
  await press.click();
  await page.getByText('2 people are not yet here.').waitFor();
  expect(await names.allInnerTexts()).toEqual(['Dr Board Second', 'Dr Board Third']);
  await page.getByRole('timer').getByText('The names go in').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await shoot(page, 'board-names');
  await page.clock.fastForward(30_000);
  expect(await names.count()).toBe(2);
  await page
    .getByRole('timer')
    .filter({ hasText: /in (2\d|3[01]) s/ })
    .waitFor();
  await names.first().focus();
  await page.clock.fastForward(31_000);
  await page.getByText('The names are gone.').waitFor();
  expect(await page.content()).not.toMatch(/Board (First|Second|Third)|សុខ/);
  // Whose focus was within the names goes on from the button.
  expect(await press.evaluate((button) => button === document.activeElement)).toBe(true);

  await page.getByLabel('Of whom').selectOption({ label: 'Alpha' });
  await page.getByLabel('Of whom').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('1 person is not yet here.').waitFor();
  expect(await names.allInnerTexts()).toEqual(['Dr Board Second']);
  await page.getByRole('button', { name: 'Hide the names now' }).click();
  await page.getByText('The names are gone.').waitFor();
  // Names of a group that come when another one is chosen already are not shown as if they were of that.
  let answered = (): void => undefined;
  const others = new Promise<void>((done) => {
    answered = done;
  });
  const isNames = (url: URL) => url.pathname.endsWith('/board/not-yet-here');
  await page.route(isNames, async (route) => {
    await others;
    await route.continue();
  });
  await press.click();
  await page.getByLabel('Of whom').selectOption({ label: 'Zeta Institute' });
  const late = page.waitForResponse((response) => isNames(new URL(response.url())));
  answered();
  await (await late).finished();
  await page.locator('button:not([aria-disabled])', { hasText: 'Show names for 60 seconds' }).waitFor();
  expect(await names.count()).toBe(0);
  const audit = await readTable(site.system, 'audit');
  const looks = audit.filter(({ eventId, action }) => eventId === site.eventId && action === 'name-not-here');
  expect(looks.map(({ people }) => people).sort()).toEqual([1, 1, 2]);
  await page.context().close();
});

it('CI13: protocol picks people to greet on their pages, and sees within five seconds who of them came, and by which list', async () => {
  const guest = await comes(site, 'guest@greet.example.org', { fullName: 'Greeted Guest', nativeName: 'ភ្ញៀវ កិត្តិយស' });
  const other = await comes(site, 'other@greet.example.org', { fullName: 'Greeted Other' });
  const page = await openAs(site, 'Protocol', `/registrations/${guest.reference}`);
  await page.getByRole('button', { name: 'Pick to greet' }).click();
  const line = page.getByLabel('Why, or how');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('alert').getByRole('link', { name: 'Why, or how' }).click();
  await line.fill('x'.repeat(141));
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: '140' }).waitFor();
  await line.fill('Speaks at ten, lead to the stage; ស្វាគមន៍');
  await shoot(page, 'greet-pick');
  expect(await faultsOf(page)).toEqual([]);
  await line.press('Enter');
  await page.getByText('Greeted Guest is among the people to greet.').waitFor();
  await page.goto(page.url().replace(guest.reference, other.reference));
  await page.getByRole('button', { name: 'Pick to greet' }).click();
  await line.fill('Old friend');
  await line.press('Enter');
  await page.getByText('Greeted Other is among the people to greet.').waitFor();
  // Who is cancelled by mistake comes back, and is greeted as before: protocol is told that they have no place now.
  const team = await openAs(site, 'Organiser', `/registrations/${other.reference}`);
  await team.getByRole('button', { name: 'Cancel the registration' }).click();
  await team.getByRole('button', { name: 'Cancel this registration' }).click();
  await team.getByText('Cancelled', { exact: true }).waitFor();
  await team.context().close();
  await page.getByRole('link', { name: 'All people to greet' }).click();
  await page.getByText('0 of 1 is here').waitFor();
  await page.getByText('1 person has no place now').waitFor();
  expect(await page.getByRole('row').filter({ hasText: 'Greeted Other' }).textContent()).toContain('Has no place now');
  const row = page.getByRole('row').filter({ hasText: 'Greeted Guest' });
  await row.getByText('Speaks at ten').waitFor();
  const phone = await aPhone();
  const scanned = Date.now();
  await phone.scan(guest);
  await page.getByText('1 of 1 is here').waitFor({ timeout: 5_000 });
  expect(Date.now() - scanned).toBeLessThan(5_000);
  expect(await row.textContent()).toContain('Here');
  await shoot(page, 'greet');
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('link', { name: 'Greeted Other' }).click();
  await page.getByText('This person has no place now, and stays picked').waitFor();
  expect(await page.getByRole('button', { name: 'Change the line' }).count()).toBe(0);
  await shoot(page, 'greet-no-place');
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Do not greet any more' }).click();
  await page.getByRole('button', { name: 'Take off' }).click();
  await page.getByText('Greeted Other is not among the people to greet any more.').waitFor();
  await page.context().close();

  const own = await openAs(site, 'Organiser', `/registrations/${guest.reference}`);
  await own.getByRole('heading', { name: 'Greeted Guest' }).waitFor();
  expect(await own.content()).not.toMatch(/Speaks at ten|To greet/);
  await own.context().close();
});

it('CI13: a projector shows numbers alone, and a member whose role is taken back sees no more names', async () => {
  // Fewer than five others would be told by what is missing in the sum.
  for (const n of [7, 8]) await comes(site, `few-${n}@board.example.org`, { fullName: `Projected ${n}` });
  for (let n = 0; n < 6; n += 1)
    await comes(site, `many-${n}@board.example.org`, { fullName: `Projected ${n}`, organisation: 'Ministry of Many' });
  const page = await openAs(site, 'Desk lead', '/arrivals?by=organisation');
  await page.getByRole('row').filter({ hasText: 'Ministry of Many' }).waitFor();
  expect(await page.getByRole('button', { name: 'Show names for 60 seconds' }).count()).toBe(0);
  const answers: string[] = [];
  page.on('response', async (response) => {
    if (response.url().includes('/board/projector')) answers.push(await response.text());
  });
  await page.getByRole('link', { name: 'For a projector' }).click();
  await page.locator('.projected').waitFor();
  expect(await page.getByRole('banner').isVisible()).toBe(false);
  await page.locator('.projector dt').first().waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await shoot(page, 'projector');
  expect(answers.length).toBeGreaterThan(0);
  expect(answers.join()).not.toMatch(/Projected \d|Board/);
  // Full, the screen shows nothing to press.
  await page.getByRole('button', { name: 'Fill the screen' }).click();
  await page.locator('.room .buttons').waitFor({ state: 'hidden' });
  await page.evaluate(() => document.exitFullscreen());
  await page.getByRole('link', { name: 'Back to the board' }).click();
  await page.getByRole('row').filter({ hasText: 'Ministry of Many' }).waitFor();
  await page.context().close();

  const own = await openAs(site, 'Protocol', '/arrivals?list=removed');
  await own.locator('.note', { hasText: 'There is no such list' }).getByRole('link').click();
  await own.getByRole('button', { name: 'Show names for 60 seconds' }).click();
  await own.locator('.names li').first().waitFor();
  await grant(site, 'protocol', 'Protocol', [{ role: 'viewer' }]);
  await own.locator('.names').waitFor({ state: 'detached', timeout: 5_000 });
  expect(await own.content()).not.toContain('Projected');
  await own.context().close();
});
