import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formFields } from '../support/forum.ts';
import { fillIn, send } from './form.ts';
import { mailTo, manageLinkIn } from './inbox.ts';
import { headingOf, mainTextOf } from './reading.ts';
import { openSite, type Site } from './site.ts';

const KHMER = /\p{Script=Khmer}/u;
const EMAIL = 'khmer.attendee@example.org';
const NAME = 'សុខ សំណាង គំរូ';

let site: Site;
let page: Page;

beforeAll(async () => {
  site = await openSite();
  page = await site.visit({ locale: 'km-KH', javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
});
afterAll(() => site?.stop());

describe('registering in Khmer', () => {
  it('speaks the language of the browser, and any other that is chosen', async () => {
    await page.goto(site.event);
    expect(await languageOf(page)).toBe('km');
    expect(await headingOf(page)).toMatch(KHMER);
    await page.getByRole('link', { name: 'English' }).click();
    expect(await languageOf(page)).toBe('en');
    await page.getByRole('link', { name: 'ខ្មែរ' }).click();
    expect(await languageOf(page)).toBe('km');
    const english = await site.visit({ locale: 'en-GB' });
    await english.goto(`${site.form}?lang=km`);
    expect(await languageOf(english)).toBe('km');
    await english.context().close();
  });

  it('draws Khmer letters with a Khmer font, its own where the system has none', async () => {
    await page.evaluate(() => document.fonts.ready);
    const title = await headingOf(page);
    const spaces = title.split(' ').length - 1;
    const others = (await fontsOf(page, 'h1')).filter(({ familyName }) => !/Khmer|Leelawadee/.test(familyName));
    expect(others.reduce((sum, { glyphCount }) => sum + glyphCount, 0)).toBeLessThanOrEqual(spaces);
  });

  it('leaves no label, hint, error or button in English', async () => {
    await page.goto(site.form);
    expect((await send(page)).status()).toBe(422);
    const words = page.locator('label, legend, .hint, .error, .errors li, h1, h2, button, .lead');
    const untranslated = (await words.allInnerTexts()).filter((text) => text !== '' && !KHMER.test(text));
    expect(untranslated).toEqual([]);
  });

  it('AB10: keeps Khmer names as they were written, to the page of the registration', async () => {
    const fields = formFields({
      email: EMAIL,
      fullName: NAME,
      badgeName: 'សំណាង',
      position: 'មន្ត្រីគោលនយោបាយ',
      organisation: 'ក្រសួងគំរូ',
      country: 'KH',
    });
    await fillIn(page, fields);
    expect((await send(page)).status()).toBe(303);
    expect(await headingOf(page)).toMatch(KHMER);
    const mail = await mailTo(site.system, EMAIL);
    expect(mail.subject).toMatch(KHMER);
    expect(mail.text).toMatch(KHMER);
    expect(mail.html).toContain('lang="km"');
    await page.goto(manageLinkIn(mail));
    expect(await languageOf(page)).toBe('km');
    const words = await mainTextOf(page);
    for (const typed of [NAME, 'សំណាង', 'មន្ត្រីគោលនយោបាយ', 'ក្រសួងគំរូ']) expect(words).toContain(typed);
  });
});

const languageOf = (of: Page): Promise<string | null> => of.locator('html').getAttribute('lang');

/** The fonts that really drew an element, fallbacks included. */
async function fontsOf(of: Page, selector: string) {
  const devtools = await of.context().newCDPSession(of);
  await devtools.send('DOM.enable');
  await devtools.send('CSS.enable');
  const { root } = await devtools.send('DOM.getDocument');
  const { nodeId } = await devtools.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { fonts } = await devtools.send('CSS.getPlatformFontsForNode', { nodeId });
  return fonts;
}
