import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formFields } from '../support/forum.ts';
import { fillIn, fillStep, goOn, ready, send } from './form.ts';
import { mailTo, manageLinkIn } from './inbox.ts';
import { mainTextOf } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { expectUnchanged, registrationsOf } from './tables.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

const company = (changes: Record<string, unknown> = {}) =>
  formFields({
    category: 'private-sector',
    mode: 'online',
    'answers.companySize': 'small',
    'answers.companyReach': 'multi-country',
    'answers.companyRole': 'technical',
    'answers.technicalArea': 'compliance',
    ...changes,
  });

describe('the form with JavaScript', () => {
  it('shows a question only to those whom it concerns, and sends no answer that is hidden', async () => {
    const page = await site.visit();
    await page.goto(site.form);
    await ready(page);
    await fillStep(page, company({ email: 'company@example.org' }));
    await goOn(page);
    const asked = (question: string) => page.getByText(question, { exact: true }).isVisible();
    expect(await asked('How large is your company?')).toBe(false);
    await page.getByRole('radio', { name: 'ASEAN Member State' }).check();
    await page.getByRole('radio', { name: 'Embassy or permanent mission' }).check();
    expect(await asked('How large is your company?')).toBe(false);

    await page.getByRole('radio', { name: 'Private sector' }).check();
    expect(await asked('What kind of institution do you represent?')).toBe(false);
    expect(await asked('How large is your company?')).toBe(true);
    expect(await asked('Which team do you work in?')).toBe(false);
    await page.getByRole('radio', { name: 'Technical or specialist staff' }).check();
    expect(await asked('Which team do you work in?')).toBe(true);
    await page.getByRole('radio', { name: 'Compliance' }).check();
    await page.getByRole('radio', { name: 'Small (10 to 49 people)' }).check();
    await page.getByRole('radio', { name: 'In several countries' }).check();
    await goOn(page);
    await page.getByRole('radio', { name: 'In person, in Phnom Penh' }).check();
    await page.getByRole('checkbox', { name: 'First day' }).check();
    await goOn(page);
    await page.getByRole('group', { name: 'Do you need an invitation letter' }).getByLabel('Yes').check();
    await page.goBack();

    await fillIn(page, company({ email: 'company@example.org' }));
    const answer = await send(page);
    expect(answer.status()).toBe(303);
    const sent = [...new URLSearchParams(answer.request().postData() ?? '').keys()];
    expect(sent.filter((name) => name.startsWith('answers.')).sort()).toEqual([
      'answers.companyReach',
      'answers.companyRole',
      'answers.companySize',
      'answers.panelQuestion',
      'answers.technicalArea',
    ]);
    await page.goto(manageLinkIn(await mailTo(site.system, 'company@example.org')));
    const words = await mainTextOf(page);
    for (const part of ['Small (10 to 49 people)', 'Compliance', 'Join online', 'Opening of the Forum']) {
      expect(words).toContain(part);
    }
    expect(words).not.toContain('Embassy or permanent mission');
    await page.context().close();
  });

  it('brings a refused form back with the questions that concern its answers', async () => {
    const page = await site.visit();
    await page.goto(site.form);
    await fillIn(page, company({ email: 'company-2@example.org', fullName: '☺☺' }));
    expect((await send(page)).status()).toBe(422);
    await page.locator('.errors:focus').waitFor();
    expect(await page.locator('.errors li').allInnerTexts()).toEqual([expect.stringContaining('Full name')]);
    await ready(page);
    await page.getByRole('textbox', { name: 'Full name' }).fill('Somchai Sample');
    await goOn(page);
    expect(await mainTextOf(page)).toContain('Compliance');
    expect((await send(page)).status()).toBe(303);
    await page.context().close();
  });

  it('leads those under 18 to a form of their own at once', async () => {
    const page = await site.visit();
    await page.goto(site.form);
    const own = page.locator('a[href*="/register/young"]');
    expect(await own.isVisible()).toBe(false);
    await page.getByRole('radio', { name: 'I am under 18' }).check();
    expect(await own.isVisible()).toBe(true);
    await page.getByRole('radio', { name: 'I am 18 or older' }).check();
    expect(await own.isVisible()).toBe(false);
    await page.context().close();
  });
});

describe('the form without JavaScript', () => {
  it('is drawn to its end before anyone scrolls', async () => {
    const page = await site.visit({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
    await page.goto(site.form);
    const drawn = await page
      .locator('main form button[type=submit]')
      .evaluate((button) => button.checkVisibility({ contentVisibilityAuto: true }));
    expect(drawn).toBe(true);
    await page.context().close();
  });

  it('drops an answer that does not concern its sender', async () => {
    const page = await site.visit({ javaScriptEnabled: false });
    await page.goto(site.form);
    await fillIn(page, formFields({ email: 'hidden@example.org', 'answers.institutionType': 'police' }));
    expect((await send(page)).status()).toBe(303);
    expect(await registrationsOf(site.system, 'hidden@example.org')).toMatchObject([{ answers: {} }]);
    await page.context().close();
  });

  it('CS1: keeps nothing of anyone under 18, and leads them to the form that asks for next to nothing', async () => {
    const page = await site.visit({ javaScriptEnabled: false });
    await page.goto(site.form);
    await expectUnchanged(site, async () => {
      await fillIn(page, formFields({ email: 'minor@example.org', ageBand: 'minor' }));
      expect((await send(page)).status()).toBe(303);
    });
    expect(new URL(page.url()).pathname).toBe(`/e/${site.eventId}/register/young`);
    expect(await page.content()).not.toContain('minor@example.org');
    await page.context().close();
  });
});
