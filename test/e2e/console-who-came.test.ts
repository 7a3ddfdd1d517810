import { readFile } from 'node:fs/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { registrationKey } from '../../shared/kernel/dynamo/keys.ts';
import { transact } from '../../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { CROCKFORD } from '../../shared/kernel/text/crockford.ts';
import { deleteRegistration, fromRegistrationItem } from '../../shared/registration/registration.store.ts';
import { putGone } from '../../shared/registration/tombstone.store.ts';
import { Pdf } from '../support/glyphs/pdf.ts';
import { offerCode } from '../support/phone.ts';
import { readWorkbook } from '../support/workbook.ts';
import { consoleOf, openAs, resultOf } from './console.ts';
import { phoneAt } from './console-phone.ts';
import { comes } from './post.ts';
import { openSite, type Site } from './site.ts';
import { faultsOf, show, VIEWS } from './views.ts';

/** Rows of a sheet that go on one page of A4, at the most. */
const ON_A_PAGE = 20;
const MORE = 20;

let site: Site;
beforeAll(async () => {
  site = await openSite();
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

it('CI13: says by name who came to a list, finds them, saves a file, and prints a sheet for signatures', async () => {
  const first = await comes(site, 'first@names.example.org', {
    fullName: 'Dara First',
    organisation: 'Zeta Institute',
  });
  await comes(site, 'second@names.example.org', {
    fullName: 'Sok Second',
    nativeName: 'សុខ សុភាព',
    organisation: 'Alpha',
  });
  await comes(site, 'third@names.example.org', {
    fullName: '=1+1 Third',
    nativeName: 'محمد الأمين',
    organisation: 'Mu',
  });
  const phone = await aPhone();
  await phone.scan(first);

  const page = await openAs(site, 'Organiser', '/check-in/event');
  await page.getByRole('button', { name: 'Show names' }).click();
  await page.getByText('1 came, 2 not yet, 0 without a check-in recorded.').waitFor();
  const names = page.locator('tbody tr th a');
  expect(await names.allInnerTexts()).toEqual(['Dr =1+1 Third', 'Dr Dara First', 'Dr Sok Second']);
  const dara = page.getByRole('row').filter({ hasText: 'Dara First' });
  expect(await dara.textContent()).toMatch(/Came[\s\S]*\d{4}, \d\d:\d\d[\s\S]*In person/);
  expect(await faultsOf(page)).toEqual([]);
  for (const view of SHOTS === undefined ? [] : VIEWS) {
    await show(page, view);
    await page.screenshot({ path: `${SHOTS}/names-${view.width}.png`, fullPage: true });
  }

  await page.getByLabel('Status').selectOption('not-yet');
  expect(await names.allInnerTexts()).toEqual(['Dr =1+1 Third', 'Dr Sok Second']);
  await page.getByLabel('Name, organisation or reference').fill('សុខ');
  expect(await names.allInnerTexts()).toEqual(['Dr Sok Second']);
  await page.getByLabel('Name, organisation or reference').fill('ZETA');
  await page.getByText('Nobody fits.').waitFor();
  await page.getByLabel('Status').selectOption('');
  expect(await names.allInnerTexts()).toEqual(['Dr Dara First']);

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save them for Excel' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toMatch(new RegExp(`^${site.eventId}-event-who-came-\\d{4}-\\d\\d-\\d\\d\\.xlsx$`));
  const [head, ...people] = await readWorkbook(await readFile(await saved.path()));
  expect(head?.slice(0, 3)).toEqual(['Reference', 'Title', 'Full name']);
  expect(head?.slice(-5)).toEqual(['Group', 'Takes part', 'Came', 'Left', 'Status']);
  expect(people.map((row) => [row[2], row.at(-1)])).toEqual([
    ['=1+1 Third', 'Not yet'],
    ['Dara First', 'Came'],
    ['Sok Second', 'Not yet'],
  ]);
  expect(await resultOf(page)).toMatch(/This export is recorded\.$/);

  for (let n = 0; n < MORE; n += 1) await comes(site, `more-${n}@names.example.org`, { fullName: `Guest ${n}` });
  await page.getByLabel('Day', { exact: true }).selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Show names' }).click();
  await page.getByText(`0 came, ${3 + MORE} not yet, 0 without a check-in recorded.`).waitFor();
  await page.getByRole('button', { name: 'Make a sheet for signatures' }).click();
  const rows = page.locator('.sign-sheet tbody tr');
  expect(await rows.count()).toBe(3 + MORE);
  expect(await rows.nth(1).textContent()).toContain('Dara First');
  await page.getByLabel('Order').selectOption('organisation');
  expect(await rows.first().textContent()).toContain('Sok Second');
  expect(await faultsOf(page)).toEqual([]);
  for (const view of SHOTS === undefined ? [] : VIEWS) {
    await show(page, view);
    await page.screenshot({ path: `${SHOTS}/sheet-${view.width}.png`, fullPage: true });
  }

  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  // The sheet alone is printed, and its head says what it is of.
  for (const name of ['Who may come in', 'By name', 'Entrance']) {
    expect(await page.getByRole('heading', { name, includeHidden: true }).isVisible(), name).toBe(false);
  }
  expect(await page.locator('.sheet-title').textContent()).toMatch(/Entrance, .*2027[\s\S]*As of/);
  const heights = await rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().height));
  expect(Math.min(...heights)).toBeGreaterThan(45);
  expect(await page.locator('.sign-sheet thead').evaluate((head) => getComputedStyle(head).display)).toBe(
    'table-header-group',
  );
  await page.evaluate(() => document.fonts.ready);
  const file = await page.pdf({ preferCSSPageSize: true });
  if (SHOTS !== undefined) await page.pdf({ preferCSSPageSize: true, path: `${SHOTS}/sheet.pdf` });
  expect(new Pdf(file).pages()).toHaveLength(Math.ceil((3 + MORE) / ON_A_PAGE));
  expect(file.toString('latin1').match(/\/MediaBox\s*\[0 0 59[45]\.\d+ 84[12]\.\d+\]/g)?.length).toBeGreaterThan(0);
  await page.context().close();
});

it('RE11: of more people than an answer holds it asks part by part, and makes one file and a sheet in pieces of all', async () => {
  const page = await openAs(site, 'Organiser', '/check-in/event');
  const asked: string[] = [];
  // Each part has 150 people, in the order of their references: 4,800 in all, called so that names are in another.
  const named = (part: string, n: number) => ({ reference: `${part}${100_000_000 + n}`, fullName: `N${n} ${part}` });
  await page.route('**/check-in/lists/event/attendance**', (route) => {
    const { pathname, searchParams } = new URL(route.request().url());
    const part = searchParams.get('part') ?? '';
    asked.push(`${pathname.split('/').at(-1)} ${part}`);
    if (part === '') return route.fulfill({ status: 413, json: { type: 'urn:plenary:problem:export-too-large' } });
    const people = Array.from({ length: 150 }, (_, n) => named(part, n));
    if (pathname.endsWith('.csv')) {
      const rows = people.map(({ reference, fullName }) => `${reference},${fullName}\r\n`);
      return route.fulfill({
        contentType: 'text/csv; charset=utf-8',
        body: `\uFEFFreference,fullName\r\n${rows.join('')}`,
      });
    }
    const told = { organisation: 'Ministry', country: 'KH', category: 'academia', status: 'not-yet' };
    const unnamed = part === '0' ? { unnamed: 3 } : {};
    return route.fulfill({ json: { people: people.map((each) => ({ ...each, ...told })), ...unnamed } });
  });
  // The list of people, which knows none of these, does not come.
  await page.route('**/events/*/people*', () => undefined);
  await page.reload();
  await page.getByRole('button', { name: 'Show names' }).click();
  await page.getByText('0 came, 4,800 not yet, 0 without a check-in recorded.').waitFor();
  await page.getByText('3 more tickets came in').waitFor();
  expect(asked).toEqual(['attendance ', ...[...CROCKFORD].map((part) => `attendance ${part}`)]);
  expect(await page.locator('tbody tr th a').first().textContent()).toBe('N0 0');
  expect(await page.locator('tbody tr th a').nth(31).textContent()).toBe('N0 Z');

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save them for Excel' }).click();
  const lines = (await readWorkbook(await readFile(await (await saving).path()))).map((row) => row.join());
  expect(lines[0]).toBe('Reference,Full name');
  expect(lines).toHaveLength(1 + 4_800);
  expect(new Set(lines).size, 'one head, and nobody twice').toBe(lines.length);

  await page.getByRole('button', { name: 'Make a sheet for signatures' }).click();
  const rows = page.locator('.sign-sheet tbody tr');
  expect(await rows.count()).toBe(2_000);
  await page.getByLabel('Part').selectOption('4,001 to 4,800');
  expect(await rows.count()).toBe(800);
  expect(await rows.first().locator('td').first().textContent()).toBe('4001');
  await page.getByLabel('Order').selectOption('organisation');
  expect(await rows.count(), 'the same piece').toBe(800);
  for (const view of SHOTS === undefined ? [] : VIEWS) {
    await show(page, view);
    await page.screenshot({ path: `${SHOTS}/pieces-${view.width}.png` });
  }
  expect(await faultsOf(page)).toEqual([]);
  await page.context().close();
});

it('CI13: marks people as come from a signed list, a line at a time told before, and takes it back on a page of one', async () => {
  const one = await comes(site, 'one@marks.example.org', { fullName: 'Mark One', organisation: 'Alpha' });
  const two = await comes(site, 'two@marks.example.org', { fullName: 'Mark Two', organisation: 'Alpha' });
  const page = await openAs(site, 'Organiser', '/check-in/event');
  await page.getByRole('button', { name: 'Mark people from a signed list' }).click();
  const lines = page.getByLabel('References or ticket numbers, a line for each person');
  const look = page.getByRole('button', { name: 'Look at each line' });
  await look.click();
  await page.getByRole('alert').waitFor();
  await lines.fill(Array.from({ length: 2_501 }, () => one.reference).join('\n'));
  await page.getByLabel('Why you mark it').fill('They signed the list at the door.');
  await look.click();
  await page.getByRole('alert').getByText('These are 2,501 lines. At most 2,500 are taken at once').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await lines.fill(`1. ${one.reference} signed\n\n${two.reference}\n${two.reference}\nsmudged`);
  await look.click();
  await page.getByText('2 people can be marked; 2 other lines are left as they are.').waitFor();
  expect(await page.getByRole('row').filter({ hasText: 'smudged' }).textContent()).toContain(
    'No reference and no ticket number.',
  );
  expect(await faultsOf(page)).toEqual([]);
  for (const view of SHOTS === undefined ? [] : VIEWS) {
    await show(page, view);
    await page.screenshot({ path: `${SHOTS}/mark-list-${view.width}.png`, fullPage: true });
  }
  await page.getByRole('button', { name: 'Mark 2 people as came' }).click();
  expect(await resultOf(page)).toBe('2 people were marked as came; 2 other lines.');

  const own = await openAs(site, 'Organiser', `/registrations/${one.reference}`);
  await own.getByText('Marked by hand').waitFor();
  await own.getByText(/^By .+: They signed the list at the door\.$/).waitFor();
  await own.getByText('They signed the list at the door.').waitFor();
  await own.getByRole('button', { name: 'Mark as came, or take it back' }).click();
  await own.getByLabel('List', { exact: true }).selectOption('event');
  await own.getByLabel('Why you mark it').fill('They signed in the wrong row.');
  expect(await faultsOf(own)).toEqual([]);
  for (const view of SHOTS === undefined ? [] : VIEWS) {
    await show(own, view);
    await own.screenshot({ path: `${SHOTS}/mark-one-${view.width}.png`, fullPage: true });
  }
  await own.getByRole('button', { name: 'Take the mark back' }).click();
  expect(await resultOf(own)).toBe('The mark is taken back.');
  await own.getByText('No check-in is recorded.').waitFor();
  await own.context().close();
  await page.context().close();
});

it('CI13: filters the open list by who came, which is loaded when it is asked for, and follows a scan within five seconds', async () => {
  const here = await comes(site, 'here@counts.example.org', { fullName: 'Count Here', organisation: 'Alpha' });
  await comes(site, 'there@counts.example.org', { fullName: 'Count There', organisation: 'Alpha' });
  const phone = await aPhone();
  const page = await openAs(site, 'Organiser', '/registrations?q=count&sort=name');
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/check-in/attendance')) asked.push(new URL(request.url()).search);
  });
  const found = (text: string) => page.locator('.found b', { hasText: text }).waitFor({ timeout: 5_000 });
  await found('2 people found');
  await page.getByRole('button', { name: 'Columns and order' }).click();
  expect(asked).toEqual([]);
  await page.getByRole('checkbox', { name: 'Attendance: whole event' }).check();
  await page.getByRole('cell', { name: 'Not yet' }).first().waitFor();
  expect(asked.slice(0, 1)).toEqual(['?lang=en']);
  await page.getByRole('checkbox', { name: 'Came at: Entrance' }).check();
  expect(await faultsOf(page)).toEqual([]);
  for (const view of SHOTS === undefined ? [] : VIEWS) {
    await show(page, view);
    await page.screenshot({ path: `${SHOTS}/attendance-columns-${view.width}.png`, fullPage: true });
  }
  await page.getByRole('button', { name: 'Columns and order' }).click();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByLabel('What to filter by').selectOption({ label: 'Attendance: whole event' });
  await page.getByRole('checkbox', { name: /^Not yet/ }).waitFor();
  await page.getByRole('checkbox', { name: /^Came / }).check();
  expect(await faultsOf(page)).toEqual([]);
  for (const view of SHOTS === undefined ? [] : VIEWS) {
    await show(page, view);
    await page.screenshot({ path: `${SHOTS}/attendance-filter-${view.width}.png`, fullPage: true });
  }
  await page.getByRole('button', { name: 'Apply' }).click();
  await found('0 people found');
  const scanned = Date.now();
  await phone.scan(here);
  await found('1 person found');
  expect(Date.now() - scanned).toBeLessThan(5_000);
  const row = page.getByRole('row').filter({ hasText: 'Count Here' });
  expect(await row.textContent()).toMatch(/Came[\s\S]*\d{4}, \d\d:\d\d/);
  for (const view of SHOTS === undefined ? [] : VIEWS) {
    await show(page, view);
    await page.screenshot({ path: `${SHOTS}/attendance-came-${view.width}.png`, fullPage: true });
  }

  await page.reload();
  await found('1 person found');
  await page.getByRole('link', { name: 'Count Here' }).click();
  await page.getByRole('heading', { level: 1, name: 'Count Here' }).waitFor();
  await page.getByRole('link', { name: 'Back to all registrations' }).click();
  await found('1 person found');
  await page.getByRole('button', { name: /^Remove the filter Attendance/ }).click();
  await found('2 people found');
  await page.context().close();
});

it('CI13: names who came no longer than the list of people is there, and nobody who was erased', async () => {
  await comes(site, 'stays@idle.example.org', { fullName: 'Stays Idle' });
  const { reference } = await comes(site, 'leaves@idle.example.org', { fullName: 'Leaves Idle' });
  const page = await openAs(site, 'Organiser');
  await page.clock.install();
  await page.goto(consoleOf(site, '/check-in/event'));
  await page.getByRole('button', { name: 'Show names' }).click();
  const rows = page.locator('tbody tr').filter({ hasText: 'Idle' });
  const names = async (number: number): Promise<void> => {
    // Looks follow one another by the page's clock, and are answered by another.
    for (let n = 0; n < 40 && (await rows.count()) !== number; n += 1) {
      await page.clock.runFor(1_000);
      await new Promise((done) => setTimeout(done, 50));
    }
    expect(await rows.count()).toBe(number);
  };
  await names(2);
  const dynamodb = new DynamoDBClient({ ...LOCAL_AWS, endpoint: site.system.endpoints.dynamodb });
  const { registry } = site.system.tables;
  const key = registrationKey(site.eventId, reference);
  const client = documentClient(dynamodb);
  const { Item = {} } = await client.send(new GetCommand({ TableName: registry, Key: key }));
  const leaves = fromRegistrationItem(Item);
  await transact(client, [deleteRegistration(registry, leaves), putGone(registry, leaves, new Date())], realSystem);
  dynamodb.destroy();
  await names(1);
  await page.clock.fastForward('15:10');
  await page.getByText('Nothing was pressed for 15 minutes').waitFor();
  expect(await rows.count()).toBe(0);
  expect(await page.content()).not.toContain('Stays Idle');
  expect(await faultsOf(page)).toEqual([]);
  for (const view of SHOTS === undefined ? [] : VIEWS) {
    await show(page, view);
    await page.screenshot({ path: `${SHOTS}/emptied-${view.width}.png`, fullPage: true });
  }
  await page.getByRole('button', { name: 'Load the list again' }).click();
  await names(1);
  expect(await rows.textContent()).toContain('Stays Idle');
  await page.context().close();
});
