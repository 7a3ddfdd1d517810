import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAs, resultOf } from './console.ts';
import { mainTextOf } from './reading.ts';
import { openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

const open = (path = '') => openAs(site, 'Organiser', `/definition${path}`);
const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
const follow = (page: Page, name: string): Promise<void> => page.getByRole('link', { name, exact: true }).click();
const published = async () => (await fetch(`${site.system.siteUrl}/api/events/${site.eventId}`)).json();

describe('the set-up of an event', () => {
  it('gets a question with answers and a condition, which the form asks once it is published', async () => {
    const page = await open();
    await follow(page, 'Questions');
    await press(page, 'Add a question');
    await page.getByLabel('Question, in English').fill('Which meals do you take?');
    await page.getByLabel('Question, in Khmer').fill('តើអ្នកទទួលទានអាហារណា?');
    await page.getByLabel('Kind of answer').last().selectOption('Any of several answers');
    for (const [english, khmer] of [
      ['Lunch', 'អាហារថ្ងៃត្រង់'],
      ['Dinner', 'អាហារពេលល្ងាច'],
    ] as const) {
      await press(page, 'Add an answer');
      await page.getByLabel('Answer, in English').last().fill(english);
      await page.getByLabel('Answer, in Khmer').last().fill(khmer);
    }
    await page.getByLabel('Who is asked').last().selectOption('takes part in one of these ways');
    await page.getByLabel('In person, in Phnom Penh').last().check();
    await press(page, 'Review and publish');
    await page.getByText('Questions, Which meals do you take?').waitFor();
    await press(page, 'Publish');
    expect(await resultOf(page)).toContain('It is published.');
    const question = (await published()).questions.at(-1);
    expect(question).toMatchObject({
      id: 'whichMealsDoYouTake',
      type: 'multi-choice',
      required: false,
      when: { mode: ['in-person'] },
      options: [
        { id: 'lunch', title: 'Lunch' },
        { id: 'dinner', title: 'Dinner' },
      ],
    });
    await page.context().close();
  });

  it('is kept while it is typed, also when the page is loaded anew, and can be discarded', async () => {
    const page = await open('/venue');
    await page.getByLabel('Name, in English').fill('Hall of Samples');
    await page.reload();
    expect(await page.getByLabel('Name, in English').inputValue()).toBe('Hall of Samples');
    await follow(page, 'Set-up');
    await page.getByText('1 change is not published yet.').waitFor();
    await press(page, 'Discard the changes');
    await press(page, 'Discard them');
    await page.getByText('not published yet').waitFor({ state: 'detached' });
    await follow(page, 'Venue');
    expect(await page.getByLabel('Name, in English').inputValue()).not.toBe('Hall of Samples');
    await page.context().close();
  });

  it('says what is wrong where it is mended, and publishes nothing of it', async () => {
    const page = await open('/days');
    await page.getByText('First day').click();
    await page.getByLabel('The day ends').fill('07:00');
    await press(page, 'Review and publish');
    await page.getByText('This cannot be published yet.').waitFor();
    expect(await page.getByRole('button', { name: 'Publish', exact: true }).count()).toBe(0);
    await page
      .getByRole('link', { name: /^Days, First day, The day ends: / })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Days', level: 1 }).waitFor();
    await page.getByRole('alert').getByRole('link').first().click();
    await page.locator('[id^="days.0."]:focus').waitFor();
    // Of another list it would stand at the wrong day.
    await press(page, 'Add a day');
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('keeps what two change at once: the second is told, and publishes on top', async () => {
    const [first, second] = [await open('/basics'), await open('/venue')];
    await first.getByLabel('Host, in English').fill('Sample Ministry');
    await follow(first, 'Set-up');
    await follow(first, 'Supporters');
    await first.getByText('UNICEF').click();
    await press(first, 'Remove: UNICEF');
    await second.getByLabel('Street and town, in English').fill('1 Sample Street');
    for (const page of [first, second]) await press(page, 'Review and publish');
    await second.getByRole('button', { name: 'Publish', exact: true }).waitFor();
    await press(first, 'Publish');
    await resultOf(first);
    await press(second, 'Publish');
    await second.getByText('Someone published this meanwhile.').waitFor();
    for (const theirs of ['Sample Ministry', 'Supporters, UNICEF']) expect(await mainTextOf(second)).toContain(theirs);
    await press(second, 'Publish');
    await second.getByText('It is published.').waitFor();
    const { host, venue } = await published();
    expect([host, venue.address]).toEqual(['Sample Ministry', '1 Sample Street']);
    await Promise.all([first.context().close(), second.context().close()]);
  });

  it('says who is mailed before days or hours are changed, and everyone only by a press that says so', async () => {
    const page = await open('/days');
    await page.getByText('Second day').click();
    await page.getByLabel('The day ends').fill('18:30');
    await press(page, 'Review and publish');
    await page.getByText('whom it concerns is mailed').waitFor();
    await page.getByRole('button', { name: 'Publish', exact: true }).waitFor();
    await follow(page, 'Set-up');
    await follow(page, 'Days');
    await page.getByText('Second day').click();
    await page.getByLabel('Date').fill('2027-11-04');
    await press(page, 'Review and publish');
    await page.getByText('Nobody is registered, so nobody is mailed.').waitFor();
    expect(await mainTextOf(page)).toContain('Then it is on Tue, 2 Nov 2027; Thu, 4 Nov 2027.');
    await page.getByRole('button', { name: 'Publish, and tell everyone' }).waitFor();
    await page.context().close();
  });

  it('asks for answers anew where a condition is on another question', async () => {
    const page = await open('/questions');
    await page.getByText('What should we arrange so that you can take part?').click();
    await page.getByLabel('Who is asked').selectOption('answered the question');
    const which = page.getByLabel('Question', { exact: true });
    await which.selectOption('A question you would like the panels to answer');
    await page.getByLabel('with one of these answers').fill('Why?');
    await which.selectOption('Anything else about food');
    await expect.poll(() => page.getByLabel('with one of these answers').inputValue()).toBe('');
    await page.context().close();
  });

  it('takes out a part and makes it anew by keyboard: the focus stays where the press was', async () => {
    const page = await open('/minors');
    await page.getByRole('button', { name: 'Remove: People under 18' }).press('Enter');
    const focused = page.locator(':focus');
    await focused.filter({ hasText: 'Let people under 18 register' }).waitFor();
    await focused.press('Enter');
    await page.locator('[id="minors.minimumAge"]:focus').waitFor();
    await page.context().close();
  });

  it('gets a place that is no country, by a code of its own', async () => {
    const page = await open('/countries');
    await press(page, 'Change the list of countries');
    await press(page, 'Add a place');
    await page.getByLabel('Code', { exact: true }).fill('xa');
    await page.getByLabel('Name, in English').fill('Several places');
    await page.getByLabel('Name, in Khmer').fill('ទីកន្លែងច្រើន');
    await press(page, 'Review and publish');
    await press(page, 'Publish');
    await page.getByText('It is published.').waitFor();
    expect((await published()).countries.added).toEqual([{ code: 'XA', title: 'Several places' }]);
    await page.context().close();
  });

  it('shows who reads reports, and changes nothing of it', async () => {
    const page = await open('/safeguarding');
    await page.getByText('Whoever deploys the system changes it').first().waitFor();
    expect(await page.locator('[id="safeguarding.email"]').evaluate((element) => element.tagName)).toBe('P');
    await page.context().close();
  });

  it('is copied into another event, with its days moved, by the owner who then runs it', async () => {
    const page = await open();
    await press(page, 'Copy this event');
    await page.getByLabel('Name of the new event, in English').fill('Forum 2028');
    await page.getByLabel('Name of the new event, in Khmer').fill('វេទិកា ២០២៨');
    await expect.poll(() => page.getByLabel('Name in the address of its pages').inputValue()).toBe('forum-2028');
    await page.getByLabel('First day').fill('2028-11-07');
    await press(page, 'Make the event');
    await page.waitForURL(/forum-2028\/definition$/);
    await page.getByText('Tue, 7 Nov 2028, Wed, 8 Nov 2028').waitFor();
    const made = await (await fetch(`${site.system.siteUrl}/api/events/forum-2028`)).json();
    expect([made.title, made.days.map(({ date }: { date: string }) => date)]).toEqual([
      'Forum 2028',
      ['2028-11-07', '2028-11-08'],
    ]);
    await page.context().close();
  });
});
