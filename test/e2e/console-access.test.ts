import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyAsMedia, consoleOf, openAs } from './console.ts';
import { postForm } from './post.ts';
import { mainTextOf, shown } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { faultsOf, pressAt } from './views.ts';

let site: Site;
let page: Page;
beforeAll(async () => {
  site = await openSite();
  await applyAsMedia(site, 'waits@access.example.org', { fullName: 'Waiting Reporter With A Long Name Of Many Parts' });
  const long = 'An-organisation-whose-name-is-one-very-long-word-without-any-place-to-break';
  await postForm(site, { email: `${'long'.repeat(15)}@access.example.org`, organisation: long });
  page = await openAs(site, 'Organiser');
});
afterAll(() => site?.stop());

async function open(path = ''): Promise<void> {
  await page.goto(consoleOf(site, path));
  await page.getByRole('heading', { level: 1 }).waitFor();
}

describe('one registration', () => {
  it('is decided on by keyboard alone, and what came of it is where reading goes on', async () => {
    await open();
    await page.getByRole('link', { name: /^Waiting Reporter/ }).waitFor();
    await pressAt(page, 'Waiting Reporter', 'Enter');
    await page.getByRole('heading', { name: 'Your decision' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await pressAt(page, 'Approve', 'Space');
    await page.getByText('is approved and gets a mail with the ticket').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  });

  it('shows a fresh link once, and prints it alone, with its code', async () => {
    await open('/registrations?q=waiting');
    await page.getByRole('link', { name: 'Waiting Reporter' }).click();
    await page.getByRole('button', { name: 'Make a fresh link' }).click();
    await page.getByRole('button', { name: 'Make it now' }).click();
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    const printed = await mainTextOf(page);
    expect(printed).toMatch(/Waiting Reporter[\s\S]*Reference[\s\S]*\/m\/[\s\S]*Do not share it/);
    expect(printed).not.toMatch(/waits@access|Someone else comes|History/);
    expect(await page.getByRole('img', { name: /QR code/ }).isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
  });
});

it('a list prints without what is only for the screen', async () => {
  await open('/registrations?status=confirmed');
  await page.locator('.found').waitFor();
  await page.emulateMedia({ media: 'print' });
  const printed = await shown(page.locator('body'));
  expect(printed).toMatch(/Forum on Child Online Protection: Status is Confirmed/);
  expect(printed).not.toMatch(/Search|Filter|Choose|as a file|Sign out/);
  await page.emulateMedia({ media: 'screen' });
});
