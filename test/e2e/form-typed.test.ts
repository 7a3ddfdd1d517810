import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formFields } from '../support/forum.ts';
import { fillIn, fillStep, goOn, openAt, openForm, ready, send, stepOf } from './form.ts';
import { openSite, type Site } from './site.ts';
import { registrationsOf } from './tables.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

const MINISTRY = { category: 'member-state', 'answers.institutionType': 'police' };

const kept = (page: Page): Promise<string> => page.evaluate(() => JSON.stringify({ ...sessionStorage }));

describe('what was typed', () => {
  it('survives a reload and a change of language, in the same step, and is forgotten once sent', async () => {
    const page = await openAt(site, 'attendance', MINISTRY);
    await page.check('[name=mode][value=online]');
    await page.reload();
    await ready(page);
    expect(await stepOf(page)).toBe('attendance');
    await page.locator('nav a[hreflang=km]').click();
    await ready(page);
    expect(await page.locator('html').getAttribute('lang')).toBe('km');
    expect(await stepOf(page)).toBe('attendance');
    expect(await page.locator('[name=mode][value=online]').isChecked()).toBe(true);
    expect(await page.locator('[name=fullName]').inputValue()).toBe('Somchai Sample');
    expect(await page.locator('[name="answers.institutionType"][value=police]').isChecked()).toBe(true);
    expect(await page.locator('[name=language]').inputValue()).toBe('km');
    await fillIn(page, formFields({ mode: 'online' }));
    expect((await send(page)).status()).toBe(303);
    await page.waitForURL(/thanks/);
    expect(await kept(page)).toBe('{}');
    await page.context().close();
  });

  it('survives a change of language after the server refused it', async () => {
    const page = await openForm(site);
    await fillIn(page, formFields({ fullName: '☺' }));
    expect((await send(page)).status()).toBe(422);
    await ready(page);
    await page.locator('nav a[hreflang=km]').click();
    await ready(page);
    expect(await page.locator('[name=position]').inputValue()).toBe('Policy officer');
    await page.context().close();
  });

  it('by someone under 18 is kept nowhere, and they are told so before they go on', async () => {
    const page = await openForm(site);
    await page.locator('[name=fullName]').fill('Young Sample');
    expect(await kept(page)).toContain('Young Sample');
    await page.getByRole('radio', { name: 'I am under 18' }).check();
    expect(await kept(page)).toBe('{}');
    expect(await page.locator('#ageBand-minor-note').textContent()).toContain('There is a short form for you');
    await Promise.all([page.waitForURL(/\/young\?/), page.locator('.steps button[type=submit]').click()]);
    expect(await kept(page)).toBe('{}');
    await page.context().close();
  });

  it('gives no consent by itself', async () => {
    const page = await openForm(site);
    await fillIn(page, formFields());
    expect(await kept(page)).not.toContain('consents.');
    // What the browser itself brings back with the page stays as it was left.
    await page.goto(site.event);
    await page.goBack();
    await ready(page);
    expect(await stepOf(page)).toBe('consents');
    expect(await page.locator('[name="consents.code-of-conduct"]').isChecked()).toBe(true);
    await page.context().close();
  });
});

describe('what is not asked', () => {
  it('never blocks, and is never stored', async () => {
    const page = await openForm(site);
    await fillStep(page, formFields({ email: 'hidden-answer@example.org' }));
    await goOn(page);
    await page.check('[value=private-sector]');
    await page.check('[name="answers.companySize"][value=large]');
    await page.check('[value=academia]');
    await fillIn(page, formFields({ email: 'hidden-answer@example.org' }));
    expect((await send(page)).status()).toBe(303);
    const [stored] = await registrationsOf(site.system, 'hidden-answer@example.org');
    expect(stored?.['answers']).toEqual({});
    await page.context().close();
  });

  it('is a session of a day that was not chosen, or a closed one of another group; none is named', async () => {
    const page = await openAt(site, 'group');
    const closed = page.getByRole('checkbox', { name: 'closed sessions of my group' });
    await page.check('[value=ngo]');
    expect(await closed.isVisible()).toBe(false);
    await page.check('[value=asean-body]');
    expect(await closed.isVisible()).toBe(true);
    expect(await page.content()).not.toMatch(/Consultation of ASEAN/);
    await goOn(page);
    const session = page.locator('[name=sessions]').first();
    expect(await session.isVisible()).toBe(false);
    await page.check('[name=days][value=day-1]');
    expect(await session.isVisible()).toBe(true);
    await page.context().close();
  });

  it('is the code of an invitation that came with the address', async () => {
    const page = await openForm(site, `${site.form}?code=WELCOME-2027`);
    expect(await page.locator('[name=invitation]').inputValue()).toBe('WELCOME-2027');
    await page.locator('nav a[hreflang=km]').click();
    await ready(page);
    expect(await page.locator('[name=invitation]').inputValue()).toBe('WELCOME-2027');
    await page.context().close();
  });
});
