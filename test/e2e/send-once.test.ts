import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formFields } from '../support/forum.ts';
import { eventually } from './eventually.ts';
import { fillIn, goOn, ready, send } from './form.ts';
import { mailsTo, mailTo, manageLinkIn } from './inbox.ts';
import { mainTextOf } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { registrationsOf, settledTables } from './tables.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

/** A filled form, and the posts that the browser makes from it. */
async function filledForm(email: string, javaScriptEnabled: boolean): Promise<{ page: Page; posts: string[] }> {
  const page = await site.visit({ javaScriptEnabled });
  const posts: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(request.url());
  });
  await page.goto(site.form);
  await fillIn(page, formFields({ email }));
  return { page, posts };
}

async function expectOneOf(email: string): Promise<void> {
  await settledTables(site);
  expect(await registrationsOf(site.system, email)).toHaveLength(1);
  expect(await mailsTo(site.system, email)).toHaveLength(1);
}

const sent = (posts: readonly string[], count: number) =>
  eventually(
    async () => posts.length,
    (length) => length === count,
  );

/** Not `waitForURL`, which fails with the first of two navigations. */
const thanked = (page: Page) =>
  eventually(
    async () => page.url(),
    (url) => url.includes('/thanks'),
  );

describe.each([
  { scripts: 'with JavaScript', javaScriptEnabled: true },
  { scripts: 'without JavaScript', javaScriptEnabled: false },
])('impatience $scripts', ({ javaScriptEnabled }) => {
  const button = (page: Page) => page.locator('form button[data-sending]');

  it('a double click registers once and mails once', async () => {
    const email = `double-${javaScriptEnabled}@example.org`;
    const { page, posts } = await filledForm(email, javaScriptEnabled);
    await button(page).dblclick();
    await thanked(page);
    if (javaScriptEnabled) expect(posts).toHaveLength(1);
    await expectOneOf(email);
    await page.context().close();
  });

  it('a second press while the first is on its way registers once and mails once', async () => {
    const email = `slow-${javaScriptEnabled}@example.org`;
    const { page, posts } = await filledForm(email, javaScriptEnabled);
    const answers: (() => void)[] = [];
    await page.route('**/register*', async (route) => {
      if (route.request().method() === 'POST') await new Promise<void>((resolve) => answers.push(resolve));
      await route.continue().catch(() => undefined);
    });
    await button(page).scrollIntoViewIfNeeded();
    const { x = 0, y = 0 } = (await button(page).boundingBox()) ?? {};
    // By the mouse itself: Playwright's own clicks wait for the answer to the first.
    await page.mouse.click(x + 10, y + 10);
    await sent(posts, 1);
    await page.mouse.click(x + 10, y + 10);
    if (javaScriptEnabled) await sleep(300);
    else await sent(posts, 2);
    for (const answer of answers) answer();
    await thanked(page);
    expect(posts).toHaveLength(javaScriptEnabled ? 1 : 2);
    await expectOneOf(email);
    await page.context().close();
  });

  it('going back and sending the same again registers once and mails once', async () => {
    const email = `back-${javaScriptEnabled}@example.org`;
    const { page } = await filledForm(email, javaScriptEnabled);
    expect((await send(page)).status()).toBe(303);
    await page.goBack();
    expect(await page.locator('[name=fullName]').inputValue()).toBe('Somchai Sample');
    expect(await button(page).textContent()).toBe('Send my registration');
    expect((await send(page)).status()).toBe(303);
    await expectOneOf(email);
    await page.context().close();
  });
});

describe('sending without a network', () => {
  it('leaves the form as it is and says so where the button is, once; afterwards it is sent', async () => {
    const email = 'offline@example.org';
    const { page, posts } = await filledForm(email, true);
    await page.context().setOffline(true);
    for (let press = 0; press < 2; press += 1) await page.locator('form button[data-sending]').click();
    const said = page.getByRole('alert');
    expect(await said.allInnerTexts()).toEqual([
      expect.stringMatching(/could not be sent yet\nThere is no connection/),
    ]);
    expect(
      await said.evaluate((alert) => alert.nextElementSibling?.matches('[data-sending]:not([aria-disabled])')),
    ).toBe(true);
    expect(posts).toEqual([]);
    await page.context().setOffline(false);
    expect((await send(page)).status()).toBe(303);
    await expectOneOf(email);
    await page.context().close();
  });
});

describe('sending other answers from the same address', () => {
  it('thanks as before, and tells by mail that the new answers were not saved', async () => {
    const email = 'again@example.org';
    const { page } = await filledForm(email, true);
    await send(page);
    await mailTo(site.system, email);
    const thanks = await mainTextOf(page);
    await page.goBack();
    await ready(page);
    await page.getByRole('link', { name: 'Change: Full name' }).click();
    await page.getByRole('textbox', { name: 'Full name' }).fill('Another Sample');
    await goOn(page);
    expect((await send(page)).status()).toBe(303);
    expect(await mainTextOf(page)).toBe(thanks);
    const notice = await mailTo(site.system, email, 2);
    expect(notice.subject).toMatch(/already registered/i);
    expect(await registrationsOf(site.system, email)).toMatchObject([{ fullName: 'Somchai Sample' }]);
    await page.goto(manageLinkIn(notice));
    expect(await mainTextOf(page)).toContain('Somchai Sample');
    await page.context().close();
  });
});
