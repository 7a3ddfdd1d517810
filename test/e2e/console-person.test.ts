import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAs, resultOf } from './console.ts';
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
  const timeline = page.getByRole('region', { name: 'Who changed what' }).getByRole('listitem');
  await timeline.filter({ hasText: 'Registered' }).waitFor();
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

  await page.getByRole('button', { name: 'Correct the name' }).click();
  await page.getByLabel('Full name').fill('Person One');
  await page.getByRole('button', { name: 'Save the name' }).click();
  const change = timeline.filter({ hasText: 'Full name: Peson One → Person One' });
  await change.waitFor();
  expect(await timeline.first().textContent(), 'the newest first').toContain('Person One');
  expect(await faultsOf(page)).toEqual([]);
  await shots(page, 'timeline');

  const khmer = await openAs(site, 'Organiser', `/registrations/${reference}`, { locale: 'km-KH' });
  await khmer.getByText('Peson One → Person One').waitFor();
  await khmer.getByText('Calls back on Monday.').waitFor();
  await shots(khmer, 'khmer');
  await khmer.close();

  await notes.getByRole('button', { name: 'Take this note away' }).click();
  await notes.getByRole('button', { name: 'Take it away' }).click();
  await notes.getByText('Nothing is noted.').waitFor();
});
