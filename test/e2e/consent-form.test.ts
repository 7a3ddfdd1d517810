import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGE_TAGS } from '../../shared/kernel/i18n/languages.ts';
import { MOST_ADULTS } from '../../shared/minors/handover/handover.ts';
import { mainTextOf, shown } from './reading.ts';
import { openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

/** Points: A4, upright. */
const A4 = /\/MediaBox \[0 0 59[45](?:\.\d+)? 84[12](?:\.\d+)?\]/g;

describe.each(LANGUAGE_TAGS)('CS3: the form that a guardian without email signs, in %s', (language) => {
  it('is found from the page for young people, and prints on two sheets of A4', async () => {
    const page = await site.visit();
    await page.goto(`${site.event}/young-people?lang=${language}`);
    await page.locator('main a[href*="/consent-form"]').click();
    await page.waitForURL(/\/consent-form\?lang=/);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(2);
    expect(pdf.match(A4)).toHaveLength(2);
    await page.context().close();
  });

  it('has a box, a version and the choice for each consent, and a line for whatever is written by hand', async () => {
    const page = await site.visit();
    await page.goto(`${site.event}/consent-form?lang=${language}`);
    await page.emulateMedia({ media: 'print' });
    // One of them for leaving alone (CS24).
    expect(await page.locator('.box').count()).toBe(3);
    // The text of a page whose medium was just changed lacks some now and then.
    await expect.poll(async () => (await mainTextOf(page)).match(/2027-1/g)).toHaveLength(2);
    // Lines for each adult who may fetch them, and for one who must not.
    expect(await page.locator('.blank').count()).toBe(6 + MOST_ADULTS + 1);
    expect(await shown(page.locator('body'))).not.toMatch(/undefined|\[object/);
    await page.context().close();
  });
});
