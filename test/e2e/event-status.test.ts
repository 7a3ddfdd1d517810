import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAs, resultOf } from './console.ts';
import { postForm } from './post.ts';
import { mainTextOf } from './reading.ts';
import { openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

it('an event is postponed, takes place again, and moves to other dates, by two presses each; its page says so in each language', async () => {
  expect((await postForm(site, { email: 'one@status.example.org' })).status).toBe(303);
  const page = await openAs(site, 'Organiser', '/programme');
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await press('Postpone it');
  await page.getByText(/mails? tells? it to/).waitFor();
  await press('Postpone it, and tell everyone');
  expect(await resultOf(page)).toBe('The event is postponed. Mail to everyone is on its way.');
  await page.getByText('Postponed', { exact: true }).waitFor();

  const reader = await site.visit();
  for (const [language, words] of [
    ['en', 'This event is postponed.'],
    ['km', 'ព្រឹត្តិការណ៍នេះត្រូវបានលើកពេល'],
  ]) {
    await reader.goto(`${site.event}?lang=${language}`);
    expect(await mainTextOf(reader)).toContain(words);
    expect(await reader.locator('a[href*="/register"]').count()).toBe(0);
  }
  expect((await postForm(site, { email: 'two@status.example.org' })).status).toBe(409);
  await reader.goto(site.form);
  expect(await mainTextOf(reader)).toContain('This event is postponed');

  await press('Have it take place');
  await press('Have it take place, and tell everyone');
  await page.getByText('The event takes place. Mail to everyone is on its way.').waitFor();

  await press('Put it on other dates');
  await press('Change the dates, and tell everyone');
  await page.getByRole('alert').getByText('The event is on this date already.').waitFor();
  await page.getByLabel('First day').fill('២០២៨-០៣-០៧');
  await page.getByText('Then it is on Tue, 7 Mar 2028; Wed, 8 Mar 2028.').waitFor();
  await press('Change the dates, and tell everyone');
  await page.getByText('The event is on other dates. Mail to everyone is on its way.').waitFor();
  await page.getByRole('heading', { name: 'First day, Tue, 7 Mar 2028' }).waitFor();
  expect((await postForm(site, { email: 'two@status.example.org' })).status).toBe(303);
  await Promise.all([page.context().close(), reader.context().close()]);
});
