import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { consoleOf, openAs, resultOf } from './console.ts';
import { mailTo } from './inbox.ts';
import { mainTextOf, shown } from './reading.ts';
import { type Site, startSite } from './site.ts';
import { faultsOf, show, VIEWS } from './views.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.stop());

const CARE = 'Care team';
const ADDRESS = 'care@example.org';

const codeOf = (secret: string): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate();

/** As far as the page where one chooses whom to be. */
async function chooseWhom(): Promise<Page> {
  const page = await site.visit();
  await page.goto(consoleOf(site, '/catering'));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  return page;
}

async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code that the app shows').fill(code);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const isIn = (page: Page) => page.waitForURL(consoleOf(site, '/catering'));

it('CS25: a lost second factor is proposed by one organiser, accepted by another, told, and set up anew', async () => {
  // A member sets up an authenticator app, and is asked for its code from then on.
  const enrolling = await chooseWhom();
  await enrolling.getByLabel('Who').selectOption('care');
  await enrolling.getByRole('button', { name: 'Set up an authenticator app' }).click();
  await enrolling.getByRole('heading', { name: 'Set up an authenticator app' }).waitFor();
  const lost = await shown(enrolling.locator('code'));
  await typeCode(enrolling, codeOf(lost));
  await isIn(enrolling);

  const locked = await chooseWhom();
  await locked.getByRole('button', { name: CARE, exact: true }).click();
  await typeCode(locked, '000000');
  await locked.getByText('This is not the code.').waitFor();

  // One organiser proposes it. The team does not know the address of the account.
  const first = await openAs(site, 'Organiser', '/people');
  await show(first, VIEWS[0]);
  const opens = first.getByRole('button', { name: `Reset second factor: ${CARE}` });
  await opens.click();
  await first.getByRole('button', { name: 'Propose it' }).click();
  await first.getByText('We found no account of this person').waitFor();
  await first.getByLabel('Email address with which they sign in').fill(ADDRESS);
  await first.getByLabel('Reason').fill('The phone fell into the Mekong.');
  await first.getByRole('button', { name: 'Propose it' }).click();
  expect(await resultOf(first)).toContain(`Another organiser has to accept that the second factor of ${CARE} is reset`);
  expect(await first.getByRole('button', { name: `Accept that the second factor of ${CARE} is reset` }).count()).toBe(
    0,
  );
  expect(await first.getByRole('button', { name: 'Reset second factor: Organiser', exact: true }).count()).toBe(0);
  for (const to of [ADDRESS, 'organiser@example.org']) {
    const { subject, text } = await mailTo(site.system, to);
    expect(subject).toContain('Reset of a second factor proposed');
    expect(text).toMatch(/Care team[\s\S]*Proposed by: Organiser[\s\S]*The phone fell into the Mekong/);
  }

  // Another one accepts it.
  const second = await openAs(site, 'Organiser vetted to see children', '/people');
  const accept = second.getByRole('button', { name: `Accept that the second factor of ${CARE} is reset` });
  await accept.waitFor();
  expect(await mainTextOf(second)).toContain('Ask Care team by phone or face to face before you accept.');
  expect(await faultsOf(second)).toEqual([]);
  await accept.click();
  expect(await resultOf(second)).toContain(`The second factor of ${CARE} is reset`);
  expect(await mainTextOf(second)).toMatch(
    /The second factor was reset on .*: proposed by Organiser, accepted by Organiser vetted to see children/,
  );
  for (const to of [ADDRESS, 'organiser@example.org']) {
    const { subject, text } = await mailTo(site.system, to, 2);
    expect(subject).toContain('A second factor was reset');
    expect(text).toContain('Accepted by: Organiser vetted to see children');
  }

  // The person signs in, and has to set up another app first: the lost one opens nothing.
  const anew = await chooseWhom();
  await anew.getByRole('button', { name: CARE, exact: true }).click();
  await anew.getByRole('heading', { name: 'Set up an authenticator app' }).waitFor();
  const found = await shown(anew.locator('code'));
  expect(found).not.toBe(lost);
  await typeCode(anew, codeOf(lost));
  await anew.getByText('This is not the code.').waitFor();
  await typeCode(anew, codeOf(found));
  await isIn(anew);

  const again = await chooseWhom();
  await again.getByRole('button', { name: CARE, exact: true }).click();
  await typeCode(again, codeOf(found));
  await isIn(again);
});

it('CS25: a proposal is taken back', async () => {
  const first = await openAs(site, 'Organiser', '/people');
  await first.getByRole('button', { name: `Reset second factor: ${CARE}` }).click();
  await first.getByLabel('Email address with which they sign in').fill(ADDRESS);
  await first.getByRole('button', { name: 'Propose it' }).click();
  const takeBack = first.getByRole('button', { name: `Take back the proposal to reset the second factor of ${CARE}` });
  await takeBack.click();
  await expect.poll(() => resultOf(first)).toContain(`The second factor of ${CARE} stays as it is`);
  expect(await takeBack.count()).toBe(0);
});
