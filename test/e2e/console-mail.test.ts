import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAs, resultOf } from './console.ts';
import { eventually } from './eventually.ts';
import { postForm } from './post.ts';
import { shown } from './reading.ts';
import { type Site, startSite } from './site.ts';
import { readTables } from './tables.ts';
import { faultsOf } from './views.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite({ sandbox: true });
});
afterAll(() => site?.stop());

const BANNER = 'Only verified addresses get mail: the SES account is in its sandbox.';

it('in the sandbox organisers see on each screen that mail reaches few, what that means and how to leave', async () => {
  const page = await openAs(site, 'Organiser', '/registrations');
  await page.getByText(BANNER).waitFor();
  expect(await page.getByRole('link', { name: 'Leave the sandbox' }).getAttribute('href')).toMatch(
    /^https:\/\/ap-southeast-1\.console\.aws\.amazon\.com\/ses\//,
  );
  await page.getByRole('link', { name: 'What this means' }).click();
  await page.getByRole('heading', { level: 1, name: 'Mail' }).waitFor();
  await page.getByText('requests production access').waitFor();
  await page.getByText(BANNER).waitFor();
  expect(await page.getByRole('link', { name: 'What this means' }).count()).toBe(0);
  expect(await shown(page.locator('.facts'))).toMatch(
    /Waiting to leave\s+Nothing.*0 of 200 mails.*Looked at\s+\d+ \w+ \d{4}, \d\d:\d\d, Phnom Penh time/s,
  );
  expect(await faultsOf(page)).toEqual([]);

  await postForm(site, { email: 'stranger@elsewhere.example.org', mode: 'online' });
  await eventually(
    () => readTables(site.system),
    ({ outbox = [] }) => outbox.some(({ state, attempts }) => state === 'pending' && attempts === 1),
  );
  await page.getByRole('button', { name: 'Read this again' }).click();
  expect(await resultOf(page)).toBe('This is what is known now.');
  await page.getByText('1 mail', { exact: true }).waitFor();
  await page.context().close();
});

it('others are not troubled with it', async () => {
  const page = await openAs(site, 'Focal point for Cambodia', '/registrations');
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.getByText(BANNER).count()).toBe(0);
  await page.context().close();
});
