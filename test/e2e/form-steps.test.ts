import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formFields, forum } from '../support/forum.ts';
import { fillIn, fillStep, goOn, openAt, openForm, ready, send, sendUnchecked, stepOf } from './form.ts';
import { openSite, type Site } from './site.ts';
import { expectUnchanged, registrationsOf } from './tables.ts';
import { faultsOf } from './views.ts';

const { sessions } = forum();
const LAB = { ...sessions.find(({ signUp }) => signUp), id: 'lab', title: { en: 'Lab', km: 'មន្ទីរ' } };

let site: Site;
beforeAll(async () => {
  site = await openSite({ sessions: [...sessions, LAB as (typeof sessions)[number]] });
});
afterAll(() => site?.stop());

const MINISTRY = { category: 'member-state', 'answers.institutionType': 'police' };
const STEPS = ['you', 'group', 'attendance', 'more', 'consents'];

const headings = (page: Page): Promise<string | null> => page.locator('form section:not([hidden]) h2').textContent();
const focusedId = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName || '');

/** Whether a thumb that means the button of a question, or the field below it, has nothing else under it. */
const roomAround = (note: Locator) =>
  note.evaluate((element) => {
    const words = document.createRange();
    words.selectNode(element.firstChild ?? element);
    const [button, next] = [element.querySelector('button'), element.nextElementSibling];
    const top = (of: Element | null): number => of?.getBoundingClientRect().top ?? 0;
    return {
      button: top(button) - words.getBoundingClientRect().bottom >= 4,
      nextField: top(next) - element.getBoundingClientRect().bottom >= 24,
    };
  });

describe('the steps of the form', () => {
  it('ask for one thing after another, say how far one is, and move the focus along', async () => {
    const page = await openForm(site);
    for (const [index, step] of STEPS.entries()) {
      expect(await stepOf(page)).toBe(step);
      expect(await headings(page)).toContain(`Step ${index + 1} of 5`);
      await fillStep(page, formFields({ email: 'steps@example.org' }));
      if (step !== 'consents') {
        await goOn(page);
        expect(await focusedId(page)).toBe('H2');
        expect(await page.title()).toMatch(new RegExp(`^Step ${index + 2} of 5 .* - Register - ASEAN ICT Forum`));
      }
    }
    expect((await send(page)).status()).toBe(303);
    expect(await registrationsOf(site.system, 'steps@example.org')).toHaveLength(1);
    await page.context().close();
  });

  it('end with buttons that a thumb can tell apart on a phone', async () => {
    const page = await openAt(site, 'consents');
    await page.setViewportSize({ width: 360, height: 740 });
    const [send, back] = await Promise.all(
      ['form button[data-sending]', '.steps .second'].map((button) => page.locator(button).boundingBox()),
    );
    expect((back?.y ?? 0) - (send?.y ?? 0) - (send?.height ?? 0)).toBeGreaterThanOrEqual(8);
    await page.context().close();
  });

  it('are passed over where nothing applies', async () => {
    const page = await openAt(site, 'attendance');
    // As in an event whose other questions all concern someone else.
    await page.evaluate(() => {
      for (const field of document.querySelectorAll('#more .field')) field.remove();
    });
    await fillStep(page, formFields());
    await goOn(page);
    expect(await stepOf(page)).toBe('consents');
    expect(await headings(page)).toContain('Step 4 of 4');
    await page.context().close();
  });

  it('are not left before what they need is there, and say so in the words of the server', async () => {
    const page = await openForm(site);
    await page.locator('[name=email]').fill('no-domain');
    await page.locator('[name=email]').press('Enter');
    expect(await stepOf(page)).toBe('you');
    await page.locator('.errors:focus').waitFor();
    expect(await page.title()).toMatch(/^Error: Register/);
    await page.locator('[name=email]').press('Enter');
    expect(await page.title()).toMatch(/^Error: Register/);
    const bySteps = await errorsOf(page);
    await page.context().close();

    const plain = await site.visit({ javaScriptEnabled: false });
    await plain.goto(site.form);
    await plain.locator('[name=email]').fill('no-domain');
    expect((await send(plain)).status()).toBe(422);
    const byServer = await errorsOf(plain);
    expect(bySteps.fields).toEqual(byServer.fields.slice(0, bySteps.fields.length));
    expect(bySteps.summary).toEqual(byServer.summary.slice(0, bySteps.summary.length));
    expect(bySteps.summary).toHaveLength(6);
    await plain.context().close();
  });

  it('say beside a field what the summary says', async () => {
    const page = await openForm(site);
    await page.locator('.steps button[type=submit]').click();
    const beside = await page.locator('.error').filter({ visible: true }).allInnerTexts();
    const summary = await page.locator('.errors li').allInnerTexts();
    expect(beside).toContain('Error: Enter your full name.');
    expect(beside).toEqual(summary.map((words) => `Error: ${words}`));
    await page.context().close();
  });

  it('tell at once of a name that is too long, and count letters as the server does', async () => {
    const page = await openForm(site);
    await fillStep(page, formFields());
    await page.locator('[name=fullName]').fill('ស្រី'.repeat(101));
    await page.locator('.steps button[type=submit]').click();
    expect(await stepOf(page)).toBe('you');
    expect(await page.locator('.errors li').allInnerTexts()).toEqual([
      'Full name – Please use at most 100 characters.',
    ]);
    expect(await focusedId(page)).toBe('DIV');
    // A hundred letters of 400 code points, with what breaks lines between them.
    await page.locator('[name=fullName]').fill(`  ${'ស្រី\u200B'.repeat(100)}  `);
    await goOn(page);
    expect(await stepOf(page)).toBe('group');
    await page.context().close();
  });

  it('ask once about an address that looks mistyped, and go on with either', async () => {
    for (const [press, address] of [
      ['Use steps-meant@gmail.com', 'steps-meant@gmail.com'],
      ['Continue', 'steps-meant@gmial.com'],
    ] as const) {
      const page = await openForm(site, site.form, { viewport: { width: 360, height: 740 } });
      await fillStep(page, formFields({ email: 'steps-meant@gmial.com' }));
      await page.locator('.steps button[type=submit]').click();
      expect(await stepOf(page)).toBe('you');
      const note = page.locator('p.note', { hasText: 'Did you mean steps-meant@gmail.com?' });
      expect(await note.evaluate((element) => element === document.activeElement)).toBe(true);
      expect(await page.locator('.errors, .bad').count()).toBe(0);
      expect(await roomAround(note)).toEqual({ button: true, nextField: true });
      expect(await faultsOf(page)).toEqual([]);
      await page.getByRole('button', { name: press }).click();
      expect(await stepOf(page)).toBe('group');
      await fillIn(page, formFields({ email: address }));
      expect((await send(page)).status()).toBe(303);
      expect(await registrationsOf(site.system, address)).toHaveLength(1);
      await page.context().close();
    }
  });

  it('ask without a script in the form that comes back once, which keeps everything', async () => {
    const page = await site.visit({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
    await page.goto(site.form);
    await fillIn(page, formFields({ email: 'plain-meant@gmial.com' }));
    expect((await send(page)).status()).toBe(200);
    expect(await page.locator('[name=fullName]').inputValue()).toBe('Somchai Sample');
    await page.getByLabel('Use plain-meant@gmail.com').check();
    expect((await send(page)).status()).toBe(303);
    expect(await registrationsOf(site.system, 'plain-meant@gmail.com')).toHaveLength(1);
    await page.context().close();
  });

  it('open at the question where the server had to ask it', async () => {
    const page = await openForm(site);
    await fillIn(page, formFields({ email: 'late-meant@example.org' }));
    await page.locator('[name=email]').evaluate((email: HTMLInputElement) => {
      email.value = 'late-meant@gmial.com';
    });
    expect((await sendUnchecked(page)).status()).toBe(200);
    await ready(page);
    expect(await stepOf(page)).toBe('you');
    expect(await faultsOf(page)).toEqual([]);
    await page.getByLabel('Use late-meant@gmail.com').check();
    await fillIn(page, formFields({ email: 'late-meant@gmial.com' }));
    expect((await send(page)).status()).toBe(303);
    expect(await registrationsOf(site.system, 'late-meant@gmail.com')).toHaveLength(1);
    await page.context().close();
  });

  it('lead who is under 18 on to their own form, and keep nothing of what was typed', async () => {
    const page = await openForm(site);
    await page.locator('[name=fullName]').fill('Dara');
    await page.check('[name=ageBand][value=minor]');
    await Promise.all([
      page.waitForURL(/\/register\/young\?lang=en$/),
      page.locator('.steps button[type=submit]').click(),
    ]);
    expect(await page.locator('[name=name]').inputValue()).toBe('');
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    await page.context().close();
  });

  it('EV5: say at once which two sessions take place at the same time, once above and once beside them', async () => {
    const page = await openAt(site, 'attendance');
    await fillStep(page, formFields());
    const boxes = page.getByRole('group', { name: 'Which sessions will you attend' }).getByRole('checkbox');
    for (const box of await boxes.all()) await box.check();
    await page.locator('.steps button[type=submit]').click();
    expect(await stepOf(page)).toBe('attendance');
    const { summary, fields } = await errorsOf(page);
    expect(summary).toEqual([expect.stringMatching(/^“.+” and “Lab” take place at the same time\. Please choose one/)]);
    expect(fields).toEqual([expect.stringContaining(`Error: ${summary[0]}`)]);
    await page.locator('.errors a').click();
    expect(await focusedId(page)).toBe('sessions');
    await boxes.last().uncheck();
    await goOn(page);
    await page.context().close();
  });

  it('fit a phone whose letters are twice as large, and lead from the summary to words that are in view', async () => {
    const page = await openForm(site, site.form, { viewport: { width: 360, height: 640 } });
    await page.locator('.steps button[type=submit]').click();
    await page.locator('.errors a').last().click();
    const error = await page.locator('.field:has(:focus) .error').boundingBox();
    expect(error?.y).toBeGreaterThanOrEqual(0);
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await page.context().close();
  });

  it('lead from the summary to the field, and forget what was put right', async () => {
    const page = await openAt(site, 'attendance');
    await page.locator('.steps button[type=submit]').click();
    await page.locator('.errors a', { hasText: 'Which days will you attend?' }).click();
    expect(await focusedId(page)).toBe('days');
    await fillStep(page, formFields());
    await goOn(page);
    expect(await page.locator('.errors, .bad').count()).toBe(0);
    await page.context().close();
  });

  it('go back and forward with the browser, and back with a button, keeping every answer', async () => {
    const page = await openAt(site, 'more');
    await page.goBack();
    expect([await stepOf(page), await focusedId(page)]).toEqual(['attendance', 'H2']);
    await page.getByRole('button', { name: 'Back' }).click();
    await page.waitForFunction(() => !document.querySelector('#group')?.hasAttribute('hidden'));
    await page.goForward();
    await page.goForward();
    expect(await stepOf(page)).toBe('more');
    await page.getByRole('button', { name: 'Back' }).click();
    await page.waitForFunction(() => !document.querySelector('#attendance')?.hasAttribute('hidden'));
    expect(await page.locator('[name=mode][value=in-person]').isChecked()).toBe(true);
    await page.context().close();
  });

  it('end with all that was entered, each answer leading to where it is changed', async () => {
    const page = await openForm(site);
    await fillIn(page, formFields({ ...MINISTRY, email: 'check@example.org' }));
    const summary = page.locator('.check');
    for (const words of [
      'check@example.org',
      'Ministry of the interior, police',
      'Thailand',
      'First day, Second day',
    ]) {
      expect(await summary.textContent()).toContain(words);
    }
    expect(await summary.textContent()).not.toContain('How large is your company?');
    await page.getByRole('link', { name: 'Change: Which group do you belong to?' }).click();
    expect(await stepOf(page)).toBe('group');
    // What the other group is asked has to be answered first; then it is straight back.
    await page.check('[value=private-sector]');
    await page.locator('.steps button[type=submit]').click();
    expect(await page.locator('.errors li').first().textContent()).toContain('How large is your company?');
    for (const value of ['small', 'national', 'other']) await page.locator(`[value=${value}]:visible`).first().check();
    await goOn(page);
    expect(await stepOf(page)).toBe('consents');
    expect((await send(page)).status()).toBe(303);
    const [stored] = await registrationsOf(site.system, 'check@example.org');
    expect(stored?.['answers']).toEqual({ companySize: 'small', companyReach: 'national', companyRole: 'other' });
    await page.context().close();
  });

  it('open a refused form where the first error is', async () => {
    const page = await openForm(site);
    await fillIn(
      page,
      formFields({ email: 'refused@example.org', position: '☺', 'answers.panelQuestion': '?'.repeat(301) }),
    );
    expect((await send(page)).status()).toBe(422);
    await ready(page);
    expect(await stepOf(page)).toBe('you');
    await page.locator('.errors:focus').waitFor();
    await page.locator('.errors a', { hasText: 'A question' }).click();
    expect([await stepOf(page), await focusedId(page)]).toEqual(['more', 'answers-panelQuestion']);
    await page.locator(':focus').fill('What comes next?');
    await page.locator('.errors a', { hasText: 'Position' }).click();
    await page.locator(':focus').fill('Officer');
    await goOn(page);
    if ((await stepOf(page)) === 'more') await goOn(page);
    expect((await send(page)).status()).toBe(303);
    await page.context().close();
  });
});

describe.each(['en', 'km'])('every step in %s', (language) => {
  it('fits a phone, a thumb and the rules of accessibility, with and without errors', async () => {
    await expectUnchanged(site, async () => {
      const page = await openForm(site, `${site.form}?lang=${language}`, { viewport: { width: 360, height: 740 } });
      for (const step of STEPS) {
        expect(await stepOf(page)).toBe(step);
        const button = page.locator('form button[type=submit]').filter({ visible: true });
        if (step !== 'more') {
          await button.click();
          expect(await page.locator('.errors').count(), step).toBe(1);
          expect(await faultsOf(page), `${step}, refused`).toEqual([]);
        }
        await fillStep(page, formFields(MINISTRY));
        expect(await faultsOf(page), step).toEqual([]);
        if (step !== 'consents') await goOn(page);
      }
      await page.context().close();
    });
  });
});

async function errorsOf(page: Page): Promise<{ summary: string[]; fields: string[] }> {
  const fields = page.locator('.field.bad').filter({ visible: true });
  return { summary: await page.locator('.errors li').allInnerTexts(), fields: await fields.allInnerTexts() };
}
