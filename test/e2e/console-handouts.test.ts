import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import { offerCode } from '../support/phone.ts';
import { openAs, resultOf } from './console.ts';
import { phoneAt } from './console-phone.ts';
import { eventually } from './eventually.ts';
import { comes } from './post.ts';
import { openSite, type Site } from './site.ts';
import { faultsOf, show, VIEWS } from './views.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

async function phoneFor(lists: readonly string[]) {
  const client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: site.system.endpoints.dynamodb });
  const { code } = await offerCode({ database: { client, tables: site.system.tables } }, site.eventId, { lists });
  client.destroy();
  return phoneAt(site, `${site.system.siteUrl}/checkin/#code=${code}`);
}

const SHOTS = process.env['PLENARY_SHOTS'];

it('lends something out: made in a form, in numbers that follow, by name on a press, and back', async () => {
  const one = await comes(site, 'one@handouts.example.org', { fullName: 'Lend One', organisation: 'Alpha' });
  const two = await comes(site, 'two@handouts.example.org', { fullName: 'Lend Two', organisation: 'Beta' });
  const page = await openAs(site, 'Organiser', '/check-in');
  const shots = async (name: string): Promise<void> => {
    for (const view of SHOTS === undefined ? [] : VIEWS) {
      await show(page, view);
      await page.screenshot({ path: `${SHOTS}/handouts-${name}-${view.width}.png`, fullPage: true });
    }
  };
  await page.getByRole('link', { name: 'Hand something out' }).click();
  const make = page.getByRole('button', { name: 'Make it' });
  await make.click();
  await page.getByRole('alert').first().waitFor();
  await page.getByLabel('What is handed out').fill('Headset');
  await page.getByLabel('How often').selectOption({ label: 'As often as they like' });
  await page.getByLabel('To be brought back').check();
  expect(await faultsOf(page)).toEqual([]);
  await shots('form');
  await make.click();
  expect(await resultOf(page)).toBe('Headset is made. Let a phone in to scan for it.');
  const row = page.getByRole('row').filter({ hasText: 'Headset' });
  await row.waitFor();
  expect(await row.getByRole('cell').allInnerTexts()).toEqual(['As often as they like', '0', '0']);
  // A phone may be let in for it beside the doors.
  await page.getByRole('link', { name: 'Phones at the doors' }).click();
  await page.getByRole('button', { name: 'Let a phone in' }).click();
  await page.getByLabel('Headset').waitFor();
  await page.getByRole('link', { name: 'Check-in', exact: true }).first().click();

  const phone = await phoneFor(['headset']);
  for (const each of [one, two]) await phone.scan({ ...each, list: 'headset' });
  await phone.scan({ ...two, list: 'headset', kind: 'out' });
  await eventually(
    () => row.getByRole('cell').allInnerTexts(),
    (cells) => cells.join() === 'As often as they like,2,1',
  );
  expect(await faultsOf(page)).toEqual([]);
  await shots('overview');
  await row.getByRole('link', { name: 'Headset' }).click();
  await page.getByText('1 person has it still.').waitFor();
  await page.getByRole('button', { name: 'Show names' }).click();
  const names = page.locator('tbody tr th a');
  await names.first().waitFor();
  expect(await names.allInnerTexts()).toEqual(['Dr Lend One']);
  await page.getByLabel('Show', { exact: true }).selectOption({ label: 'Everyone who was given it' });
  expect(await names.allInnerTexts()).toEqual(['Dr Lend One', 'Dr Lend Two']);
  expect(await faultsOf(page)).toEqual([]);
  await shots('names');
  // Nobody has come: the registration says so, and what they were given.
  await names.first().click();
  await page.getByText('No check-in is recorded.').waitFor();
  const own = page.getByRole('row').filter({ hasText: 'Headset' });
  await own.waitFor();
  expect((await own.getByRole('cell').allInnerTexts()).slice(1)).toEqual(['1', 'Not back yet']);
  await shots('person');
  expect(await faultsOf(page)).toEqual([]);
  await page.context().close();
});

it('lists whom two phones gave something without a network, and says what to do, in both languages', async () => {
  const twice = await comes(site, 'twice@handouts.example.org', { fullName: 'Given Twice', organisation: 'Alpha' });
  const once = await comes(site, 'once@handouts.example.org', { fullName: 'Given Once', organisation: 'Beta' });
  const page = await openAs(site, 'Organiser', '/check-in');
  await page.getByRole('link', { name: 'Hand something out' }).click();
  await page.getByLabel('What is handed out').fill('Receiver');
  await page.getByLabel('How often').selectOption({ label: 'As often as they like' });
  await page.getByLabel('To be brought back').check();
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('row').filter({ hasText: 'Receiver' }).waitFor();
  const [left, right] = [await phoneFor(['receiver']), await phoneFor(['receiver'])];
  await left.scan({ ...twice, list: 'receiver' });
  await right.scan({ ...twice, list: 'receiver' });
  await left.scan({ ...once, list: 'receiver' });
  await left.scan({ ...twice, list: 'receiver', kind: 'out' });
  await page.getByRole('link', { name: 'Receiver' }).click();
  await page.getByRole('button', { name: 'Show names' }).click();
  await page.getByText('1 person was given it more often than it is meant to be.').waitFor();
  await page.getByText('Make sure that nothing is missing.').waitFor();
  const names = page.locator('tbody tr th a');
  expect(await names.allInnerTexts()).toEqual(['Dr Given Once']);
  await page.getByLabel('Show', { exact: true }).selectOption({ label: 'Who was given it too often' });
  expect(await names.allInnerTexts()).toEqual(['Dr Given Twice']);
  const cell = page.locator('tbody tr').getByRole('cell').last();
  expect(await cell.allInnerTexts()).toMatchObject([
    expect.stringMatching(/^2\s+once too often\s+Given .+, .+\s+Given .+, .+\s+Back .+, .+$/),
  ]);
  const shots = async (name: string): Promise<void> => {
    for (const view of SHOTS === undefined ? [] : VIEWS) {
      await show(page, view);
      await page.screenshot({ path: `${SHOTS}/handouts-${name}-${view.width}.png`, fullPage: true });
    }
  };
  await shots('doubt');
  expect(await faultsOf(page)).toEqual([]);
  await page.evaluate(() => localStorage.setItem('plenary.language', 'km'));
  await page.reload();
  await page.getByRole('button', { name: 'បង្ហាញឈ្មោះ' }).click();
  await page.getByText('ទូរសព្ទពីរបានប្រគល់ឱ្យ').waitFor();
  await shots('doubt-km');
  expect(await faultsOf(page)).toEqual([]);
  await page.context().close();
});

it('asks for no more of many people, a part at a time, once the page is left', async () => {
  const page = await openAs(site, 'Organiser', '/check-in');
  await page.getByRole('link', { name: 'Hand something out' }).click();
  await page.getByLabel('What is handed out').fill('Lanyard');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('link', { name: 'Lanyard' }).click();
  const parts: string[] = [];
  const tooLarge = JSON.stringify({ type: 'urn:plenary:problem:export-too-large', title: 'x', status: 413 });
  const isHandout = (url: URL) => url.pathname.endsWith('/handouts/lanyard');
  await page.route(isHandout, async (route) => {
    const part = new URL(route.request().url()).searchParams.get('part');
    if (part === null) return route.fulfill({ status: 413, contentType: 'application/problem+json', body: tooLarge });
    parts.push(part);
    await new Promise((done) => setTimeout(done, 200));
    return route.fulfill({ json: { people: [] } }).catch(() => undefined);
  });
  await page.getByRole('button', { name: 'Show names' }).click();
  await expect.poll(() => parts.length).toBeGreaterThan(1);
  await page.getByRole('link', { name: 'Check-in', exact: true }).first().click();
  await page.getByRole('heading', { name: 'Check-in' }).waitFor();
  const asked = parts.length;
  await new Promise((done) => setTimeout(done, 1_500));
  expect(parts.length).toBe(asked);
  expect(asked).toBeLessThan(32);
  await page.context().close();
});
