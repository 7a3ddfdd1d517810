import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENVIRONMENT } from '../../shared/kernel/env.ts';
import { parseTicket } from '../../shared/ticket/ticket.ts';
import { fillIn, send } from './form.ts';
import { mailsTo, mailTo, manageLinkIn } from './inbox.ts';
import { posting } from './posting.ts';
import { headingOf, mainTextOf, shown } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { doorTrust, scan } from './tickets.ts';

/** A ministry officer registers for herself, on a browser without JavaScript, from the first page to the last. */
const EMAIL = 'sample.officer@ministry.test';
const PHONE = { width: 360, height: 740 };

let site: Site;
let page: Page;

beforeAll(async () => {
  site = await openSite();
  page = await site.visit({ javaScriptEnabled: false, viewport: PHONE, deviceScaleFactor: 2 });
});
afterAll(() => site?.stop());

describe('registering without JavaScript', () => {
  it('leads from the page of the event to the form', async () => {
    await page.goto(site.event);
    expect(await headingOf(page)).toContain('ASEAN ICT Forum');
    await page.getByRole('link', { name: 'Register now' }).first().click();
    expect(await headingOf(page)).toBe('Register');
  });

  it('gives an empty form back with a summary that has the focus and leads to each field', async () => {
    const answer = await send(page);
    expect(answer.status()).toBe(422);
    expect(await page.title()).toMatch(/^Error: /);
    await page.locator('.errors:focus').waitFor();
    const links = page.locator('.errors a');
    expect(await links.count()).toBeGreaterThanOrEqual(10);
    for (const link of await links.all()) {
      await link.click();
      const target = (await link.getAttribute('href'))?.slice(1);
      await page.locator(`[id="${target}"]:focus`).waitFor();
    }
  });

  it('thanks with the typed address and the sender, and keeps the address out of the URL', async () => {
    await page.getByRole('radio', { name: 'I am 18 or older' }).check();
    await page.getByRole('textbox', { name: 'Email address' }).fill(EMAIL);
    await page.getByRole('textbox', { name: 'Honorific' }).fill('Ms');
    await page.getByRole('textbox', { name: 'Full name' }).fill('Sample Officer');
    await page.getByRole('textbox', { name: 'Position' }).fill('Deputy director');
    await page.getByRole('textbox', { name: 'Organisation or delegation' }).fill('Sample Ministry');
    await page.getByRole('combobox', { name: 'Country' }).selectOption({ label: 'Cambodia' });
    await page.getByRole('radio', { name: 'ASEAN Member State representative' }).check();
    await page.getByRole('radio', { name: 'Ministry for social affairs, women or children' }).check();
    await page.getByRole('radio', { name: 'In person, in Phnom Penh' }).check();
    await page.getByRole('checkbox', { name: 'First day' }).check();
    await page.getByRole('checkbox', { name: 'I have read the code of conduct' }).check();
    const answer = await send(page);
    expect(answer.status()).toBe(303);
    expect(page.url()).toBe(`${site.event}/thanks?lang=en`);
    const words = await mainTextOf(page);
    expect(words).toContain(EMAIL);
    expect(words).toContain(site.system.environment[ENVIRONMENT.mailFrom]);
  });

  it('forgets the typed address after a while: the thanks page works without it', async () => {
    const stranger = await site.visit({ javaScriptEnabled: false });
    const answer = await stranger.goto(`${site.event}/thanks`);
    expect(answer?.status()).toBe(200);
    expect(await stranger.content()).not.toContain(EMAIL);
    await stranger.context().close();
  });
});

/** The page that a link in a mail opens. By the keyboard: a frame that may not run scripts never tells where it holds still. */
async function openedBy(link: Locator): Promise<Page> {
  const opened = link.page().context().waitForEvent('page');
  await link.focus();
  await link.page().keyboard.press('Enter');
  return opened;
}

describe('the confirmation', () => {
  let mailbox: Page;

  it('lies in the mailbox, with ticket, calendar and a plain text', async () => {
    const mail = await mailTo(site.system, EMAIL);
    mailbox = await page.context().newPage();
    await mailbox.goto(`${site.system.mailboxUrl}/?to=${EMAIL}`);
    await mailbox.getByRole('link', { name: mail.subject }).click();
    expect(await headingOf(mailbox)).toBe(mail.subject);
    expect(mail.subject).toMatch(/registered.*ASEAN ICT Forum/);
    const body = mailbox.frameLocator('iframe');
    const picture = body.getByRole('img');
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(200);
    await picture.evaluate((image) => image.scrollIntoView({ block: 'center' }));
    expect(await scan(await mailbox.screenshot({ fullPage: true }))).toMatch(/^PLN1:/);
    expect(await shown(mailbox.locator('pre').first())).toContain('Hello,');
    const calendar = mailbox.locator('.files a', { hasText: `${site.eventId}.ics` });
    const file = await fetch(new URL((await calendar.getAttribute('href')) ?? '', mailbox.url()));
    expect(await file.text()).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*BEGIN:VEVENT/);
  });

  it('AB3: holds nothing that the sender chose', async () => {
    const raw = JSON.stringify(await mailTo(site.system, EMAIL));
    for (const typed of ['Sample Officer', 'Deputy director', 'Sample Ministry']) expect(raw).not.toContain(typed);
  });

  it('leads to the page of the registration', async () => {
    page = await openedBy(mailbox.frameLocator('iframe').getByRole('link', { name: 'Open my registration' }));
    await page.waitForLoadState();
    expect(await headingOf(page)).toBe('You are registered');
    const details = await mainTextOf(page);
    for (const sent of ['Sample Officer', 'Deputy director', 'Sample Ministry', 'Cambodia', EMAIL]) {
      expect(details).toContain(sent);
    }
    await mailbox.close();
  });
});

describe('the ticket', () => {
  const apiTicket = async () => {
    const token = new URL(manageLinkIn(await mailTo(site.system, EMAIL))).pathname.slice('/m/'.length);
    const answer = await fetch(`${site.system.siteUrl}/api/registration`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return ((await answer.json()) as { ticket: { code: string; typed: string } }).ticket;
  };

  it('TK7: scans from a phone screen, from a dark page and from paper, and is the ticket of the API', async () => {
    const { code } = await apiTicket();
    expect(await scan(await page.screenshot({ fullPage: true }))).toBe(code);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await scan(await page.screenshot({ fullPage: true }))).toBe(code);
    await page.emulateMedia({ colorScheme: null, media: 'print' });
    expect(await scan(await page.screenshot({ fullPage: true }))).toBe(code);
    await page.emulateMedia({ media: null });
  });

  it('TK1: is good at the door as it is, and invalid with a character changed', async () => {
    const { code } = await apiTicket();
    const trust = await doorTrust(site);
    expect(await parseTicket(code, trust)).toMatchObject({ kind: 'valid' });
    const changed = code.slice(0, -1) + (code.endsWith('0') ? '1' : '0');
    expect(await parseTicket(changed, trust)).toEqual({ kind: 'invalid' });
  });

  it('can be typed by hand from what the page shows', async () => {
    const { typed } = await apiTicket();
    const groups = await shown(page.locator('.ticket .code').first());
    expect(groups.replaceAll('-', '')).toBe(typed);
  });
});

describe('cancelling', () => {
  it('takes two presses, is confirmed by mail, and the page says so', async () => {
    await page.getByText('I can no longer attend').click();
    await posting(page, () => page.locator('main button.danger').filter({ visible: true }).click());
    expect(await headingOf(page)).toBe('Your registration is cancelled');
    expect(await page.locator('.ticket').count()).toBe(0);
    const mail = await mailTo(site.system, EMAIL, 2);
    expect(mail.subject).toMatch(/cancelled/i);
  });

  it('leaves the way open to register again', async () => {
    await page.getByRole('link', { name: 'Register again' }).click();
    await fillIn(page, [
      ['ageBand', 'adult'],
      ['email', EMAIL],
      ['fullName', 'Sample Officer'],
      ['position', 'Deputy director'],
      ['organisation', 'Sample Ministry'],
      ['country', 'KH'],
      ['category', 'asean-body'],
      ['mode', 'online'],
      ['days', 'day-2'],
      ['consents.code-of-conduct', await page.locator('[name="consents.code-of-conduct"]').inputValue()],
    ]);
    expect((await send(page)).status()).toBe(303);
    const mail = await mailTo(site.system, EMAIL, 3);
    expect(mail.subject).toMatch(/registered/);
    await page.goto(manageLinkIn(mail));
    expect(await headingOf(page)).toBe('You are registered');
    expect(await mailsTo(site.system, EMAIL)).toHaveLength(3);
  });
});

describe('a link to the event that is shared', () => {
  it('has a title, a picture that can be fetched, and what programs read, which the content security policy lets stand', async () => {
    const reader = await site.visit({ viewport: PHONE });
    const blocked: string[] = [];
    reader.on('console', (message) => {
      if (message.type() === 'error') blocked.push(message.text());
    });
    await reader.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective }) => console.error(violatedDirective));
    });
    await reader.goto(site.event, { waitUntil: 'load' });
    const said = (property: string) => reader.locator(`meta[property="og:${property}"]`).getAttribute('content');
    expect(await said('url')).toBe(`${site.event}?lang=en`);
    const picture = await fetch((await said('image')) ?? '');
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
    const block = await reader.locator('script[type="application/ld+json"]').textContent();
    expect(JSON.parse(block ?? '')).toMatchObject({
      '@type': 'Event',
      name: await said('title'),
      url: await said('url'),
    });
    expect(blocked).toEqual([]);
    await reader.context().close();
  });

  it('AU4: of one’s own page has nothing but its neutral title, and the file for a calendar names nobody', async () => {
    const link = manageLinkIn(await mailTo(site.system, EMAIL));
    const own = await site.visit({ viewport: PHONE });
    await own.goto(link);
    expect(
      await own.locator('meta[property^="og:"], meta[name=description], script[type="application/ld+json"]').count(),
    ).toBe(0);
    expect(await own.locator('meta[name=robots]').getAttribute('content')).toBe('noindex');
    const download = own.waitForEvent('download');
    await own.getByRole('link', { name: 'Add to calendar' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(`${site.eventId}.ics`);
    const entries = await readFile(await file.path(), 'utf8');
    expect(entries).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(entries.replaceAll('\r\n ', '')).not.toMatch(/\/m\/|sample\.officer/);
    await own.context().close();
  });
});
