import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messagesOf } from '../../infra/languages.ts';
import { PEOPLE } from '../../local/identity/people.ts';
import { applyAsMedia, consoleOf, openAs, resultOf } from './console.ts';
import { mailTo } from './inbox.ts';
import { headingOf } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { registrationsOf } from './tables.ts';
import { show, VIEWS } from './views.ts';

const KHMER = /\p{Script=Khmer}/u;
const WORDS = messagesOf('km', 'console') ?? {};
const IN_KHMER = { locale: 'km-KH' };
const NAME = 'សុខ សំណាង';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

/** Where it stands in the files that look at how screens come out. */
const SHOTS = process.env['PLENARY_SHOTS'];
async function shoot(page: Page, name: string): Promise<void> {
  for (const view of SHOTS === undefined ? [] : VIEWS) {
    await show(page, view);
    await page.screenshot({ path: `${SHOTS}/km-${name}-${view.width}.png`, fullPage: true });
  }
}

const languageOf = (page: Page): Promise<string | null> => page.locator('html').getAttribute('lang');
const button = (page: Page, key: string) => page.getByRole('button', { name: WORDS[key], exact: true });

/** What a page fetches of words and fonts, from now on. */
function fetchedBy(page: Page): Set<string> {
  const fetched = new Set<string>();
  page.on('request', (request) => {
    const [found] = /(console-words[\w-]*?(?=-[\w-]{8}\.js)|khmer.*\.(css|woff2))/.exec(request.url()) ?? [];
    if (found) fetched.add(found);
  });
  return fetched;
}

describe('the language of the console', () => {
  it('is chosen before one signs in, is kept, and is said where it was chosen', async () => {
    const page = await site.visit();
    await page.goto(consoleOf(site));
    expect(await headingOf(page)).toBe('Sign in to the console');
    await page.getByRole('combobox', { name: 'Language' }).selectOption({ label: 'ខ្មែរ' });
    await page.getByRole('heading', { level: 1, name: WORDS['signIn.title'] }).waitFor();
    expect(await languageOf(page)).toBe('km');
    expect(await page.title()).toBe('ចូលផ្ទាំងគ្រប់គ្រង – ផ្ទាំងគ្រប់គ្រង');
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await expect.poll(focused).toBe('ភាសា');
    // Once: a page that is loaded for another reason begins at its top.
    await page.goto(`${consoleOf(site)}/nothing`);
    expect(await languageOf(page)).toBe('km');
    expect(await focused()).toBe(null);
    await page.getByRole('combobox', { name: 'ភាសា' }).selectOption({ label: 'English' });
    await page.getByRole('heading', { level: 1, name: 'Sign in to the console' }).waitFor();
    expect(await languageOf(page)).toBe('en');
    await page.context().close();
  });

  it('is the browser’s at first, and none but its words and its font are fetched', async () => {
    for (const [locale, words] of [
      ['km-KH', ['console-words-km', 'khmer']],
      ['en-GB', ['console-words-en']],
      ['fr-FR', ['console-words-en']],
    ] as const) {
      const page = await site.visit({ locale });
      const fetched = fetchedBy(page);
      await page.goto(consoleOf(site));
      await headingOf(page);
      const kinds = [...fetched].map((each) => (each.startsWith('khmer') ? 'khmer' : each));
      expect([...new Set(kinds)].sort(), locale).toEqual([...words]);
      await page.context().close();
    }
  });

  it('is English as a whole where words in Khmer cannot be had', async () => {
    const page = await site.visit(IN_KHMER);
    await page.route(/console-words-km/, (route) => route.abort());
    await page.goto(consoleOf(site));
    expect(await headingOf(page)).toBe('Sign in to the console');
    expect(await languageOf(page)).toBe('en');
    await page.context().close();
  });

  it('is drawn by its font from the first heading on, so that nothing moves for it', async () => {
    const page = await site.visit(IN_KHMER);
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (document.querySelector('h1') === null) return;
        document.documentElement.dataset['drawn'] = String(document.fonts.check('1rem Khmer', 'ក'));
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(consoleOf(site));
    expect(await headingOf(page)).toMatch(KHMER);
    expect(await page.locator('html').getAttribute('data-drawn')).toBe('true');
    for (const drawn of ['body', 'select.language'])
      expect(await page.locator(drawn).evaluate((one) => getComputedStyle(one).fontFamily), drawn).toMatch(/^Khmer/);
    await page.context().close();
  });
});

describe('working in Khmer', () => {
  it('signs in, finds someone, approves them, marks them as come, and reads what came of it', async () => {
    await applyAsMedia(site, 'khmer@press.example.org', {
      fullName: NAME,
      mode: 'in-person',
      'answers.mediaEquipment': 'no',
    });
    const page = await site.visit(IN_KHMER);
    await page.goto(consoleOf(site));
    await button(page, 'signIn.button').click();
    await page.getByRole('button', { name: 'Organiser', exact: true }).click();
    await page.waitForURL(consoleOf(site));
    await page.getByRole('heading', { level: 1, name: WORDS['overview.title'] }).waitFor();
    await page.getByText('1 នាក់កំពុងរង់ចាំការសម្រេច').waitFor();
    await shoot(page, 'overview');

    await page.goto(consoleOf(site, '/registrations'));
    await page.getByRole('searchbox').or(page.locator('form[role=search] input')).first().fill('សំណាង');
    await page.locator('.found b', { hasText: 'រកឃើញ 1 នាក់' }).waitFor();
    await shoot(page, 'list');
    await page.getByRole('link', { name: NAME }).click();
    await button(page, 'decide.approve').click();
    expect(await resultOf(page)).toBe(`${NAME} បានទទួលការអនុម័ត ហើយនឹងទទួលបានអ៊ីមែលដែលមានសំបុត្រ។`);
    expect((await mailTo(site.system, 'khmer@press.example.org', 2)).subject).toMatch(/registered/);

    await button(page, 'doors.mark.title').click();
    await page.getByLabel(WORDS['doors.mark.why'] ?? '').fill('បានចុះហត្ថលេខាលើបញ្ជី');
    await button(page, 'doors.mark.now').click();
    expect(await resultOf(page)).toMatch(/^បានកត់ថាបានមក។/);
    await page.getByText('កត់ដោយដៃ').waitFor();
    await shoot(page, 'person');
    expect(await registrationsOf(site.system, 'khmer@press.example.org')).toMatchObject([{ status: 'confirmed' }]);
    await page.context().close();
  });

  it.each([
    '',
    '/registrations',
    '/bulk',
    '/add',
    '/seats',
    '/programme',
    '/badges',
    '/check-in',
    '/people',
    '/mail',
    '/system',
  ])('leaves no heading, label, button or head of a table in English: %s', async (path) => {
    const page = await openAs(site, 'Organiser', path, IN_KHMER);
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });
    const words = page.locator('h1, h2, main button, nav button, nav a, header a, label, legend, thead th, .hint');
    const texts = (await words.allInnerTexts()).map((text) => text.trim());
    expect(texts.length).toBeGreaterThan(5);
    const others = texts.filter((text) => /[a-z]{3}/i.test(text) && !KHMER.test(text));
    expect(others).toEqual([]);
    if (path !== '') await shoot(page, path.slice(1));
    await page.context().close();
  });

  it('names countries, which this browser has no names of in Khmer, and in English where they cannot be fetched', async () => {
    await applyAsMedia(site, 'country@press.example.org', { fullName: 'Country Reader', country: 'VN' });
    const page = await openAs(site, 'Organiser', '', IN_KHMER);
    expect(await page.evaluate(() => Intl.DisplayNames.supportedLocalesOf('km'))).toEqual([]);
    await page.getByText('វៀតណាម').first().waitFor();
    const named = (path: string, name: string) =>
      page
        .goto(consoleOf(site, path))
        .then(() => expect.poll(() => page.locator('main').textContent()).toContain(name));
    for (const path of ['/registrations', '/add']) {
      await named(path, 'វៀតណាម');
      expect(await page.locator('main').textContent(), path).not.toMatch(/Viet ?Nam/);
    }
    await page.route(/console-words-places/, (route) => route.abort());
    await named('/registrations', 'Viet Nam');
    await page.context().close();
    const english = await openAs(site, 'Organiser', '/registrations');
    const fetched = fetchedBy(english);
    await english.reload();
    await english.getByText('Viet Nam').first().waitFor();
    expect([...fetched].filter((name) => name.includes('places'))).toEqual([]);
    expect([...fetched]).toContain('console-words-en');
    await english.context().close();
  });

  it('has times of 24 hours, days as the site writes them, and a length of time in its words', async () => {
    const page = await openAs(site, 'Organiser', '/programme', IN_KHMER);
    await page.getByText(/ក្នុងរយៈពេល \d+ (ថ្ងៃ|ម៉ោង)/).waitFor({ timeout: 10_000 });
    const text = (await page.getByRole('main').textContent()) ?? '';
    expect(text).toMatch(/ថ្ងៃទី\d+ ខែ\p{Script=Khmer}+ ឆ្នាំ\d{4}, \d\d:\d\d/u);
    expect(text).toMatch(/ថ្ងៃ(\p{Script=Khmer})+ ទី\d+ ខែ\p{Script=Khmer}+ ឆ្នាំ\d{4}/u);
    expect(text).not.toMatch(/AM|PM|hours|days/);
    await page.context().close();
  });
});

it('stands in one line at 1280 px in Khmer, and is one button at 360 px, for every member of the team', async () => {
  for (const { name, grants } of PEOPLE.filter((each) => each.grants.length > 0)) {
    const page = await openAs(site, name, '', IN_KHMER);
    const nav = page.getByRole('navigation');
    await page.setViewportSize({ width: 1280, height: 800 });
    const heightOf = () => nav.first().evaluate((element) => element.getBoundingClientRect().height);
    expect(await heightOf(), `${name} ${JSON.stringify(grants)}`).toBeLessThan(64);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(360);
    if ((await nav.locator('.menu').count()) > 0) expect(await heightOf(), name).toBeLessThan(64);
    await page.context().close();
  }
});
