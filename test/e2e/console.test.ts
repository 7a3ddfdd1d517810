import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerPeople } from '../../bench/people.ts';
import { readWorkbook } from '../support/workbook.ts';
import {
  applyAsMedia,
  consoleOf,
  grant,
  openAs,
  openPage,
  pageOf,
  pagesOffered,
  resultOf,
  signInAs,
  warningOf,
} from './console.ts';
import { mailTo } from './inbox.ts';
import { postForm } from './post.ts';
import { headingOf, shown } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { faultsOf, show, VIEWS } from './views.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

/** What is written as a code there, once it is. */
async function codeIn(page: Page, place: string): Promise<string> {
  const code = page.locator(`${place} .code`);
  await code.waitFor();
  return shown(code);
}

/** Declines someone who asked to come. @param fill what is chosen and written */
async function declineOne(email: string, fullName: string, fill: (page: Page) => Promise<void>): Promise<void> {
  await applyAsMedia(site, email, { fullName });
  const page = await openAs(site, 'Organiser');
  await page.getByRole('link', { name: fullName }).click();
  await page.getByRole('button', { name: 'Decline', exact: true }).click();
  await fill(page);
  await page.getByRole('button', { name: 'Decline and send' }).click();
  expect(await resultOf(page)).toBe(`${fullName} is declined and gets a mail.`);
  // It stays open: it is what says that the ten seconds are over.
}

/** Where it stands in the files that look at how screens come out. */
const SHOTS = process.env['PLENARY_SHOTS'];
async function look(page: Page, name: string): Promise<void> {
  for (const view of SHOTS === undefined ? [] : VIEWS) {
    await show(page, view);
    await page.screenshot({ path: `${SHOTS}/${name}-${view.width}.png` });
  }
}

describe('deciding', () => {
  it('approves someone who waits: they get a mail with their ticket', async () => {
    await applyAsMedia(site, 'approve@press.example.org', { fullName: 'Approved Reporter' });
    const page = await openAs(site, 'Organiser');
    await page.getByRole('link', { name: 'Approved Reporter' }).click();
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    expect(await resultOf(page)).toMatch(/Approved Reporter is approved/);
    expect(await page.getByText('Confirmed', { exact: true }).isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0);
    // While its mail waits, a decline goes the same way.
    await declineOne('decline@press.example.org', 'Declined Reporter', async (other) => {
      await other.getByLabel('Reason', { exact: true }).selectOption('audience');
      await other.locator('textarea[name="note"]').fill('All seats for online media are given.');
    });
    expect((await mailTo(site.system, 'approve@press.example.org', 2)).subject).toMatch(/registered/);
    expect(await page.evaluate(() => sessionStorage.getItem('plenary.held')), 'nothing is kept of it').toBeNull();
    await page.context().close();
  });

  it('is stopped and taken back until the mail leaves: by keyboard, after leaving the page, and without a shift', async () => {
    await applyAsMedia(site, 'stopped@press.example.org', { fullName: 'Stopped Reporter' });
    const page = await openAs(site, 'Organiser', '/registrations?q=Stopped');
    await page.evaluate(() => {
      const shifts: number[] = [];
      Object.assign(globalThis, { shifts });
      new PerformanceObserver((list) => {
        for (const each of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
          if (!each.hadRecentInput) shifts.push(each.value);
        }
      }).observe({ type: 'layout-shift' });
    });
    await page.getByRole('link', { name: 'Stopped Reporter' }).click();
    await page.getByRole('button', { name: 'Approve', exact: true }).press('Enter');
    await resultOf(page);
    await page.getByText(/^The mail to Stopped Reporter leaves in ten seconds/).waitFor({ state: 'attached' });
    await page.getByText(/^Mail leaves in \d+ seconds?\.$/).waitFor();
    await look(page, 'held-person');
    await page.getByRole('link', { name: 'Back to all registrations' }).click();
    await page.getByRole('button', { name: 'Stop and take back: Stopped Reporter' }).waitFor();
    await look(page, 'held-list');
    await page.goBack();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Stopped Reporter' }).waitFor();
    await page.locator('.held button').focus();
    await page.keyboard.press('Enter');
    expect(await resultOf(page)).toMatch(/is as before and gets no mail/);
    await page.getByRole('button', { name: 'Approve', exact: true }).waitFor();
    expect(await page.locator('.held .row').count()).toBe(0);
    expect(await page.evaluate(() => (globalThis as { shifts?: number[] }).shifts ?? [])).toEqual([]);
    await page.context().close();
  });

  it('cancels for someone, who is not told where that is taken back', async () => {
    await postForm(site, { email: 'off@all.example.org', fullName: 'Takenoff Sample' });
    const page = await openAs(site, 'Organiser', '/registrations?q=Takenoff');
    await page.getByRole('link', { name: 'Takenoff Sample' }).click();
    await page.getByText('For someone who says that they do not come.').waitFor();
    await page.getByRole('button', { name: 'Cancel the registration' }).click();
    await page.getByRole('button', { name: 'Go back' }).click();
    await page.getByRole('button', { name: 'Cancel the registration' }).click();
    const press = page.getByRole('button', { name: 'Cancel this registration' });
    const colour = await press.evaluate((button) => getComputedStyle(button).backgroundColor);
    expect(colour, 'what takes something away does not look like any other button').toBe('rgb(163, 22, 30)');
    await press.click();
    expect(await resultOf(page)).toBe('The registration of Takenoff Sample is cancelled. They get a mail.');
    await page.getByText('Cancelled', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Stop and take back: Takenoff Sample' }).click();
    expect(await resultOf(page)).toMatch(/Takenoff Sample is as before/);
    await page.getByText('Confirmed', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Cancel the registration' }).click();
    await page.getByRole('button', { name: 'Cancel this registration' }).click();
    await page.locator('.held .row').waitFor();
    await page.getByText('Cancelled', { exact: true }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.context().close();
  });

  it('declines with a reason, which the mail says, and a note, which the person reads', async () => {
    const { text } = await mailTo(site.system, 'decline@press.example.org', 2);
    expect(text).toContain('Reason: The Forum is for people who work, or may work,');
    expect(text).not.toContain('All seats for online media');
    const person = await site.visit();
    await person.goto(/\S+\/m\/\S+/.exec(text)?.[0] ?? '');
    await person.getByText('All seats for online media are given.').waitFor();
    await person.getByText('The Forum is for people who work, or may work,').waitFor();
    await person.context().close();
  });

  it('declines someone after all who was confirmed, and the seat is free', async () => {
    await postForm(site, { email: 'after@all.example.org', fullName: 'Afterall Sample' });
    const page = await openAs(site, 'Organiser', '/registrations?q=Afterall');
    await page.getByRole('link', { name: 'Afterall Sample' }).click();
    await page.getByText('Seats in Phnom Penh', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Decline', exact: true }).click();
    await page.locator('select:focus').waitFor();
    await page.getByRole('button', { name: 'Decline and send' }).click();
    expect(await resultOf(page)).toMatch(/Afterall Sample is declined/);
    expect(await page.getByText('Seats in Phnom Penh', { exact: true }).count()).toBe(0);
    await page.context().close();
  });

  it('takes a decline back, and leads back to what was searched for', async () => {
    await applyAsMedia(site, 'mistaken@press.example.org', { fullName: 'Mistaken Reporter' });
    const page = await openAs(site, 'Organiser', '/registrations?q=Mistaken&mode=online');
    await page.getByRole('link', { name: 'Mistaken Reporter' }).click();
    await page.getByRole('button', { name: 'Decline', exact: true }).click();
    await page.locator('select:focus').waitFor();
    await page.getByRole('button', { name: 'Decline and send' }).click();
    await resultOf(page);
    await page.getByRole('button', { name: 'Take the decline back' }).click();
    expect(await resultOf(page)).toMatch(/Mistaken Reporter waits for a decision again/);
    expect(await page.getByRole('button', { name: 'Approve', exact: true }).isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Take the decline back' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Back to all registrations' }).click();
    expect(new URL(page.url()).search).toBe('?q=Mistaken&mode=online');
    await page.getByRole('link', { name: 'Mistaken Reporter' }).waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('Mistaken');
    await page.context().close();
  });

  it('says whom the numbers leave out, to each member who does not see everyone', async () => {
    for (const [person, said] of [
      ['Focal point for Cambodia', 'These are the people of your countries or organisations alone.'],
      ['Organiser', undefined],
    ] as const) {
      const page = await openAs(site, person);
      await page.locator('.counts li', { hasText: 'Confirmed' }).waitFor();
      expect(await page.getByText('Waiting for a guardian').count(), person).toBe(0);
      await page.getByText('People under 18 are not counted here.').waitFor();
      expect(await page.getByText(/^These are /).allInnerTexts()).toEqual(
        said === undefined ? [] : [expect.stringContaining(said)],
      );
      await page.context().close();
    }
  });

  it('leads a member who sees people under 18 alone to them, and shows them no list', async () => {
    const page = await openAs(site, 'Safeguarding focal point', '/registrations');
    await page.getByText('People under 18 are not in this list.').waitFor();
    expect(await page.locator('main table').count()).toBe(0);
    await page.getByRole('link', { name: 'Open them under Children' }).click();
    await page.getByRole('heading', { level: 1, name: /under 18|Children/ }).waitFor();
    await page.context().close();
  });

  it('changes nothing where someone else was faster, and shows what they did', async () => {
    await applyAsMedia(site, 'twice@press.example.org', { fullName: 'Contested Reporter' });
    const [first, second] = await Promise.all([openAs(site, 'Organiser'), openAs(site, 'Organiser')]);
    for (const page of [first, second]) {
      await page.getByRole('link', { name: 'Contested Reporter' }).click();
      // Both have read it before either decides.
      await page.getByRole('button', { name: 'Approve', exact: true }).waitFor();
    }
    await first.getByRole('button', { name: 'Approve', exact: true }).click();
    await resultOf(first);
    await second.getByRole('button', { name: 'Decline', exact: true }).click();
    await second.getByRole('button', { name: 'Decline and send' }).click();
    expect(await warningOf(second)).toMatch(/Someone else changed this registration/);
    expect(await second.getByText('Confirmed', { exact: true }).isVisible()).toBe(true);
    await Promise.all([first.context().close(), second.context().close()]);
  });
});

describe('one registration', () => {
  it('is named as on its mail, and a substitute is written to in the language that is shown', async () => {
    await postForm(site, { email: 'khmer@former.example.org', fullName: 'Former Sample', language: 'km' });
    const reference = /[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{4}/;
    const [mailed] = reference.exec((await mailTo(site.system, 'khmer@former.example.org')).text) ?? [];
    const page = await openAs(site, 'Organiser', '/registrations?q=Former');
    await page.getByRole('link', { name: 'Former Sample' }).click();
    expect(await codeIn(page, '.state')).toBe(mailed);
    await page.getByRole('button', { name: 'Name the other person' }).click();
    expect(await page.getByRole('main').getByLabel('Language').inputValue()).toBe('km');
    await page.getByRole('main').getByLabel('Language').selectOption('en');
    await page.getByLabel('Full name').fill('Latter Sample');
    await page.getByLabel('Email', { exact: true }).fill('english@latter.example.org');
    await page.getByLabel('Position').fill('Officer');
    await page.getByRole('button', { name: 'Hand the seat over' }).click();
    expect(await resultOf(page)).toBe('Latter Sample comes in place of Former Sample.');
    // What is corrected from here on is theirs.
    await page.getByRole('button', { name: 'Correct the address' }).click();
    expect(await page.getByLabel('Email', { exact: true }).inputValue()).toBe('english@latter.example.org');
    await page.getByRole('button', { name: 'Correct the name' }).click();
    expect(await page.getByLabel('Full name').inputValue()).toBe('Latter Sample');
    expect((await mailTo(site.system, 'english@latter.example.org')).subject).toMatch(/^You are registered/);
    await page.context().close();
  });

  it('of someone who is added needs a group, and says what is missing in the order of the fields', async () => {
    const page = await openAs(site, 'Organiser', '/add');
    await page.getByRole('button', { name: 'Add and send the mail' }).click();
    const missing = page.getByRole('alert').getByRole('link');
    await missing.first().waitFor();
    const needed = ['Full name', 'Email', 'Position', 'Organisation or delegation', 'Country', 'Group'];
    expect(await missing.allInnerTexts()).toEqual(needed.map((label) => `${label}: Please answer this.`));
    await page.context().close();
  });
});

describe('finding', () => {
  it('searches as it is typed, filters, and keeps what was searched for in the address', async () => {
    await postForm(site, { email: 'needle@example.org', fullName: 'Needle Sample', organisation: 'Haystack' });
    const page = await openAs(site, 'Organiser', '/registrations');
    await page.getByRole('searchbox').pressSequentially('HAYstack');
    await page.locator('.found b', { hasText: '1 person found' }).waitFor();
    await page.waitForURL(/\?q=HAYstack$/);
    await page.reload();
    await page.getByRole('link', { name: 'Needle Sample' }).waitFor();
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByLabel('What to filter by').selectOption('country');
    await page.getByLabel('How').selectOption('not');
    await page.getByRole('checkbox', { name: /^Thailand/ }).check();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Nobody matches.').waitFor();
    expect(new URL(page.url()).search).toBe('?q=HAYstack&not-country=TH');
    expect(
      await page.getByRole('button', { name: 'Filter', exact: true }).evaluate((it) => it === document.activeElement),
    ).toBe(true);
    await page.getByRole('button', { name: 'Remove the filter Country is not Thailand' }).click();
    await page.getByRole('link', { name: 'Needle Sample' }).click();
    await page.getByRole('heading', { name: 'Needle Sample' }).waitFor();
    await page.context().close();
  });

  it('leads on and back, page by page, through what was searched for', async () => {
    const pages = { ...site, eventId: 'pages' };
    await registerPeople(site.system, pages.eventId, 110);
    await grant(pages, 'organiser', 'Organiser', [{ role: 'organiser' }]);
    const page = await openAs(pages, 'Organiser', '/registrations?status=confirmed');
    let shown: string[] = [];
    // A page's rows stay until those of the next are there, and its address changes before: only other rows show that it was turned.
    const turnTo = async (link: string, rows: number): Promise<string[]> => {
      if (link !== '')
        await page.getByRole('navigation', { name: 'Pages of results' }).getByRole('link', { name: link }).click();
      const handle = await page.waitForFunction(
        ([before, most]) => {
          const all = [...document.querySelectorAll<HTMLAnchorElement>('tbody th a')].map((each) => each.pathname);
          return all.length === most && all[0] !== before && all;
        },
        [shown[0], rows] as const,
      );
      shown = (await handle.jsonValue()) as string[];
      expect(new URL(page.url()).searchParams.get('status')).toBe('confirmed');
      return shown;
    };
    const first = await turnTo('', 50);
    const second = await turnTo('Next page', 50);
    const third = await turnTo('Next page', 10);
    expect(new Set([...first, ...second, ...third]).size).toBe(110);
    expect(await turnTo('Previous page', 50)).toEqual(second);
    expect(await turnTo('Previous page', 50)).toEqual(first);
    expect(await page.getByRole('link', { name: 'Previous page' }).count()).toBe(0);
    await page.context().close();
  });

  it('AB7: saves a table of exactly those who are found', async () => {
    await postForm(site, { email: 'exported@example.org', fullName: '=Exported Sample', mode: 'online' });
    await postForm(site, { email: 'in-room@example.org', fullName: 'Exported Roomer' });
    const page = await openAs(site, 'Organiser', '/registrations?q=exported&mode=online');
    await page.getByRole('button', { name: 'Save 1 person as a file' }).click();
    const save = async (button: string, what: string) => {
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: button, exact: true }).click();
      const file = await saved;
      expect(file.suggestedFilename()).toMatch(new RegExp(`^${site.eventId}-${what}-\\d{4}-\\d\\d-\\d\\d\\.xlsx$`));
      return readWorkbook(await readFile(await file.path()));
    };
    const [head = [], row = [], ...rest] = await save('Columns shown', 'people');
    expect(head.slice(0, 2)).toEqual(['Reference', 'Name']);
    expect(row).toContain('=Exported Sample');
    expect(row.join()).not.toContain('@');
    // By the clocks of the event, as in other files.
    expect(row[head.indexOf('Registered')]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d\+07:00$/);
    expect(rest).toEqual([]);
    const [names = [], full = []] = await save('All columns, addresses and texts', 'addresses');
    expect(names.length).toBeGreaterThan(head.length);
    expect(full[names.indexOf('Email')]).toBe('exported@example.org');
    expect(names).toContain('Position');
    expect(full).toContain('=Exported Sample');
    await page.context().close();
  });
});

describe('a page that few open', () => {
  it('is fetched when it is opened, and again at a press where the network failed', async () => {
    const page = await openAs(site, 'Organiser');
    const script = /\/assets\/console-members-[^/]*\.js$/;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const times = () => asked.filter((url) => script.test(url)).length;
    await page.route(script, (route) => route.abort());
    await openPage(page, 'Seats');
    await page.getByRole('heading', { level: 1, name: 'Seats' }).waitFor();
    expect(times()).toBe(0);
    await openPage(page, 'Team');
    await page.getByRole('alert').getByText('There is no connection to the server').waitFor();
    await page.unroute(script);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Team' }).waitFor();
    const untilOpen = times();
    await openPage(page, 'Seats');
    await page.getByRole('heading', { level: 1, name: 'Seats' }).waitFor();
    await openPage(page, 'Team');
    await page.getByRole('heading', { level: 1, name: 'Team' }).waitFor();
    expect(times()).toBe(untilOpen);
    await page.context().close();
  });
});

describe('who may do what', () => {
  it('a focal point sees registrations of their own country only, and no page of organisers', async () => {
    await postForm(site, { email: 'own@example.org', fullName: 'Own Sample', country: 'KH' });
    await postForm(site, { email: 'other@example.org', fullName: 'Other Sample', country: 'LA' });
    const page = await openAs(site, 'Focal point for Cambodia', '/registrations');
    await page.getByRole('link', { name: 'Own Sample' }).waitFor();
    expect(await page.getByRole('link', { name: 'Other Sample' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /as a file/ }).count()).toBe(0);
    expect(await pagesOffered(page)).toEqual([
      ...['Overview', 'Registrations', 'Approvals', 'Many at once', 'Register by phone'],
    ]);
    await page.goto(consoleOf(site, '/people'));
    await page.getByRole('heading', { name: 'This page is not for your role' }).waitFor();
    await page.context().close();
  });

  it('tells someone without a role that they have none', async () => {
    const page = await openAs(site, 'Someone without a role');
    await page.getByRole('heading', { name: 'You have no role in this event' }).waitFor();
    await page.context().close();
  });

  it('a focal point for a country and an organisation sees the people of either, and nobody else', async () => {
    const own = { country: 'LA', organisation: 'Reach Ministry' };
    await postForm(site, { email: 'country@reach.example.org', fullName: 'Country Reached', ...own });
    await postForm(site, { email: 'firm@reach.example.org', fullName: 'Firm Reached', organisation: 'REACH telecom' });
    await postForm(site, { email: 'neither@reach.example.org', fullName: 'Neither Reached', country: 'VN' });
    const organiser = await openAs(site, 'Organiser', '/people');
    // People may have a country that the event left out since.
    const told: unknown[] = [];
    await organiser.route(/\/api\/events\/[^/?]+(\?|$)/, async (route) => {
      const response = await route.fetch();
      told.push(response.url());
      await route.fulfill({ response, json: { ...(await response.json()), countries: { leftOut: ['BN'] } } });
    });
    await organiser.reload();
    await organiser.getByRole('button', { name: 'Invite someone' }).click();
    expect(told).not.toEqual([]);
    // What is not asked of the role that is chosen in the end stands in nobody's way.
    await organiser.getByLabel('Role', { exact: true }).selectOption({ label: 'Owner' });
    await organiser.getByLabel(/^Vetted until/).fill('2027-13-90');
    await organiser.getByRole('button', { name: 'Make the invitation' }).click();
    await organiser.locator('#vettedUntil-error').waitFor();
    await organiser.getByLabel('Role', { exact: true }).selectOption({ label: 'Approver' });
    await organiser.getByRole('button', { name: 'Make the invitation' }).click();
    await organiser
      .getByRole('alert')
      .getByRole('link', { name: /Name a country, an organisation or a group/ })
      .click();
    expect(await organiser.getByLabel('For the country').evaluate((it) => it === document.activeElement)).toBe(true);
    await organiser.getByLabel('For the country').selectOption('BN');
    await organiser.getByRole('button', { name: 'One more country' }).click();
    await organiser.getByLabel('For the country (2)').selectOption('LA');
    await organiser.getByLabel('For the organisation').fill('Reach Telecom');
    await organiser.getByLabel('Name', { exact: true }).fill('Focal colleague');
    await organiser.getByRole('button', { name: 'Make the invitation' }).click();
    await organiser.getByText('Approver for Brunei Darussalam, Lao PDR, Reach Telecom').waitFor();
    const guest = await site.visit();
    await guest.goto(await codeIn(organiser, '.once'));
    await guest.getByRole('button', { name: 'Sign in' }).click();
    await guest.getByRole('button', { name: 'Someone without a role' }).click();
    await guest.getByRole('button', { name: 'Accept the invitation' }).click();
    await openPage(guest, 'Registrations');
    await guest.getByRole('link', { name: 'Country Reached' }).waitFor();
    expect(await guest.getByRole('main').getByRole('link').allInnerTexts()).toEqual(
      expect.arrayContaining(['Country Reached', 'Firm Reached']),
    );
    expect(await guest.getByText('Neither Reached').count()).toBe(0);
    await organiser.reload();
    await organiser.getByRole('button', { name: 'Take back the roles of Focal colleague' }).click();
    await organiser.getByRole('button', { name: 'Take back all roles now' }).click();
    await resultOf(organiser);
    await Promise.all([organiser.context().close(), guest.context().close()]);
  });

  it('invites someone by a link that works once', async () => {
    const organiser = await openAs(site, 'Organiser', '/people');
    await organiser.getByRole('button', { name: 'Invite someone' }).click();
    await organiser.getByLabel('Role', { exact: true }).selectOption('organiser');
    await organiser.getByLabel('Name', { exact: true }).fill('New colleague');
    await organiser.getByRole('button', { name: 'Make the invitation' }).click();
    const link = await codeIn(organiser, '.once');
    const guest = await site.visit();
    await guest.goto(link);
    await guest.getByRole('button', { name: 'Sign in' }).click();
    await guest.getByRole('button', { name: 'Someone without a role' }).click();
    await guest.getByRole('button', { name: 'Accept the invitation' }).click();
    await pageOf(guest, 'Team').waitFor({ state: 'attached' });
    await organiser.reload();
    await organiser.getByRole('button', { name: 'Take back the roles of New colleague' }).click();
    await organiser.getByRole('button', { name: 'Take back all roles now' }).click();
    expect(await resultOf(organiser)).toBe('New colleague has no role any more.');
    await guest.goto(link);
    await guest.getByRole('button', { name: 'Accept the invitation' }).click();
    await guest.getByText('This invitation was used already').waitFor();
    await Promise.all([organiser.context().close(), guest.context().close()]);
  });
});

describe('AU6: a session', () => {
  it('comes back to the same page when it has ended, and ends for good when someone signs out', async () => {
    const page = await signInAs(await site.visit(), site, 'Organiser', '/registrations?status=confirmed');
    await page.evaluate(() => sessionStorage.clear());
    await openPage(page, 'Team');
    await page.getByText('Your session has ended').waitFor();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(consoleOf(site, '/people'));
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to the console' }).waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    await page.context().close();
  });

  it('renews its token by itself, and ends after twelve hours', async () => {
    const page = await openAs(site, 'Organiser');
    const age = async (changes: (tokens: Record<string, number>) => Record<string, number>) =>
      page.evaluate(
        ([tokens]) => sessionStorage.setItem('plenary.tokens', tokens ?? ''),
        [
          JSON.stringify(
            changes(JSON.parse(await page.evaluate(() => sessionStorage.getItem('plenary.tokens') ?? ''))),
          ),
        ],
      );
    await age((tokens) => ({ ...tokens, expiresAt: 0 }));
    await openPage(page, 'Team');
    await page.getByText('Who runs this event').waitFor();
    await age(({ signedInAt = 0, ...tokens }) => ({ ...tokens, signedInAt: signedInAt - 12 * 60 * 60 * 1000 }));
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByText('Your session has ended').waitFor();
    expect(await headingOf(page)).toBe('Sign in to the console');
    await page.context().close();
  });
});
