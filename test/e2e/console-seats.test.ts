import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAs, resultOf, warningOf } from './console.ts';
import { eventually } from './eventually.ts';
import { mailTo, manageLinkIn } from './inbox.ts';
import { postForm } from './post.ts';
import { shown } from './reading.ts';
import { openSite, type Site } from './site.ts';

const ROOM = 'Seats in Phnom Penh';
const WORKSHOP = 'Seats in the working session for small companies and start-ups';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

const open = () => openAs(site, 'Organiser', '/seats');
const room = (page: Page, title = ROOM) => page.getByRole('region', { name: title, exact: true });

async function numbersOf(page: Page, title = ROOM): Promise<string> {
  const sentence = room(page, title).locator('p').first();
  await sentence.waitFor();
  return shown(sentence);
}

async function change(page: Page, to: string, title = ROOM): Promise<void> {
  await room(page, title).getByRole('button', { name: 'Change seats' }).click();
  await page.locator('input:focus').waitFor();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(to);
  await page.keyboard.press('Enter');
}

/** As the first mail asks, without a browser: an attendee who does not, gets no seat from the waiting list. */
async function sayYes(email: string): Promise<void> {
  const body = new URLSearchParams({ action: 'prove' });
  const manage = manageLinkIn(await mailTo(site.system, email));
  expect((await fetch(manage, { method: 'POST', body, redirect: 'manual' })).status).toBe(303);
}

describe('seats', () => {
  it('says how many are over where fewer are left than taken, and lets who waits in when there are more', async () => {
    for (const name of ['first', 'second']) await postForm(site, { email: `${name}@seats.example.org` });
    const page = await open();
    expect(await numbersOf(page)).toBe('2 of 400 seats taken, 398 free.');
    await change(page, '1');
    expect(await resultOf(page)).toBe('Seats in Phnom Penh: 1 seat now. Nobody loses a seat.');
    expect(await shown(room(page).locator('.over'))).toMatch(/^1 over: .* until 2 people cancelled/);
    await postForm(site, { email: 'third@seats.example.org' });
    await page.getByRole('button', { name: 'Read the numbers again' }).click();
    await room(page).getByText('1 person on the waiting list').waitFor();
    await sayYes('third@seats.example.org');
    await change(page, '3');
    await page.getByText('3 seats now. Whoever waits moves up').waitFor();
    await mailTo(site.system, 'third@seats.example.org', 2);
    const numbers = async (): Promise<string> => {
      await page.getByRole('button', { name: 'Read the numbers again' }).click();
      return numbersOf(page);
    };
    await eventually(numbers, (text) => text === '3 of 3 seats taken, 0 free.');
    await page.context().close();
  });

  it('tells the second of two who change the same, keeps what they typed, and loses nothing', async () => {
    const [first, second] = await Promise.all([open(), open()]);
    await change(first, '៧០', WORKSHOP);
    expect(await resultOf(first)).toMatch(/70 seats now/);
    await change(second, '80', WORKSHOP);
    expect(await warningOf(second)).toMatch(/Someone else changed the event meanwhile, and nothing was saved/);
    expect(await numbersOf(second, WORKSHOP)).toMatch(/of 70 seats/);
    expect(await second.getByLabel('Number of seats').inputValue()).toBe('80');
    await second.getByRole('button', { name: 'Save' }).click();
    await second.getByText('80 seats now.').waitFor();
    await Promise.all([first.context().close(), second.context().close()]);
  });

  it('says at its field what is no number of seats, and takes the focus there', async () => {
    const page = await open();
    await change(page, '1.5');
    const link = page.getByRole('alert').getByRole('link', { name: /^Number of seats: Please write a whole number/ });
    await link.click();
    const field = page.getByLabel('Number of seats');
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await page.context().close();
  });
});
