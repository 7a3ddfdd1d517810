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

it('hands an applicant and those alike to a colleague, whose they are until they decide, take over or give back', async () => {
  for (const nth of [1, 2, 3]) {
    const fullName = ['Handed One', 'Handed Two', 'Left Three'][nth - 1];
    const organisation = nth === 3 ? 'Weekly of the Lake' : 'Herald of the Hills';
    await applyAsMedia(site, `handed-${nth}@example.org`, { fullName, organisation, country: 'KH' });
  }
  const page = await openAs(site, 'Organiser', '/approvals');
  const queue = page.locator('.queue');
  await queue.getByRole('button', { name: 'Handed One' }).click();
  const open = page.getByRole('button', { name: 'Hand over to a colleague' });
  await open.focus();
  await page.keyboard.press('Enter');
  const colleague = page.getByLabel('Colleague', { exact: true });
  await colleague.waitFor();
  await page.locator('#hand-to:focus').waitFor();
  await page.getByRole('button', { name: 'Hand over', exact: true }).click();
  await page.locator('#hand-to-error').waitFor();
  await colleague.selectOption({ label: 'Focal point for Cambodia' });
  await page.getByLabel('Note for the colleague (optional)').fill('x'.repeat(201));
  await page.getByRole('button', { name: 'Hand over', exact: true }).click();
  await page.locator('#hand-note-error').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.getByLabel('Note for the colleague (optional)').fill('Knows the newsroom');
  await page.getByLabel('Hand over the other one who waits, too').check();
  await page.getByRole('button', { name: 'Hand over', exact: true }).click();
  expect(await resultOf(page)).toContain('2 people are with Focal point for Cambodia now.');
  expect(await nameOf(page)).not.toContain('Handed');
  await page.getByRole('list', { name: 'Whose they are' }).waitFor();
  expect((await queue.getByRole('listitem').allTextContents()).slice(-2).join()).toMatch(
    /Handed One.*With Focal point for Cambodia.*Handed Two.*With Focal point for Cambodia/s,
  );
  for (let more = await page.locator('.queue li').count(); more > 0; more -= 1)
    await page.getByRole('button', { name: 'The next one' }).click();
  expect(await nameOf(page), 'a colleague’s are passed by').not.toContain('Handed');
  await queue.getByRole('button', { name: 'Handed Two' }).click();
  await page.getByText('Knows the newsroom').waitFor();
  expect(await faultsOf(page)).toEqual([]);

  const other = await openAs(site, 'Focal point for Cambodia', '');
  await other.getByRole('link', { name: '2 people who wait for a decision are with you' }).click();
  await applicant(other).waitFor();
  expect(await nameOf(other)).toBe('Handed One');
  await other.getByText('Handed over by Organiser').waitFor();
  const turn = other.getByRole('button', { name: 'Give back to all' });
  await turn.click();
  expect(await resultOf(other)).toContain('Handed One is with nobody now');
  await other.getByRole('button', { name: 'Take over' }).waitFor();
  expect(await other.evaluate(() => document.activeElement?.textContent)).toBe('Take over');
  await other.getByRole('link', { name: /nobody’s/ }).click();
  await other.locator('.queue').getByRole('button', { name: 'Handed One' }).waitFor();

  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  expect(await resultOf(page), 'it is no lock').toContain('Handed Two');
  await page.goto(page.url().replace(/\/approvals.*/, '/registrations?q=Handed+One'));
  await page.getByRole('link', { name: 'Handed One' }).click();
  await page.getByText('Organiser handed someone who waits for a decision to a colleague').waitFor();
  await page.getByText('gave someone who waits for a decision back to all who decide').waitFor();
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
  await page.getByRole('button', { name: 'ប្រគល់ជូនសហការី' }).click();
  await page.getByLabel('សហការី', { exact: true }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(await faultsOf(page)).toEqual([]);
});

it('tears no reference apart at 360 px', async () => {
  await applyAsMedia(site, 'whole@approvals.example.org', { fullName: 'Whole Reference' });
  const page = await openAs(site, 'Organiser', '/approvals', { viewport: { width: 360, height: 740 } });
  const reference = page.locator('main span.code').first();
  await reference.waitFor();
  expect(await reference.evaluate((text) => text.getClientRects().length)).toBe(1);
});
