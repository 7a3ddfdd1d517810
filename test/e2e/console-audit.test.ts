import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWorkbook } from '../support/workbook.ts';
import { applyAsMedia, openAs, resultOf } from './console.ts';
import { shown } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { faultsOf } from './views.ts';

/** Where it stands in the files that look at how screens come out. */
const SHOTS = process.env['PLENARY_SHOTS'];

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

it('IN2: an owner sees who did what, finds it by member, kind, days and reference, and saves it as a file', async () => {
  await applyAsMedia(site, 'audited@example.org', { fullName: 'Audited Person' });
  const page = await openAs(site, 'Organiser', '/registrations');
  await page.getByRole('link', { name: 'Audited Person' }).click();
  await page.getByRole('button', { name: 'Approve' }).first().click();
  await page.getByText('Confirmed').first().waitFor();
  await page.goto(page.url().replace(/\/registrations.*/, '/audit'));
  const line = page.locator('.list li', { hasText: 'Organiser approved a registration' });
  await line.waitFor();
  await line.getByText('Audited Person').waitFor();
  const reference = await shown(line.getByRole('link'));
  expect(await faultsOf(page)).toEqual([]);

  await page.getByRole('button', { name: 'Look for some of them' }).click();
  expect(await faultsOf(page)).toEqual([]);
  for (const width of SHOTS ? [360, 1280] : []) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${SHOTS}/audit-${width}.png`, fullPage: true });
  }
  await page.getByLabel('What').selectOption('did');
  await page.getByLabel('Reference of an adult (optional)').fill(reference);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  expect(await resultOf(page)).toBe('This is what was noted.');
  expect(await page.locator('.list li').count()).toBe(1);

  await page.getByLabel('From (optional)').fill('2027-03-02');
  await page.getByLabel('Until (optional)').fill('2027-03-01');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page
    .getByRole('alert')
    .getByRole('link', { name: /^Until: / })
    .waitFor();
  await page.getByLabel('From (optional)').fill('');
  await page.getByLabel('Until (optional)').fill('2001-01-01');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByText('Nothing of this is noted.').waitFor();

  await page.reload();
  await line.waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save for Excel' }).click(),
  ]);
  expect(await resultOf(page)).toMatch(/^The file is saved/);
  expect(file.suggestedFilename()).toMatch(new RegExp(`^${site.eventId}-audit-\\d{4}-\\d\\d-\\d\\d\\.xlsx$`));
  const rows = await readWorkbook(await readFile(await file.path()));
  expect(rows.map((row) => row.join())).toContainEqual(expect.stringMatching(/,did,approve,adult,\w{10},/));
  await line.getByRole('link').click();
  await page.getByRole('heading', { level: 1, name: 'Audited Person' }).waitFor();
  await page.context().close();
}, 120_000);

it('calls what was done something to by its name as it is now, and by its id where it is gone', async () => {
  const page = await openAs(site, 'Organiser', '/tags');
  for (const [name, what] of [
    ['Front row', 'Sits in front'],
    ['Gone soon', 'Is taken away'],
  ] as const) {
    await page.getByRole('button', { name: 'New tag' }).click();
    await page.getByLabel('Name').fill(name);
    await page.getByLabel('What it is for').fill(what);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(what).waitFor();
  }
  await page.getByRole('button', { name: 'Remove “Gone soon”' }).click();
  await page.locator('.opened').getByRole('button').first().click();
  await page.getByText('Is taken away').waitFor({ state: 'detached' });
  await page.goto(page.url().replace('/tags', '/programme/opening'));
  await page.getByLabel('Title in English').fill('Opening, renamed');
  await page.getByRole('button', { name: 'Save the session' }).click();
  await page.getByRole('link', { name: 'Opening, renamed' }).waitFor();
  await page.goto(page.url().replace('/programme', '/audit'));
  const said = (what: string) => page.locator('.list li', { hasText: what }).allInnerTexts();
  await page.locator('.list li', { hasText: 'changed a session' }).getByText('Opening, renamed').waitFor();
  const [gone = '', kept = ''] = await said('Organiser wrote a tag');
  expect(kept).toMatch(/Front row$/);
  expect(gone).toMatch(/\n[a-z2-7]{8}$/);
  await page.context().close();
}, 60_000);

it('says it in Khmer, at any width, where several things were asked for too', async () => {
  const page = await openAs(site, 'Organiser', '/audit', { locale: 'km-KH' });
  await page.locator('.list li', { hasText: 'Organiser បានអនុម័តការចុះឈ្មោះមួយ' }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'រកកំណត់ត្រាមួយចំនួន' }).click();
  expect(await faultsOf(page)).toEqual([]);
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/audit-km.png`, fullPage: true });
  await page.context().close();
}, 60_000);

it('others of the team are not led to it', async () => {
  const page = await openAs(site, 'Focal point for Cambodia', '/audit');
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.getByRole('button', { name: 'Save for Excel' }).count()).toBe(0);
  expect(await page.getByRole('link', { name: 'Who did what' }).count()).toBe(0);
  await page.context().close();
});
