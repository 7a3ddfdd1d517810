import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { putAll } from '../../bench/people.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { putAudit } from '../../shared/team/audit/audit.store.ts';
import { consoleOf, openAs, resultOf } from './console.ts';
import { comes } from './post.ts';
import { openSite, type Site } from './site.ts';
import { faultsOf, show, VIEWS } from './views.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

const SHOTS = process.env['PLENARY_SHOTS'];
const shots = async (page: Page, name: string): Promise<void> => {
  for (const view of SHOTS === undefined ? [] : VIEWS) {
    await show(page, view);
    await page.screenshot({ path: `${SHOTS}/person-${name}-${view.width}.png`, fullPage: true });
  }
};

it('a person’s page has notes that are written and taken away by keyboard, and what was said before each change', async () => {
  const { reference } = await comes(site, 'one@person.example.org', { fullName: 'Peson One', organisation: 'Alpha' });
  const page = await openAs(site, 'Organiser', `/registrations/${reference}`);
  const timeline = page.getByRole('region', { name: 'Who did what' }).getByRole('listitem');
  await timeline.filter({ hasText: 'Registered' }).waitFor();
  expect(await page.getByText('Certificate of attendance').count(), 'before the event').toBe(0);
  const notes = page.getByRole('region', { name: 'Notes' });
  await notes.getByText('The person can ask to read this. Health and needs belong under “What people need”.').waitFor();
  await notes.getByRole('button', { name: 'Write a note' }).press('Enter');
  const box = notes.getByLabel('Note', { exact: true });
  const long = 'x'.repeat(20_480);
  await box.fill(long);
  await notes.getByRole('button', { name: 'Save the note' }).click();
  await notes.getByRole('alert').getByText('500').first().waitFor();
  expect(await box.inputValue(), 'what was typed stays').toBe(long);
  expect(await faultsOf(page)).toEqual([]);
  await shots(page, 'note-refused');
  await box.fill('Calls back on Monday.');
  await notes.getByRole('button', { name: 'Save the note' }).press('Enter');
  expect(await resultOf(page)).toBe('The note is saved.');
  await notes.getByRole('listitem').filter({ hasText: 'Calls back on Monday.' }).waitFor();
  await timeline.filter({ hasText: 'Organiser wrote a note on a person' }).waitFor();

  await page.getByRole('button', { name: 'Correct the name' }).click();
  await page.getByLabel('Full name').fill('Person One');
  await page.getByRole('button', { name: 'Save the name' }).click();
  const change = timeline.filter({ hasText: 'Full name: Peson One → Person One' });
  await change.waitFor();
  expect(await timeline.first().textContent(), 'the newest first').toContain('Person One');
  expect(await faultsOf(page)).toEqual([]);
  await shots(page, 'timeline');

  const joined = timeline.filter({ hasText: 'Organiser corrected a name' });
  expect(await joined.textContent(), 'what was done and what it changed are one line').toContain(
    'Peson One → Person One',
  );
  expect(await timeline.filter({ hasText: 'Organiser wrote a note on a person' }).count()).toBe(1);
  expect(await timeline.count()).toBe(3);

  const khmer = await openAs(site, 'Organiser', `/registrations/${reference}`, { locale: 'km-KH' });
  await khmer.getByText('Peson One → Person One').waitFor();
  await khmer.getByText('Organiser បានកែឈ្មោះមួយ').waitFor();
  await khmer.getByText('Calls back on Monday.').waitFor();
  await shots(khmer, 'khmer');
  await khmer.close();

  await notes.getByRole('button', { name: 'Take this note away' }).click();
  await notes.getByRole('button', { name: 'Take it away' }).click();
  await notes.getByText('Nothing is noted.').waitFor();
  await timeline.filter({ hasText: 'Organiser removed a note on a person' }).waitFor();
});

/** Of a member who is of the team no more: thirty looks by an address, and thirty changes of tags after them, a minute apart. */
async function noteInAudit(reference: string): Promise<void> {
  const { endpoints, tables } = site.system;
  const client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: endpoints.dynamodb });
  const from = Date.now() + 60_000;
  const items = Array.from({ length: 60 }, (_, nth) => {
    const at = new Date(from + nth * 60_000).toISOString();
    const who = { by: 'A'.repeat(43), byLabel: 'Ana', about: reference, person: 'adult' as const };
    const action = nth < 30 ? ('find-address' as const) : ('tag' as const);
    const entry = { id: String(nth).padStart(22, 'e'), eventId: site.eventId, at, action, ...who };
    return putAudit('', entry, 2 ** 32).Put?.Item ?? {};
  });
  await putAll(client, tables.audit, items);
  client.destroy();
}

it('what members did stands among the changes; who looked after a press, what is older after another', async () => {
  const email = 'two@person.example.org';
  const { reference } = await comes(site, email, { fullName: 'Person Two' });
  await noteInAudit(reference);
  const page = await openAs(site, 'Organiser', `/registrations/${reference}`);
  const section = page.getByRole('region', { name: 'Who did what' });
  const lines = section.getByRole('listitem');
  await lines.first().waitFor();
  expect(await lines.count(), 'of fifty those that are no looks').toBe(30);
  expect(await lines.filter({ hasText: 'Registered' }).count(), 'older than what was read').toBe(0);
  expect(await faultsOf(page)).toEqual([]);
  await section.getByRole('button', { name: 'Show who looked' }).press('Enter');
  expect(await resultOf(page)).toBe('Who looked is shown, too.');
  expect(await lines.count()).toBe(50);
  expect(await lines.first().textContent()).toContain('Ana changed a person’s tags');
  await section.getByRole('button', { name: 'Older' }).press('Enter');
  await lines.filter({ hasText: 'Registered' }).waitFor();
  expect(await lines.count()).toBe(61);
  expect(await section.getByRole('button', { name: 'Older' }).count()).toBe(0);
  expect(await faultsOf(page)).toEqual([]);
  await shots(page, 'looks');
  await section.getByRole('button', { name: 'Hide who looked' }).press('Enter');
  expect(await lines.count()).toBe(31);
});

it('who may not ask the audit sees the changes alone', async () => {
  const { reference } = await comes(site, 'three@person.example.org', { fullName: 'Person Three' });
  const page = await openAs(site, 'Organiser', '/registrations');
  const refused = { type: 'urn:plenary:problem:not-permitted', title: 'No', status: 403 };
  const problem = { status: 403, contentType: 'application/problem+json', body: JSON.stringify(refused) };
  await page.route(/\/audit\/registrations\//, (route) => route.fulfill(problem));
  await page.goto(consoleOf(site, `/registrations/${reference}`));
  const section = page.getByRole('region', { name: 'Who did what' });
  await section.getByRole('listitem').filter({ hasText: 'Registered' }).waitFor();
  expect(await section.getByRole('alert').count()).toBe(0);
});
