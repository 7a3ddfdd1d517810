import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAs, resultOf, warningOf } from './console.ts';
import { mailTo } from './inbox.ts';
import { comes } from './post.ts';
import { openSite, type Site } from './site.ts';
import { faultsOf, show, VIEWS } from './views.ts';

const ROOM = 'Seats in Phnom Penh';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

const SHOTS = process.env['PLENARY_SHOTS'];
const shots = async (page: Page, name: string): Promise<void> => {
  for (const view of SHOTS === undefined ? [] : VIEWS) {
    await show(page, view);
    await page.screenshot({ path: `${SHOTS}/change-${name}-${view.width}.png`, fullPage: true });
  }
};

const fits = async (page: Page): Promise<void> => {
  for (const view of VIEWS) {
    await show(page, view);
    expect(await faultsOf(page)).toEqual([]);
  }
};

/** Opens the form by keyboard: its first field has the focus as soon as it is there. */
async function openForm(page: Page, button = 'Change the registration'): Promise<Locator> {
  await page.getByRole('button', { name: button }).press('Enter');
  await page.locator('#amend-honorific:focus').waitFor();
  return page.locator('.opened').filter({ has: page.locator('#amend-honorific') });
}

const look = async (form: Locator): Promise<Locator> => {
  await form.getByRole('button', { name: 'See what this does' }).press('Enter');
  const does = form.getByRole('region', { name: 'What this does' });
  await does.waitFor();
  return does;
};

const linesOf = (does: Locator): Promise<string[]> => does.getByRole('listitem').allTextContents();

async function leaveSeats(number: string): Promise<void> {
  const page = await openAs(site, 'Organiser', '/seats');
  const room = page.getByRole('region', { name: ROOM, exact: true });
  await room.getByRole('button', { name: 'Change seats' }).click();
  await page.locator('input:focus').fill(number);
  await page.keyboard.press('Enter');
  await resultOf(page);
  await page.close();
}

it('from online to a room without seats: it says before that they wait, does that, and tells them in any case', async () => {
  await comes(site, 'room@change.example.org', {});
  const email = 'online@change.example.org';
  const { reference } = await comes(site, email, { mode: 'online', fullName: 'Online One' });
  await mailTo(site.system, email);
  await leaveSeats('1');
  const page = await openAs(site, 'Organiser', `/registrations/${reference}`);
  const form = await openForm(page);
  await form.getByLabel('Takes part').selectOption('in-person');
  const does = await look(form);
  expect(await does.getByRole('heading').evaluate((heading) => heading === document.activeElement)).toBe(true);
  expect(await linesOf(does)).toEqual([
    'It becomes: On the waiting list. Before: Confirmed',
    'Attends online until a seat in the room is free',
    expect.stringContaining('Keeps the seat: '),
    `No seat is left, so they wait for one: ${ROOM}`,
    'They get a mail, as whenever a place becomes another.',
  ]);
  expect(await does.getByRole('button').allTextContents()).toEqual(['Change and tell them']);
  await fits(page);
  await shots(page, 'waits');
  await does.getByRole('button', { name: 'Change and tell them' }).press('Enter');
  expect(await resultOf(page)).toBe('The registration of Online One is changed. They get a mail.');
  await page.getByRole('main').getByText('On the waiting list').first().waitFor();
  const mail = await mailTo(site.system, email, 2);
  expect(mail.text).toContain('The organisers changed your registration');
  await leaveSeats('400');
});

it('what rules forbid is said at its field, and stays typed; an answer that is not asked any more goes; it is not told', async () => {
  const email = 'rules@change.example.org';
  const { reference } = await comes(site, email, { fullName: 'Rules One', mode: 'online' });
  await mailTo(site.system, email);
  const page = await openAs(site, 'Organiser', `/registrations/${reference}`);
  const form = await openForm(page);
  await form.getByLabel('Position').fill('Director');
  await form.getByLabel('Group').selectOption('private-sector');
  await form.getByLabel('Full name').fill('');
  await form.getByRole('button', { name: 'See what this does' }).click();
  const errors = form.getByRole('alert');
  await errors.getByRole('link', { name: /^Full name: / }).waitFor();
  await errors.getByRole('link', { name: /^How large is your company\? / }).click();
  await page.locator('[id="amend-answers.companySize"]:focus').waitFor();
  expect(await form.getByLabel('Position').inputValue()).toBe('Director');
  await fits(page);
  await shots(page, 'refused');
  await form.getByLabel('Full name').fill('Rules Right');
  for (const answer of [
    'How large is your company?',
    'Where does your company offer its services?',
    'What is your role in the company?',
  ])
    await form.getByLabel(answer).selectOption({ index: 1 });
  await form.getByRole('group', { name: 'Days' }).getByRole('checkbox').last().uncheck();
  const does = await look(form);
  expect((await linesOf(does))[0]).toBe('It stays: Confirmed');
  // A field that is touched takes away what was said of the change before.
  await form.getByLabel('Position').fill('Managing director');
  expect(await does.count()).toBe(0);
  const again = await look(form);
  await again.getByRole('button', { name: 'Change, do not tell' }).press('Enter');
  expect(await resultOf(page)).toBe('The registration of Rules Right is changed. No mail says so.');
  const timeline = page.getByRole('region', { name: 'Who did what' }).getByRole('listitem');
  // What was done is read apart from what it said before: either may be there first.
  const changed = timeline.first().filter({ hasText: 'Organiser changed a registration and did not tell the person' });
  await changed.filter({ hasText: 'Managing director' }).waitFor();
  expect((await mailTo(site.system, email)).text).not.toContain('The organisers changed');

  const back = await openForm(page);
  await back.getByLabel('Group').selectOption('academia');
  expect(await back.getByLabel('How large is your company?').count()).toBe(0);
  const drops = await look(back);
  expect(await linesOf(drops)).toContain(
    'This answer goes, since it is not asked of them any more: How large is your company?',
  );
});

it('in two windows at once: the second is told, keeps what was typed, and goes on from what the first made of it', async () => {
  const { reference } = await comes(site, 'windows@change.example.org', { fullName: 'Windows One' });
  const [first, second] = [
    await openAs(site, 'Organiser', `/registrations/${reference}`),
    await openAs(site, 'Organiser', `/registrations/${reference}`),
  ];
  const [one, other] = [await openForm(first), await openForm(second)];
  await other.getByLabel('Position').fill('Typed before');
  const promised = await look(other);
  await one.getByLabel('Organisation or delegation').fill('Made by the first');
  await (await look(one)).getByRole('button', { name: 'Change and tell them' }).click();
  await resultOf(first);
  await promised.getByRole('button', { name: 'Change and tell them' }).click();
  expect(await warningOf(second)).toContain('What you typed is still there');
  expect(await other.getByLabel('Position').inputValue()).toBe('Typed before');
  expect(await other.getByLabel('Organisation or delegation').inputValue()).toBe('Made by the first');
  await (await look(other)).getByRole('button', { name: 'Change and tell them' }).click();
  await resultOf(second);
  await second.getByRole('main').getByText('Typed before').first().waitFor();
  await second.getByRole('main').getByText('Made by the first').first().waitFor();
});

it('speaks Khmer', async () => {
  const { reference } = await comes(site, 'khmer@change.example.org', { fullName: 'Khmer One', language: 'km' });
  const page = await openAs(site, 'Organiser', `/registrations/${reference}`, { locale: 'km-KH' });
  const form = await openForm(page, 'កែប្រែការចុះឈ្មោះ');
  await form.getByRole('button', { name: 'មើលថាវាធ្វើអ្វី' }).click();
  await form.getByText('ការចុះឈ្មោះមានដូច្នេះរួចហើយ។ គ្មានអ្វីផ្លាស់ប្ដូរទេ។').waitFor();
  await fits(page);
  await shots(page, 'khmer');
});
