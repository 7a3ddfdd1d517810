import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consoleOf, openAs, resultOf, warningOf } from './console.ts';
import { postForm } from './post.ts';
import { headingOf, mainTextOf, shown } from './reading.ts';
import { openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

const open = (path = '') => openAs(site, 'Organiser', `/programme${path}`);
const register = async (email: string): Promise<number> => (await postForm(site, { email })).status;
async function rowOf(page: Page, session: string): Promise<string> {
  const row = page.getByRole('row').filter({ hasText: session });
  await row.waitFor();
  return shown(row);
}

async function press(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) await page.getByRole('button', { name, exact: true }).click();
}

describe('registration', () => {
  it('closes and opens again from one press to the next', async () => {
    const page = await open();
    await press(page, 'Close registration now');
    await page.getByText('Nobody new can register from now on.').waitFor();
    await press(page, 'Close it');
    expect(await resultOf(page)).toBe('Registration is closed.');
    expect(await register('late@window.example.org')).toBe(409);
    await press(page, 'Open it again');
    await page.getByLabel('Closes').fill('២០២៧-១០-២២ ២៣:៥៩');
    await press(page, 'Save the times');
    await page.getByText('The times are saved.').waitFor();
    await page.getByText('Until 22 Oct 2027, 23:59 (Phnom Penh time).').waitFor();
    expect(await register('late@window.example.org')).toBe(303);
    await page.context().close();
  });

  it("reads times by the event's clocks, whatever the browser's show", async () => {
    const page = await site.visit({ timezoneId: 'America/New_York' });
    const first = await open();
    await page
      .context()
      .addInitScript(
        (tokens) => sessionStorage.setItem('plenary.tokens', tokens),
        await first.evaluate(() => sessionStorage.getItem('plenary.tokens') ?? ''),
      );
    await page.goto(consoleOf(site, '/programme'));
    await press(page, 'Change the times');
    expect(await page.getByLabel('Closes').inputValue()).toBe('2027-10-22 23:59');
    await page.getByLabel('Closes').fill('2027-10-23T12:00');
    await press(page, 'Save the times');
    await page.getByText('Until 23 Oct 2027, 12:00 (Phnom Penh time).').waitFor();
    const event = await (await fetch(`${site.system.siteUrl}/api/events/${site.eventId}`)).json();
    expect(event.registration.closesAt).toBe('2027-10-23T05:00:00.000Z');
    await Promise.all([page.context().close(), first.context().close()]);
  });

  it('that would close before it opens is refused at its field', async () => {
    const page = await open();
    await press(page, 'Change the times');
    await page.getByLabel('Closes').fill('2026-10-01T00:00');
    await press(page, 'Save the times');
    await page
      .getByRole('alert')
      .getByRole('link', { name: /^Closes:/ })
      .click();
    expect(await page.getByLabel('Closes').evaluate((field) => field === document.activeElement)).toBe(true);
    await page.context().close();
  });

  it('keeps on the screen what was typed, says at its field what is no time, and takes a day from a calendar', async () => {
    const page = await open();
    const thrown: Error[] = [];
    page.on('pageerror', (error) => thrown.push(error));
    await press(page, 'Change the times');
    const closes = page.getByLabel('Closes');
    await closes.fill('១ តុលា ២០២៧');
    await press(page, 'Save the times');
    const words = 'Please write a date that exists, and a time, such as 2027-11-02 09:00.';
    await page.getByRole('alert').getByText(`Closes: ${words}`).waitFor();
    expect(await shown(page.locator('#closesAt-error'))).toBe(`Error: ${words}`);
    expect(await closes.inputValue()).toBe('១ តុលា ២០២៧');
    await closes.fill('២០២៧-១០-២០ ៨:៣០');
    expect(await closes.inputValue()).toBe('២០២៧-១០-២០ ៨:៣០');
    await page.getByRole('button', { name: 'Closes: Calendar' }).click();
    await page.locator('.typed:has(#closesAt) [type=date]').fill('2027-10-21');
    expect(await closes.inputValue()).toBe('2027-10-21 08:30');
    expect(await closes.evaluate((field) => field === document.activeElement)).toBe(true);
    await press(page, 'Save the times');
    await page.getByText('Until 21 Oct 2027, 08:30 (Phnom Penh time).').waitFor();
    expect(thrown).toEqual([]);
    await page.context().close();
  });
});

describe('other dates of the event', () => {
  it('that were never in a calendar stay as they are typed, are refused at their field, and nothing is sent', async () => {
    const page = await open();
    const [thrown, sent]: [Error[], string[]] = [[], []];
    page.on('pageerror', (error) => thrown.push(error));
    page.on('request', (request) => request.method() === 'PUT' && sent.push(request.url()));
    await press(page, 'Put it on other dates');
    const first = page.getByLabel('First day', { exact: true });
    const resulting = page.getByText('Then it is on');
    for (const typed of ['2027-13-02', '2027-02-30', '2027-11-09', '2027-11-90', 'Tomorrow']) {
      await first.fill(typed);
      expect(await first.inputValue()).toBe(typed);
      expect(await resulting.count(), typed).toBe(typed === '2027-11-09' ? 1 : 0);
    }
    await press(page, 'Change the dates, and tell everyone');
    await page.locator('#firstDay-error').waitFor();
    expect(await shown(page.locator('#firstDay-error'))).toContain('Please write a date that exists');
    expect(await first.inputValue()).toBe('Tomorrow');
    expect([thrown, sent]).toEqual([[], []]);
    await page.context().close();
  });
});

describe('AB15: seats that nobody proves', () => {
  it('have a time and a rule that organisers change, and a time too short is refused at its field', async () => {
    const page = await open();
    await page.getByText('A seat is to be confirmed within 7 days while others wait for it').waitFor();
    await press(page, 'Change the time to confirm');
    await page.getByLabel('To be confirmed within').fill('២');
    await press(page, 'Save the rules');
    await page
      .getByRole('alert')
      .getByRole('link', { name: /^To be confirmed within:/ })
      .waitFor();
    await page.getByLabel('To be confirmed within').fill('96');
    await page.getByLabel('Counted in').selectOption('hours');
    await page.getByLabel('Then the seat').selectOption('automatic');
    await press(page, 'Save the rules');
    expect(await resultOf(page)).toBe('The rules are saved.');
    await page.getByText('within 96 hours while others wait for it; then it goes to them by itself.').waitFor();
    await page.context().close();
  });
});

describe('a session', () => {
  it('moves to another day, time and room, in every language', async () => {
    const page = await open();
    await page.getByRole('link', { name: 'Meeting point' }).click();
    await page.getByLabel('Day').selectOption({ label: 'Second day, Wed, 3 Nov 2027' });
    await page.getByLabel('Begins').fill('០៨:៣០');
    await page.getByLabel('Ends').fill('៩:០០');
    await page.getByLabel('Room in English').fill('Garden');
    await page.getByLabel('Room in Khmer').fill('សួនច្បារ');
    await press(page, 'Save the session');
    expect(await resultOf(page)).toMatch(/“Meeting point: .*” is saved\. Whoever signed up stays signed up/);
    expect(await rowOf(page, 'Meeting point')).toMatch(/08:30–09:00[\s\S]*Garden/);
    const guest = await site.visit();
    await guest.goto(`${site.event}?lang=km`);
    expect(await mainTextOf(guest)).toContain('សួនច្បារ');
    await Promise.all([page.context().close(), guest.context().close()]);
  });

  it('is added for closed groups: nobody else reads of it', async () => {
    const page = await open();
    await page.getByRole('link', { name: 'Add a session' }).click();
    expect(await headingOf(page)).toBe('Add a session');
    await page.getByLabel('Title in English').fill('Drafting group');
    await page.getByLabel('Title in Khmer').fill('ក្រុមតាក់តែង');
    await page.getByLabel('Begins').fill('13:15');
    await page.getByLabel('Ends').fill('13:45');
    await page.getByLabel('Room in English').fill('Plenary hall');
    await page.getByLabel('Room in Khmer').fill('សាលពេញអង្គ');
    await page.getByLabel('ASEAN body').check();
    await press(page, 'Add the session');
    expect(await resultOf(page)).toBe('“Drafting group” is added.');
    expect(await rowOf(page, 'Drafting group')).toMatch(/Closed[\s\S]*ASEAN body/);
    expect(await shown(page.locator('.note.warn'))).toMatch(
      /^Plenary hall: “Our internet.*” and “Drafting group” are there/,
    );
    const guest = await site.visit();
    await guest.goto(site.event);
    expect(await mainTextOf(guest)).not.toContain('Drafting group');
    await page.getByRole('link', { name: 'Drafting group' }).click();
    await page.getByLabel('ASEAN body').uncheck();
    await page.getByLabel('People choose it when they register').check();
    await page.getByLabel('People may choose it beside another session').check();
    await press(page, 'Save the session');
    await resultOf(page);
    await page.getByRole('link', { name: 'Drafting group' }).click();
    expect(await page.getByLabel('People may choose it beside another session').isChecked()).toBe(true);
    await guest.reload();
    expect(await mainTextOf(guest)).toContain('Drafting group');
    await Promise.all([page.context().close(), guest.context().close()]);
  });

  it('says all that is missing at once, in a summary that has the focus and leads to the fields', async () => {
    const page = await open('/_new');
    await page.getByLabel('Room in English').fill('Annex');
    await press(page, 'Add the session');
    const summary = page.getByRole('alert');
    await summary.waitFor();
    expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await summary.getByRole('link').allInnerTexts()).toEqual(
      ['Title in English', 'Title in Khmer', 'Begins', 'Ends', 'Room in Khmer'].map(
        (name) => `${name}: Please answer this.`,
      ),
    );
    await summary.getByRole('link', { name: 'Room in Khmer' }).click();
    expect(await page.getByLabel('Room in Khmer').evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByLabel('Title in English').fill('Night walk');
    for (const name of ['Title in Khmer', 'Room in Khmer']) await page.getByLabel(name).fill('ដើរ');
    await page.getByLabel('Begins').fill('22:00');
    await page.getByLabel('Ends').fill('21:00');
    await press(page, 'Add the session');
    await page
      .getByRole('alert')
      .getByRole('link', { name: /^Ends: .*must be later than the session's start/ })
      .waitFor();
    await page.context().close();
  });

  it('that two change at once keeps what the second typed, and shows them what the first made of it', async () => {
    const [first, second] = await Promise.all([open('/closing'), open('/closing')]);
    await first.getByLabel('Begins').fill('16:20');
    await press(first, 'Save the session');
    await resultOf(first);
    await second.getByLabel('Room in English').fill('Rooftop');
    await second.getByLabel('Room in Khmer').fill('ដំបូល');
    await press(second, 'Save the session');
    expect(await warningOf(second)).toMatch(/What you typed is still here/);
    await second.getByText(/16:20–17:00/).waitFor();
    expect(await second.getByLabel('Room in English').inputValue()).toBe('Rooftop');
    await second.getByLabel('Begins').fill('16:20');
    await press(second, 'Save the session');
    await resultOf(second);
    expect(await rowOf(second, 'Closing of the Forum')).toMatch(/16:20–17:00[\s\S]*Rooftop/);
    await Promise.all([first.context().close(), second.context().close()]);
  });

  it('that does not exist leads back', async () => {
    const page = await open('/nothing');
    expect(await headingOf(page)).toBe('There is no such session');
    await page.getByRole('link', { name: 'Back to the programme' }).click();
    await page.getByRole('heading', { name: 'Programme', level: 1 }).waitFor();
    await page.context().close();
  });
});
