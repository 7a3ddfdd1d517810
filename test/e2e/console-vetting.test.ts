import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastDay } from '../../shared/event/event-times.ts';
import { forum } from '../support/forum.ts';
import { openAs, pageOf, resultOf, signInAs } from './console.ts';
import { mailTo } from './inbox.ts';
import { openSite, type Site } from './site.ts';
import { readTable } from './tables.ts';
import { registerYoung } from './young.ts';

const LAST_DAY = lastDay(forum());

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

async function propose(page: Page, name: string): Promise<void> {
  await press(page, 'Let a phone in');
  await page.getByLabel('What you call it').fill(name);
  await page.getByRole('checkbox').first().check();
  await page.getByLabel('Whoever holds it was vetted until').fill(LAST_DAY);
  await press(page, 'Propose it');
}

describe('CS25: a phone that shows names of people under 18', () => {
  it('is proposed by an organiser, and has its code shown to whoever of safeguarding accepts it', async () => {
    const organiser = await openAs(site, 'Organiser', '/check-in/_phones');
    await propose(organiser, 'Safeguarding desk');
    expect(await resultOf(organiser)).toMatch(/“Safeguarding desk” is proposed/);
    await organiser.getByText('Waits for somebody else of safeguarding who is vetted.').waitFor();
    expect(await organiser.getByRole('button', { name: /^Accept/ }).count()).toBe(0);
    expect(await organiser.getByRole('img').count()).toBe(0);

    const focalPoint = await openAs(site, 'Safeguarding focal point', '/children');
    await focalPoint.getByText(/Proposed by: Organiser/).waitFor();
    await press(focalPoint, 'Accept “Safeguarding desk” and show its code');
    await focalPoint.getByRole('img', { name: 'QR code that lets one phone in' }).waitFor();
    await focalPoint.getByText(/No phone has taken the code yet/).waitFor();
    await organiser.getByText(/Accepted by: Safeguarding focal point/).waitFor();
    expect(await organiser.getByRole('img').count()).toBe(0);

    await press(organiser, 'Withdraw the proposal of “Safeguarding desk”');
    expect(await resultOf(organiser)).toMatch(/is withdrawn/);
    await Promise.all([organiser.context().close(), focalPoint.context().close()]);
  });
});

describe('CS25: a role that takes two people', () => {
  it('is proposed on the page of the team, accepted by another, mailed to whom it is for, and taken on', async () => {
    const first = await openAs(site, 'Organiser', '/people');
    await press(first, 'Invite someone');
    await first.getByLabel('Role', { exact: true }).selectOption('care');
    await first.getByText('This role takes two people: your proposal waits for').waitFor();
    await first.getByLabel('Name', { exact: true }).fill('Second carer');
    await first.getByLabel('Email').fill('second.carer@example.org');
    await press(first, 'Make the invitation');
    expect(await resultOf(first)).toContain('We mail its link once a second person has accepted it.');
    await first.getByText('Waits for somebody else of the care team, or another organiser.').waitFor();
    expect(await first.getByRole('button', { name: 'Accept the proposal for Second carer' }).count()).toBe(0);

    const second = await openAs(site, 'Organiser vetted to see children', '/people');
    await second.getByText('Proposed by Organiser; the link goes to second.carer@example.org.').waitFor();
    await press(second, 'Accept the proposal for Second carer');
    expect(await resultOf(second)).toBe('You stand for the role of Second carer as the second person.');
    expect(await second.getByText(/\/console\/.*#/).count()).toBe(0);

    const [link = ''] =
      /\S+\/console\/\S+#\S+/.exec((await mailTo(site.system, 'second.carer@example.org')).text) ?? [];
    const invited = await site.visit();
    await invited.goto(link);
    await press(invited, 'Sign in');
    await press(invited, 'Someone without a role');
    await press(invited, 'Accept the invitation');
    await pageOf(invited, 'Catering').waitFor({ state: 'attached' });
    await Promise.all([first, second, invited].map((page) => page.context().close()));
  });
});

describe('CS14: why somebody looks at a record of someone under 18', () => {
  it('is asked once a sitting, not let pass without words, asked again in the next one, and noted', async () => {
    const [one, other] = [await registerYoung(site, 'First Young'), await registerYoung(site, 'Second Young')];
    const page = await signInAs(await site.visit(), site, 'Safeguarding focal point', `/children/${one.reference}`);
    const question = page.getByRole('heading', { name: 'Why do you look?' });
    await question.waitFor();
    await press(page, 'Open the record');
    await page.getByRole('alert').getByText('Say in 1 to 160 characters why you look.').waitFor();
    expect(await page.getByText('First Young').count()).toBe(0);
    await page.getByLabel('Reason').fill('To call the guardian');
    await press(page, 'Open the record');
    await page.getByRole('heading', { name: 'First Young' }).waitFor();

    await page.getByRole('link', { name: 'Back to all children' }).click();
    await page.getByRole('link', { name: 'Second Young' }).click();
    await page.getByRole('heading', { name: 'Second Young' }).waitFor();
    expect(await question.count()).toBe(0);
    expect(await whysNoted(one.reference, other.reference)).toEqual(['To call the guardian', 'To call the guardian']);

    const next = await signInAs(await site.visit(), site, 'Safeguarding focal point', `/children/${one.reference}`);
    await next.getByRole('heading', { name: 'Why do you look?' }).waitFor();
    expect(await whysNoted(one.reference)).toEqual(['To call the guardian']);
    await Promise.all([page.context().close(), next.context().close()]);
  });

  async function whysNoted(...references: string[]): Promise<unknown[]> {
    const audit = await readTable(site.system, 'audit');
    return audit
      .filter(({ action, about }) => action === 'read-minor' && references.includes(String(about)))
      .map(({ why }) => why);
  }
});
