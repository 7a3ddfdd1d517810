import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAs, resultOf, warningOf } from './console.ts';
import { eventually } from './eventually.ts';
import { mailTo } from './inbox.ts';
import { postForm } from './post.ts';
import { shown } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { registrationsOf } from './tables.ts';
import { faultsOf } from './views.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

const GONE = 'bounce+mistyped@simulator.amazonses.com';
const RIGHT = 'typed-right@example.org';

it('an organiser is led to whom no mail reaches, corrects the address, and the mail is sent again', async () => {
  await postForm(site, { email: GONE, fullName: 'Mistyped Sample', mode: 'online' });
  await postForm(site, { email: 'reached@example.org', fullName: 'Reached Sample', mode: 'online' });
  await eventually(
    () => registrationsOf(site.system, GONE),
    ([one]) => one?.['mail'] !== undefined,
  );
  const page = await openAs(site, 'Organiser', '/messages/_new');
  await page.getByText('1 person is left out because mail to them came back.').waitFor();
  await page.getByRole('link', { name: 'Correct their addresses first' }).click();
  await page.locator('.found b', { hasText: '1 person found' }).waitFor();
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('link', { name: 'Mail does not reach 1 person' }).click();
  await page.locator('.found b', { hasText: '1 person found' }).waitFor();
  const tag = page.getByText('Could not be reached: check the address');
  await tag.waitFor();
  expect(await page.getByRole('link', { name: 'Reached Sample' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Mistyped Sample' }).click();
  await page.getByText('The last mail came back: there is no such mailbox. Check the address.').waitFor();
  await tag.waitFor();
  const mail = page.getByRole('region', { name: 'Mail' });
  await mail.getByRole('button', { name: 'Show the mail' }).click();
  await mail.getByText('There is no such mailbox: check the address. Their mail server says 5.1.1.').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Correct the address' }).click();
  await page.getByLabel('Email').fill(RIGHT);
  await page.getByRole('button', { name: 'Save and send the mail again' }).click();
  expect(await resultOf(page)).toContain(RIGHT);
  expect((await mailTo(site.system, RIGHT)).subject).toContain('registered');
  expect(await page.getByText('The last mail came back').count()).toBe(0);
  expect(await tag.count()).toBe(0);
  await eventually(
    async () => {
      await mail.getByRole('button', { name: 'Look again' }).click();
      // Said before the next press: what that one says would be taken away.
      expect(await resultOf(page)).toBe('This is how it stands now.');
      return mail.getByText('Arrived').count();
    },
    (count) => count === 1,
  );
  const lines = mail.getByRole('listitem');
  expect(await lines.count()).toBe(2);
  expect(await shown(lines.first())).toContain('Confirmation with the ticket');
  await mail.getByRole('button', { name: 'Send the mail again' }).click();
  await page.getByText('The mail is on its way.').waitFor();
  await mail.getByRole('button', { name: 'Send the mail again' }).click();
  expect(await warningOf(page)).toContain('half hour');
});
