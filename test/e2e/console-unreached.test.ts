import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAs, resultOf } from './console.ts';
import { eventually } from './eventually.ts';
import { mailTo } from './inbox.ts';
import { postForm } from './post.ts';
import { type Site, startSite } from './site.ts';
import { registrationsOf } from './tables.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
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
  const page = await openAs(site, 'Organiser');
  await page.getByRole('link', { name: 'Mail does not reach 1 person' }).click();
  await page.getByText('1 person found').waitFor();
  expect(await page.getByRole('link', { name: 'Reached Sample' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Mistyped Sample' }).click();
  await page.getByText('there is no such mailbox').waitFor();
  await page.getByRole('button', { name: 'Correct the address' }).click();
  await page.getByLabel('E-mail').fill(RIGHT);
  await page.getByRole('button', { name: 'Save and send the mail again' }).click();
  expect(await resultOf(page)).toContain(RIGHT);
  expect((await mailTo(site.system, RIGHT)).subject).toContain('registered');
  expect(await page.getByText('there is no such mailbox').count()).toBe(0);
});
