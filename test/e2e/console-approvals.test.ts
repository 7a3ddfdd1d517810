import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyAsMedia, comeBackTo, openAs, resultOf } from './console.ts';
import { eventually } from './eventually.ts';
import { mailTo, manageLinkIn } from './inbox.ts';
import { shown } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { registrationsOf } from './tables.ts';
import { faultsOf } from './views.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

const applicant = (page: Page) => page.locator('.applicant');
const nameOf = (page: Page): Promise<string> => shown(applicant(page).getByRole('heading', { level: 2 }));
/** How many are in each queue: all who wait, overdue, asked, answered. */
const numbersOf = async (page: Page): Promise<number[]> =>
  (await page.locator('.counts b').allTextContents()).map(Number);

/** Milliseconds from a press until the next applicant is drawn, as the page itself sees it. */
const untilNext = (page: Page, press: string): Promise<number> =>
  page.evaluate((name) => {
    const title = () => document.querySelector('.applicant h2')?.textContent;
    const before = title();
    const button = [...document.querySelectorAll<HTMLElement>('.applicant button')].find(
      ({ textContent }) => textContent === name,
    );
    const begun = performance.now();
    return new Promise<number>((resolve) => {
      const look = (): void => {
        if (title() === before) requestAnimationFrame(look);
        else resolve(performance.now() - begun);
      };
      button?.click();
      look();
    });
  }, press);

it('goes from one applicant to the next, asks, hears the answer, and takes back what was decided', async () => {
  const names = ['Asked First', 'Then Second', 'And Third', 'Last Fourth'];
  const emails = names.map((_, nth) => `queue-${nth}@example.org`);
  for (const [nth, fullName] of names.entries()) {
    const organisation = nth === 3 ? 'Other Paper' : ['Sample Daily', 'SAMPLE  daily', 'sample daily.'][nth];
    await applyAsMedia(site, emails[nth] ?? '', { fullName, organisation });
  }
  const page = await openAs(site, 'Organiser', '/approvals');
  await applicant(page).waitFor();
  expect([await nameOf(page), await numbersOf(page)]).toEqual(['Asked First', [4, 0, 0, 0]]);
  await page.getByText('2 more from Sample Daily:').waitFor();
  expect(await shown(page.locator('.alike'))).toContain('2 waiting');
  expect(await faultsOf(page)).toEqual([]);

  await page.getByRole('button', { name: 'Ask a question' }).click();
  await page.getByLabel('Your question').fill('Too short');
  await page.getByRole('button', { name: 'Send the question' }).click();
  await page.getByText('At least 10 characters are needed.').first().waitFor();
  await page.getByLabel('Your question').fill('For which paper do you write?');
  await page.getByRole('button', { name: 'Send the question' }).click();
  expect(await resultOf(page)).toContain('Asked First is asked');
  expect(await nameOf(page)).toBe('Then Second');
  await eventually(
    () => numbersOf(page),
    ([, , asked]) => asked === 1,
  );

  const mail = await mailTo(site.system, emails[0] ?? '', 2);
  expect(mail.subject).toContain('The organisers have a question');
  const own = await site.visit();
  await own.goto(manageLinkIn(mail));
  await own.getByText('For which paper do you write?').waitFor();
  await own.getByRole('button', { name: 'Send my answer' }).click();
  await own.getByRole('alert').waitFor();
  expect(await faultsOf(own)).toEqual([]);
  await own.getByLabel('Your answer').fill('For the Sample Daily.');
  await own.getByRole('button', { name: 'Send my answer' }).click();
  await own.getByText('The organisers can now read your answer.').waitFor();

  await comeBackTo(page);
  await eventually(
    () => numbersOf(page),
    ([, , , answered]) => answered === 1,
  );
  await page.getByRole('link', { name: /have answered/ }).click();
  await page.getByText('For the Sample Daily.').waitFor();
  expect(await nameOf(page)).toBe('Asked First');
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByText('Nobody among those who wait is left here.').waitFor();
  await page.getByRole('link', { name: /^3\s+waiting/ }).click();
  await applicant(page).waitFor();
  expect(await nameOf(page)).toBe('Then Second');
  await page.getByText('1 approved, 1 waiting').waitFor();

  const took = await untilNext(page, 'Approve');
  expect(took).toBeLessThan(1_000);
  process.stdout.write(`the next applicant after ${Math.round(took)} ms\n`);
  expect(await nameOf(page)).toBe('And Third');
  await page.getByRole('button', { name: 'Stop and take back: Then Second' }).click();
  expect(await resultOf(page)).toContain('Then Second is as before');
  await eventually(
    () => numbersOf(page),
    ([all]) => all === 3,
  );
  expect((await registrationsOf(site.system, emails[1] ?? ''))[0]?.['status']).toBe('pending-approval');

  await page.getByRole('button', { name: 'Decide on these 2 together' }).click();
  await page.getByText('With the 2 people who are chosen').waitFor();
});

it('brings back whom a decision failed, with what was typed, and goes by keys alone', async () => {
  const page = await openAs(site, 'Organiser', '/approvals');
  await applicant(page).waitFor();
  const [first, [before = 0]] = [await nameOf(page), await numbersOf(page)];
  await page.route(/\/bulk\?/, (route) => route.abort());
  await page.getByRole('button', { name: 'Decline', exact: true }).click();
  await page.getByLabel('Why (optional)').fill('Not this year');
  await page.getByRole('button', { name: 'Decline and send' }).click();
  await page.getByText(`${first} was not declined.`).waitFor();
  expect(await nameOf(page)).not.toBe(first);
  expect((await numbersOf(page))[0]).toBe(before);
  await page.unroute(/\/bulk\?/);
  await page.getByRole('button', { name: `Go back to ${first}` }).click();
  expect(await nameOf(page)).toBe(first);
  await page.getByRole('button', { name: 'Decline', exact: true }).click();
  expect(await page.getByLabel('Why (optional)').inputValue()).toBe('Not this year');
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();

  await applicant(page).getByRole('heading').first().focus();
  await page.keyboard.press('a');
  await page.getByText(`Press A again to approve ${first}.`).waitFor();
  expect(await nameOf(page)).toBe(first);
  await page.keyboard.press('a');
  expect(await resultOf(page)).toContain(first);
  const second = await nameOf(page);
  expect(second).not.toBe(first);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(second);
  await page.keyboard.press('j');
  expect(await nameOf(page)).not.toBe(second);
  await page.keyboard.press('k');
  expect(await nameOf(page)).toBe(second);
});

it('in Khmer, at 360 px, has all its words and fits', async () => {
  const page = await openAs(site, 'Organiser', '/approvals', {
    locale: 'km-KH',
    viewport: { width: 360, height: 740 },
  });
  await applicant(page).waitFor();
  await page.getByRole('heading', { level: 1, name: 'ការអនុម័ត' }).waitFor();
  await page.getByRole('button', { name: 'សួរសំណួរ' }).click();
  await page.getByLabel('សំណួររបស់លោកអ្នក').waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(await faultsOf(page)).toEqual([]);
});
