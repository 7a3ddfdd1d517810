import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyAsMedia, consoleOf, openAs } from './console.ts';
import { postForm } from './post.ts';
import { mainTextOf, shown } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { faultsOf, pressAt, show, VIEWS } from './views.ts';

interface Screen {
  readonly name: string;
  readonly path: string;
  /** Buttons that open what is looked at too. */
  readonly open?: readonly string[];
}

const SCREENS: readonly Screen[] = [
  { name: 'overview', path: '' },
  { name: 'registrations', path: '/registrations' },
  { name: 'registrations of nobody', path: '/registrations?q=nobody' },
  { name: 'adding a person, refused', path: '/add', open: ['Add and send the mail'] },
  { name: 'seats', path: '/seats', open: ['Change seats: Seats in Phnom Penh'] },
  {
    name: 'programme',
    path: '/programme',
    open: ['Close registration now', 'Change the times', 'Change the time to confirm'],
  },
  { name: 'a session', path: '/programme/consultation' },
  { name: 'a session to add, refused', path: '/programme/_new', open: ['Add the session'] },
  { name: 'codes', path: '/codes', open: ['Make a code', 'Make the code'] },
  { name: 'messages', path: '/messages' },
  { name: 'a message to write, refused', path: '/messages/_new', open: ['Look at it before sending'] },
  { name: 'team', path: '/people', open: ['Invite someone', 'One more country', 'Make the invitation'] },
];

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

async function open({ path, open: presses = [] }: Screen): Promise<void> {
  await page.goto(consoleOf(site, path));
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expect.poll(() => page.locator('.skeleton').count()).toBe(0);
  for (const name of presses) await page.getByRole('button', { name, exact: true }).first().click();
}

describe.each(SCREENS)('$name', (screen) => {
  it('is accessible and scrolls one way only on any screen in any colours, also with large text', async () => {
    await show(page, VIEWS[0]);
    await open(screen);
    expect(await faultsOf(page)).toEqual([]);
  });
});

describe('one registration', () => {
  const SCREEN = { name: '', path: '/registrations?q=waits', open: [] };

  it('with all its actions open is accessible on any screen in any colours, also with large text', async () => {
    await show(page, VIEWS[0]);
    await open(SCREEN);
    await page.getByRole('link', { name: 'Waiting Reporter' }).click();
    for (const name of ['Decline', 'Make a fresh link', 'Make it now', 'Name the other person', 'Hand the seat over']) {
      await page.getByRole('button', { name, exact: true }).click();
    }
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  it('is decided on by keyboard alone, and what came of it is where reading goes on', async () => {
    await open({ name: '', path: '' });
    await pressAt(page, 'Waiting Reporter', 'Enter');
    await page.getByRole('heading', { name: 'Your decision' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await pressAt(page, 'Approve', 'Space');
    await page.getByText('is approved and gets a mail with the ticket').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  });

  it('prints a fresh link alone, with its code', async () => {
    await open(SCREEN);
    await page.getByRole('link', { name: 'Waiting Reporter' }).click();
    await page.getByRole('button', { name: 'Make a fresh link' }).click();
    await page.getByRole('button', { name: 'Make it now' }).click();
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    await page.emulateMedia({ media: 'print' });
    const printed = await mainTextOf(page);
    expect(printed).toMatch(/Waiting Reporter[\s\S]*Reference[\s\S]*\/m\/[\s\S]*Do not share it/);
    expect(printed).not.toMatch(/waits@access|Someone else comes|History/);
    expect(await page.getByRole('img', { name: /QR code/ }).isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
  });
});

it('a list prints without what is only for the screen', async () => {
  await open({ name: '', path: '/registrations?status=confirmed' });
  await page.emulateMedia({ media: 'print' });
  const printed = await shown(page.locator('body'));
  expect(printed).toMatch(/Forum on Child Online Protection: Confirmed/);
  expect(printed).not.toMatch(/Search|Export|Sign out/);
  await page.emulateMedia({ media: 'screen' });
});
