import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyAsMedia, openAs, resultOf } from './console.ts';
import { openSite, type Site } from './site.ts';
import { faultsOf, show, VIEWS } from './views.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

const NAMES = ['Ada Many', 'Ben Many', 'Cho Many'];

/** Where it stands in the files that look at how screens come out. */
const SHOTS = process.env['PLENARY_SHOTS'];

it('RE12: does one thing with all who are chosen: looks first, follows it, and takes it back before mail leaves', async () => {
  for (const fullName of NAMES) await applyAsMedia(site, `${fullName.split(' ')[0]}@bulk.example.org`, { fullName });
  const page = await openAs(site, 'Organiser', '/registrations');
  const look = async (name: string): Promise<void> => {
    expect(await faultsOf(page)).toEqual([]);
    for (const view of SHOTS === undefined ? [] : VIEWS) {
      await show(page, view);
      await page.screenshot({ path: `${SHOTS}/bulk-${name}-${view.width}.png`, fullPage: true });
    }
  };
  await page.getByRole('button', { name: 'Choose all 3 found' }).click();
  await page.getByRole('link', { name: /^Approve, decline or cancel these 3 people/ }).click();
  await page.getByRole('heading', { name: 'With the 3 people who are chosen' }).waitFor();
  await page.getByLabel('What to do').selectOption('cancel');
  await page.getByRole('button', { name: 'See what it would do' }).click();
  await page.getByText('3 registrations can be cancelled.').waitFor();
  await page.getByLabel('What to do').selectOption('approve');
  expect(await page.getByText('can be cancelled').count(), 'what was seen of another').toBe(0);
  await page.getByRole('button', { name: 'See what it would do' }).click();
  await page.getByText('3 people can be approved.').waitFor();
  await page.getByText('Show their names').click();
  expect((await page.locator('details[open] li a').allInnerTexts()).sort()).toEqual(NAMES);
  await look('preview');
  await page.getByRole('button', { name: 'Approve 3 people' }).click();
  await page.getByText('Through with 3 of 3 people. 3 people were changed.').waitFor();
  await page.getByText('All is done. No mail has left yet.').waitFor();
  await page.getByText(/^Mail leaves in \d+ seconds?\.$/).waitFor();
  await page.getByText('3 people: done').click();
  expect((await page.locator('details[open] li a').allInnerTexts()).sort()).toEqual(NAMES);
  await look('held');
  await page.getByRole('button', { name: 'Stop and take back' }).click();
  await page.getByRole('button', { name: 'Take it back' }).click();
  expect(await resultOf(page)).toBe('It is being taken back.');
  await page.getByText('It was taken back.').waitFor();
  await page.getByText('3 people: taken back').waitFor();
  expect(await page.getByRole('button', { name: 'Stop and take back' }).count()).toBe(0);
  await page.getByRole('link', { name: 'All of the last seven days' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Approve 3 people' });
  expect(await row.textContent()).toContain('It was taken back.');
  await page.getByRole('link', { name: 'Choose people in the list' }).waitFor();
  await look('list');
  await page.getByRole('link', { name: 'Choose people in the list' }).click();
  await page.getByRole('row').filter({ hasText: 'Waiting for a decision' }).first().waitFor();
});
