import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consoleOf, openAs, pagesOffered, resultOf, warningOf } from './console.ts';
import { eventually } from './eventually.ts';
import { mailTo } from './inbox.ts';
import { mainTextOf, shown } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { readTables } from './tables.ts';
import { faultsOf, pressAt } from './views.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

const FOCAL_POINT = 'Safeguarding focal point';

/** No work is done for them: all stand beside one another in the list. */
const WITHOUT_SCRIPTS: BrowserContextOptions = { javaScriptEnabled: false };

/** Sends the report form as anyone would, and says under which reference it arrived. */
async function report(what: string, contact = '', options = WITHOUT_SCRIPTS): Promise<string> {
  const page = await site.visit(options);
  await page.goto(site.event);
  await page
    .getByRole('contentinfo')
    .getByRole('link', { name: /report/i })
    .first()
    .click();
  await page.getByLabel(/^What/).fill(what);
  if (contact !== '') await page.locator('[name=contact]').fill(contact);
  await page.locator('form button[type=submit]').click();
  const reference = page.locator('.code');
  await reference.waitFor();
  const [url, title, sent] = [page.url(), await page.title(), await shown(reference)];
  for (const place of [url, title]) expect(place).not.toContain(what.slice(0, 10));
  await page.context().close();
  return sent;
}

const open = (page: Page, reference: string) => page.getByRole('link', { name: reference }).click();

const add = async (page: Page, how: string, note = ''): Promise<void> => {
  await page.getByLabel('How far is it now?').selectOption(how);
  if (note !== '') await page.getByLabel('What was done').fill(note);
  await page.getByRole('button', { name: 'Add this step' }).click();
};

describe('CS17: a report', () => {
  it('is found oldest first, and by how it differs from the others', async () => {
    const reference = await report('ក្មេងម្នាក់ត្រូវការជំនួយ');
    const reader = await openAs(site, FOCAL_POINT, '/reports');
    for (const order of ['Oldest first', 'Differs most', 'Newest first']) {
      await reader.getByRole('link', { name: order }).click();
      await expect.poll(() => reader.locator('[aria-current=page]').allInnerTexts()).toContain(order);
      await reader.getByRole('link', { name: reference }).waitFor();
    }
    expect(await faultsOf(reader)).toEqual([]);
    await reader.context().close();
  });

  it.each([
    ['with scripts', {}],
    ['without scripts', WITHOUT_SCRIPTS],
  ])('sent without signing in, %s, is read by the focal point, who was mailed', async (how, options) => {
    const what = `Something by the lift ${how}.\nIt was at noon.`;
    const reference = await report(what, '+855 12 000 000', options);
    const { text } = await eventually(
      () => mailTo(site.system, 'safeguarding@copforum.example.org'),
      (mail) => mail.text.includes(reference),
    );
    expect(text).not.toContain('lift');
    const [link = ''] = new RegExp(`${consoleOf(site, '/reports/')}\\w+`).exec(text) ?? [];
    const page = await openAs(site, FOCAL_POINT, link.slice(consoleOf(site).length));
    await page.getByRole('heading', { name: `Report ${reference}` }).waitFor();
    await expect
      .poll(() => mainTextOf(page))
      .toMatch(
        new RegExp(`Something by the lift ${how}\\.\\nIt was at noon\\.[\\s\\S]*\\+855 12 000 000[\\s\\S]*Nothing yet`),
      );
    expect(`${page.url()} ${await page.title()}`).not.toContain('lift');
    await page.context().close();
  });

  it('keeps each step that someone adds, by keyboard too, and comes after the open ones once it is handled', async () => {
    const first = await report('To be handled');
    const second = await report('To stay open');
    const page = await openAs(site, FOCAL_POINT, '/reports');
    const rows = async () =>
      (await page.getByRole('row').getByRole('link').allInnerTexts()).filter((each) => [first, second].includes(each));
    await page.getByRole('link', { name: first }).waitFor();
    expect(await rows()).toEqual([second, first]);
    await open(page, second);
    await add(page, 'handled', '<b>Talked</b> to security.');
    expect(await resultOf(page)).toBe('The step is added. The report is closed.');
    expect(await shown(page.getByRole('listitem').filter({ hasText: 'security' }))).toMatch(
      /Handled\s+Safeguarding focal point, \d+ \w+ \d{4}.*\s+<b>Talked<\/b> to security\./,
    );
    expect(await page.getByLabel('What was done').inputValue()).toBe('');
    await page.getByRole('link', { name: 'Back to all reports' }).click();
    await page.getByRole('link', { name: first }).waitFor();
    expect(await rows()).toEqual([first, second]);

    await pressAt(page, first, 'Enter');
    await page.getByRole('heading', { name: `Report ${first}` }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await page.getByRole('button', { name: 'Add this step' }).waitFor();
    await pressAt(page, 'Add this step', 'Enter');
    expect(await resultOf(page)).toBe('The step is added. The report stays open.');
    await page.getByRole('listitem').filter({ hasText: 'Looked at' }).waitFor();
    await page.context().close();
  });

  it('takes no step of someone who has not seen the one before; what they typed stays', async () => {
    const reference = await report('Two at once');
    const [one, other] = await Promise.all([
      openAs(site, FOCAL_POINT, '/reports'),
      openAs(site, FOCAL_POINT, '/reports'),
    ]);
    for (const page of [one, other]) {
      await open(page, reference);
      await page.getByText('Two at once').waitFor();
    }
    await add(one, 'looked-at', 'Calling them now');
    await resultOf(one);
    await add(other, 'handled', 'Nothing to it');
    expect(await warningOf(other)).toMatch(/Someone else added a step meanwhile, and yours was not added/);
    await other.getByText('Calling them now').waitFor();
    expect(await other.getByRole('listitem').filter({ hasText: 'Nothing to it' }).count()).toBe(0);
    expect(await other.getByLabel('What was done').inputValue()).toBe('Nothing to it');
    await Promise.all([one.context().close(), other.context().close()]);
  });

  it('is refused a note that is too long, at its field', async () => {
    const reference = await report('Long note');
    const page = await openAs(site, FOCAL_POINT, '/reports');
    await open(page, reference);
    await add(page, 'handled', 'long '.repeat(250));
    await page
      .getByRole('alert')
      .getByRole('link', { name: /^What was done/ })
      .click();
    expect(await page.getByLabel('What was done').evaluate((field) => field === document.activeElement)).toBe(true);
    await page.context().close();
  });

  it('that is not there is said to be so', async () => {
    const page = await openAs(site, FOCAL_POINT, '/reports/0000000000');
    await page.getByRole('heading', { name: 'There is no such report' }).waitFor();
    await page.context().close();
  });
});

describe('CS23: a report', () => {
  /** The form in a browser, filled in. */
  async function form(what: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await site.visit(options);
    await page.goto(`${site.event}/report`);
    await page.getByLabel(/^What/).fill(what);
    return page;
  }

  async function send(page: Page): Promise<string> {
    await page.locator('form button[type=submit]').click();
    const reference = await shown(page.locator('.code'));
    await page.context().close();
    return reference;
  }

  it('about an organiser is for the deputy alone, whose console has nothing but reports', async () => {
    const page = await form('An organiser follows children');
    await page.getByLabel('Yes, it is about an organiser').check();
    const reference = await send(page);
    const reader = await openAs(site, FOCAL_POINT, '/reports');
    await reader.getByRole('heading', { name: 'Reports' }).waitFor();
    await reader.getByRole('row').nth(1).waitFor();
    expect(await mainTextOf(reader)).not.toContain(reference);
    await reader.context().close();
    const deputy = await openAs(site, 'Deputy who reads reports');
    await deputy.getByRole('link', { name: reference }).waitFor();
    expect(await pagesOffered(deputy)).toEqual(['Reports']);
    await open(deputy, reference);
    await deputy.getByText('An organiser follows children').waitFor();
    expect(await mainTextOf(deputy)).toContain('About an organiser');
    expect(await mainTextOf(deputy)).toMatch(/Opened first by Deputy who reads reports/);
    await deputy.context().close();
  });

  it('for which a browser did some work stands above the others; those alike stand once', async () => {
    const page = await form('It takes a second while I write');
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('input[name=proof]')?.value !== '');
    const proven = await send(page);
    const first = await report('He waits outside. He has a dog.');
    const alike = await report('HE HAS A DOG - he waits outside'.replace(' - ', '. '));
    const reader = await openAs(site, FOCAL_POINT, '/reports');
    const rows = reader.getByRole('row').getByRole('link');
    await reader.getByRole('link', { name: proven }).waitFor();
    const all = await rows.allInnerTexts();
    expect(all.indexOf(proven)).toBeLessThan(all.indexOf(first));
    expect(all).not.toContain(alike);
    expect(await shown(reader.getByRole('row').filter({ hasText: first }))).toContain('and 1 alike');
    await open(reader, first);
    await reader.getByRole('heading', { name: 'Reports that say the same' }).waitFor();
    expect(await faultsOf(reader)).toEqual([]);
    await open(reader, alike);
    await reader.getByRole('link', { name: first }).waitFor();
    await reader.context().close();
  });

  it.each([
    ['with scripts', {}],
    ['without scripts', WITHOUT_SCRIPTS],
  ])('is left at once, %s', async (how, options) => {
    const page = await form('Somebody comes', options);
    const leave = page.getByRole('link', { name: 'Leave this page' });
    expect(await leave.isVisible()).toBe(true);
    const elsewhere = String(await leave.getAttribute('href'));
    await page.route(`${elsewhere}**`, (route) => route.fulfill({ body: 'elsewhere', contentType: 'text/plain' }));
    await leave.click();
    await page.waitForURL(elsewhere);
    if (how === 'with scripts') {
      await page.goBack();
      expect(page.url()).not.toContain('/report');
    }
    await page.context().close();
  });
});

describe('reports', () => {
  it('CS14: are noted at each look, with the reference and nothing they say', async () => {
    const reference = await report('Looked at twice');
    const page = await openAs(site, FOCAL_POINT, '/reports');
    await page.getByRole('link', { name: reference }).waitFor();
    expect(await mainTextOf(page)).not.toContain('Looked at twice');
    await open(page, reference);
    await page.getByText('Looked at twice').waitFor();
    await page.reload();
    await page.getByText('Looked at twice').waitFor();
    const { care: _, ...elsewhere } = await readTables(site.system);
    const { audit = [] } = elsewhere;
    const about = reference.replaceAll('-', '');
    expect(audit.filter(({ action, about: of }) => action === 'read-report' && of === about)).toHaveLength(2);
    expect(JSON.stringify(elsewhere)).not.toContain('Looked at twice');
    await page.context().close();
  });
});
