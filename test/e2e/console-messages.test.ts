import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyAsMedia, consoleOf, openAs, resultOf } from './console.ts';
import { eventually } from './eventually.ts';
import { mailsTo } from './inbox.ts';
import { postForm } from './post.ts';
import { shown } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { sweepNow } from './sweep.ts';
import { faultsOf } from './views.ts';

/** Mail that can wait leaves with the next sweep: within a minute, and then some. */
const NEXT_SWEEP_MS = 90_000;
const SUBJECT = 'Bring your identity card';
const STOPPED = 'Stopped in time';
const READERS = ['reads.english@messages.example.org', 'reads.khmer@messages.example.org'];

let site: Site;
let page: Page;
beforeAll(async () => {
  site = await openSite();
  const [english, khmer] = READERS;
  await postForm(site, { email: english, fullName: 'Reads English', mode: 'online' });
  await postForm(site, { email: khmer, fullName: 'Reads Khmer', mode: 'online', language: 'km' });
  await applyAsMedia(site, 'waits@messages.example.org');
  page = await openAs(site, 'Organiser', '/messages');
});
afterAll(() => site?.stop());

const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
const mailsAbout = async (address: string, about: string) =>
  (await mailsTo(site.system, address)).filter(({ subject }) => subject.includes(about));
const aboutIt = (address: string) => mailsAbout(address, SUBJECT);

/** What the frame with the mail shows; no script runs in it, so that it is asked from outside. */
const inMail = (selector: string, name: 'textContent' | 'fontSize' = 'textContent') =>
  page.evaluate(
    ([wanted = '', what]) => {
      const frame = document.querySelector<HTMLIFrameElement>('iframe.mail');
      const found = frame?.contentDocument?.querySelector(wanted);
      if (!found) return undefined;
      return what === 'fontSize' ? getComputedStyle(found).fontSize : found.textContent;
    },
    [selector, name],
  );

describe('a message to many', () => {
  it('counts whom it reaches as they are chosen', async () => {
    await page.getByText('Nothing was written to many yet.').waitFor();
    await page.getByRole('link', { name: 'New message' }).click();
    await page.getByText('This goes to 2 people.').waitFor();
    await page.getByLabel('Waiting for a decision').check();
    await page.getByText('This goes to 3 people.').waitFor();
    await page.getByLabel('Waiting for a decision').uncheck();
    await page.getByText('This goes to 2 people.').waitFor();
  });

  it('is refused at its fields, and kept over a reload', async () => {
    await press('Look at it before sending');
    await page
      .getByRole('alert')
      .getByRole('link', { name: /^Subject \(English\)/ })
      .click();
    expect(await page.getByLabel('Subject (English)').evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByLabel('Subject (English)').fill(SUBJECT);
    await page
      .getByLabel('Text (English)')
      .fill('The hall checks who comes in.\nAny card will do.\n\nSee <b>you</b> there.');
    await page.reload();
    expect(await page.getByLabel('Subject (English)').inputValue()).toBe(SUBJECT);
  });

  it('is looked at as it will be read, also by a test', async () => {
    await press('Look at it before sending');
    await page.getByText('1 mail goes to a reader of Khmer, and will be in English.').waitFor();
    await expect.poll(() => inMail('body')).toContain('See <b>you</b> there.');
    await expect.poll(() => inMail('h1', 'fontSize')).toBe('28px');
    await press('Send a test to me');
    expect(await resultOf(page)).toContain('organiser@example.org');
    // The team of each event that shares the system has the same addresses.
    const [test] = await eventually(
      () => aboutIt('organiser@example.org'),
      (mails) => mails.length > 0,
    );
    expect(test?.subject).toMatch(/^\[Test\] Bring your identity card/);
    for (let more = 2; more <= 4; more += 1) await press('Send a test to me');
    await page.getByText('That is enough tests for this hour').waitFor();
    expect(await page.getByText('A test is on its way').count()).toBe(0);
    // Without the frame: whatever looks into a page by scripts waits for ever in one where none run.
    await press('As plain text');
    await page.getByText('See <b>you</b> there.').last().waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  it('that was changed since is looked at again before it is sent', async () => {
    await page.getByLabel('Subject (English)').fill(`${SUBJECT}!`);
    await page.getByText('You changed something since.').waitFor();
    expect(await page.getByRole('button', { name: /^Send to/ }).count()).toBe(0);
    await page.getByLabel('Subject (English)').fill(SUBJECT);
    await press('Look at it before sending');
    await page.getByRole('button', { name: 'Send to 2 people…' }).waitFor();
  });

  it('is sent once by a double click and from a second window, and shows how far it is', async () => {
    const second = await page.context().newPage();
    await second.goto(consoleOf(site));
    const draft = await page.evaluate(() => Object.entries(sessionStorage));
    await second.evaluate((kept) => {
      for (const [name, value] of kept) sessionStorage.setItem(name, value);
    }, draft);
    await second.goto(consoleOf(site, '/messages/_new'));
    await second.getByRole('button', { name: 'Look at it before sending' }).click();
    await second.getByRole('button', { name: 'Send to 2 people…' }).click();
    await press('Send to 2 people…');
    await page.getByRole('button', { name: 'Send it now' }).dblclick();
    await second.getByRole('button', { name: 'Send it now' }).click();
    expect(await resultOf(page)).toMatch(/on its way/);
    await second.waitForURL(page.url());
    await second.close();
    await page.getByRole('heading', { level: 1, name: SUBJECT }).waitFor();
    await page.getByRole('link', { name: 'Reads Khmer' }).waitFor();
    await sweepNow(site.system.endpoints.operator);
    await page.getByText('Done: nothing of its 2 mails waits any more.').waitFor({ timeout: NEXT_SWEEP_MS });
    expect(await shown(page.getByRole('row').filter({ hasText: 'Reads English' }))).toMatch(/Sent|Arrived/);
    for (const address of READERS) {
      await eventually(
        () => aboutIt(address),
        (mails) => mails.length > 0,
      );
      expect(await aboutIt(address)).toHaveLength(1);
    }
    expect(await aboutIt('waits@messages.example.org')).toEqual([]);
  }, 180_000);

  it('is in the list, and the next one begins empty', async () => {
    await page.getByRole('link', { name: 'All messages' }).click();
    await page.getByText('2 mails, sent or waiting for their turn').waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
    await page.getByRole('link', { name: 'New message' }).click();
    expect(await page.getByLabel('Subject (English)').inputValue()).toBe('');
    await page.goBack();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: SUBJECT }).waitFor();
  });

  it('that is wrong is stopped before it leaves', async () => {
    await page.goto(consoleOf(site, '/messages/_new'));
    await page.getByLabel('Subject (English)').fill(STOPPED);
    await page.getByLabel('Text (English)').fill('Nobody reads this.');
    await press('Look at it before sending');
    await press('Send to 2 people…');
    await press('Send it now');
    await press('Stop it…');
    await press('Stop it now');
    await page.locator('h1:focus').waitFor();
    // The timer may have come in between: then what had left has left, and the page says how many did not.
    const said = await page
      .getByText(/^It was stopped/)
      .first()
      .textContent();
    const held = Number(/^It was stopped: (\d) mails? did not leave/.exec(said ?? '')?.[1] ?? 0);
    await sweepNow(site.system.endpoints.operator);
    expect((await Promise.all(READERS.map((address) => mailsAbout(address, STOPPED)))).flat()).toHaveLength(2 - held);
    await page.context().close();
  });
});
