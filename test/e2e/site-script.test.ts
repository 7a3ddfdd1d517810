import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { formFields } from '../support/forum.ts';
import { type SampleSite, serveSamples } from '../support/site-server.ts';
import { fillIn, ready } from './form.ts';
import { closePages, sharedBrowser } from './shared.ts';

const COMPANY = formFields({
  category: 'private-sector',
  'answers.companySize': 'large',
  'answers.companyReach': 'national',
  'answers.companyRole': 'other',
});

let site: SampleSite;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [site, browser] = await Promise.all([serveSamples(), sharedBrowser()]);
});
afterAll(async () => {
  await closePages();
  site?.close();
});

async function open(name: string, javaScriptEnabled = true): Promise<void> {
  page = await (await browser.newContext({ javaScriptEnabled })).newPage();
  await page.goto(`${site.url}/en/${name}`);
  await ready(page);
}

/** Whichever step it is in. */
const choose = (name: string, value: string): Promise<void> =>
  page.locator(`[name="${name}"][value="${value}"]`).dispatchEvent('click');
const isAsked = async (id: string): Promise<boolean> =>
  !(await page.locator(`[name="answers.${id}"]`).first().isDisabled());

/** Sends the form and waits for the answer. */
async function sendForm(): Promise<URLSearchParams> {
  await ready(page);
  await page.getByRole('button', { name: 'Send my registration' }).click();
  await page.waitForURL('**/thanks');
  return new URLSearchParams(site.posted.at(-1));
}

describe('questions that concern some people only', () => {
  beforeEach(() => open('form'));

  it('appear with the choices they depend on, however deep, and go with them', async () => {
    expect(await isAsked('companySize')).toBe(false);
    await choose('category', 'private-sector');
    expect(await isAsked('companySize')).toBe(true);
    expect(await isAsked('technicalArea')).toBe(false);
    await choose('answers.companyRole', 'technical');
    expect(await isAsked('technicalArea')).toBe(true);
    await choose('category', 'media');
    expect(await isAsked('companySize')).toBe(false);
    expect(await isAsked('technicalArea')).toBe(false);
    expect(await isAsked('mediaEquipment')).toBe(false);
    await choose('mode', 'in-person');
    expect(await isAsked('mediaEquipment')).toBe(true);
  });

  it('are not sent while hidden', async () => {
    await choose('category', 'private-sector');
    await choose('answers.companySize', 'large');
    await choose('category', 'ngo');
    await fillIn(page, formFields({ category: 'ngo' }));
    expect([...(await sendForm()).keys()].filter((name) => name.startsWith('answers.company'))).toEqual([]);
  });

  it('come back as they were', async () => {
    await choose('category', 'private-sector');
    await choose('answers.companySize', 'large');
    await choose('category', 'ngo');
    await choose('category', 'private-sector');
    expect(await page.isChecked('[name="answers.companySize"][value="large"]')).toBe(true);
  });

  it('appear in the form for a change too, which stays on one page', async () => {
    await open('amend');
    expect(await isAsked('companySize')).toBe(true);
    await choose('category', 'ngo');
    expect(await isAsked('companySize')).toBe(false);
    expect(await page.locator('.steps').count()).toBe(0);
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });

  it('all stand there without a script, and say whom they concern', async () => {
    await open('form', false);
    expect(await page.getByText('How large is your company?').isVisible()).toBe(true);
    expect(await page.getByText('Only for: Private sector').first().isVisible()).toBe(true);
  });
});

it('leads someone under 18 to their own form at once, with and without a script', async () => {
  for (const scripted of [true, false]) {
    await open('form', scripted);
    const note = page.locator('a[href*="/register/young"]');
    expect(await note.isVisible()).toBe(false);
    await choose('ageBand', 'minor');
    expect(await note.isVisible()).toBe(true);
  }
});

describe('sending', () => {
  beforeEach(async () => {
    await open('form');
    await fillIn(page, COMPANY);
  });

  it('happens once, however often the button is pressed, and the button says so', async () => {
    const count = site.posted.length;
    const shown = await page.locator('form button[data-sending]').evaluate((button: HTMLButtonElement) => {
      button.click();
      button.click();
      return [button.textContent, button.getAttribute('aria-disabled')];
    });
    expect(shown).toEqual(['Sending…', 'true']);
    await page.waitForURL('**/thanks');
    expect(site.posted.length).toBe(count + 1);
  });

  it('is possible again after going back, with the answers still there', async () => {
    await sendForm();
    await page.goBack();
    const again = await sendForm();
    expect([again.get('category'), again.get('answers.companySize')]).toEqual(['private-sector', 'large']);
  });
});

describe('a refused form', () => {
  it.each([true, false])('has the focus on its summary, which leads to the fields (script: %s)', async (scripted) => {
    await open('form-refused', scripted);
    await page.locator('.errors:focus').waitFor();
    for (const [label, id] of [
      ['Email address', 'email'],
      ['Which days will you attend?', 'days'],
    ]) {
      await page.locator('.errors a', { hasText: label }).click();
      await page.locator(`#${id}:focus`).waitFor();
    }
  });
});

it('asks for nothing that the content security policy forbids', async () => {
  const complaints: string[] = [];
  for (const name of ['form', 'manage', 'event']) {
    await open(name);
    page.on('console', (message) => complaints.push(message.text()));
    await page.reload();
  }
  expect(complaints.filter((text) => /security policy/i.test(text))).toEqual([]);
});
