import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailWords, mailWordsToYoung } from '../../shared/kernel/i18n/mail.store.ts';
import { type MailKind, readerOf } from '../../shared/mail/kinds.ts';
import { forum, translate } from '../support/site-pages.ts';
import { completeFields } from '../support/young.ts';
import { fillIn, ready, send } from './form.ts';
import { AGREE, askedOf, type Pair, pairOf, press } from './guardian.ts';
import { consentLinkIn, mailsTo, mailTo, manageLinkIn } from './inbox.ts';
import { headingOf, mainTextOf, shown } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { bringForward, expectUnchanged, settledTables } from './tables.ts';

const PHONE = { width: 360, height: 740 };

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

/** The newest of at least so many mails to an address, which is of a kind and in a language. */
async function mailOf(address: string, language: string, kind: string, count = 1) {
  const mail = await mailTo(site.system, address, count);
  const t = readerOf(kind as MailKind) === 'holder' ? mailWordsToYoung(language) : mailWords(language);
  expect(mail.subject).toBe(t(`${kind}.subject` as 'confirmed.subject', { event: forum(language).shortTitle ?? '' }));
  return mail;
}

// Each language and each way once: what pages are in both languages is looked at by `site-sweep.ts`.
describe.each([
  { language: 'en', other: 'km', script: true },
  { language: 'km', other: 'en', script: false },
])('someone under 18 registers in $language, JavaScript: $script', ({ language, other, script }) => {
  const t = translate(language);
  const toGuardian = translate(other);
  const pair: Pair = pairOf(`canary-${language}-${script ? 'script' : 'plain'}`, language, other);
  let page: Page;
  let guardianPage: Page;
  let consent: string;
  let manage: string;

  beforeAll(async () => {
    const options = { javaScriptEnabled: script, viewport: PHONE, locale: language };
    [page, guardianPage] = [await site.visit(options), await site.visit(options)];
  });
  afterAll(async () => {
    await page?.context().close();
    await guardianPage?.context().close();
  });

  it('CS1: is led to a form that asks for names and addresses only', async () => {
    await page.goto(`${site.form}?lang=${language}`);
    await ready(page);
    await page.check('[name=ageBand][value=minor]');
    await page.getByRole('link', { name: t('young.link') }).click();
    expect(await headingOf(page)).toBe(t('young.title'));
    const names = await page
      .locator('main form [name]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('name')));
    expect([...new Set(names)].sort()).toEqual([
      'email',
      'guardian.email',
      'guardian.language',
      'guardian.name',
      'guardian.onPaper',
      'language',
      'name',
    ]);
  });

  it.each([
    ['as it is', (young: string) => young],
    ['in capitals', (young: string) => young.toUpperCase()],
    ['with a tag', (young: string) => young.replace('@', '+mum@')],
  ])('CS3: cannot name themselves as the guardian, %s, and keeps all that was typed', async (_, own) => {
    await fillIn(page, [...askedOf(pair), ['guardian.email', own(pair.young)]]);
    const answer = await send(page);
    expect(answer.status()).toBe(422);
    expect(await shown(page.locator('#guardian-email-error'))).toContain(t('field.same-address'));
    for (const [name, value] of askedOf(pair)) {
      if (['name', 'email', 'guardian.name'].includes(name)) {
        expect(await page.locator(`[name="${name}"]`).inputValue()).toBe(value);
      }
    }
    expect(await page.locator('[name="guardian.email"]').inputValue()).toBe(own(pair.young));
    expect(await page.locator('[name="guardian.language"]:checked').inputValue()).toBe(other);
  });

  it('is thanked, and asks once only however often they press', async () => {
    await fillIn(page, askedOf(pair));
    expect((await send(page)).status()).toBe(303);
    expect(await mainTextOf(page)).toContain(t('young.thanks.young'));
    expect(await shown(page.locator('.typed'))).toBe(pair.young);
    await page.goto(`${site.form}/young?lang=${language}`);
    await fillIn(page, askedOf(pair));
    expect((await send(page)).status()).toBe(303);
    await settledTables(site);
    expect(await mailsTo(site.system, pair.young)).toHaveLength(1);
    expect(await mailsTo(site.system, pair.guardian)).toEqual([]);
  });

  it('AU9: is asked first whether it is them, and presses', async () => {
    manage = manageLinkIn(await mailOf(pair.young, language, 'pending-guardian'));
    await page.goto(manage);
    expect(await headingOf(page)).toBe(t('young.unproven.title'));
    await expectUnchanged(site, async () => {
      await page.reload();
    });
    expect((await press(page, 'button[value=ask]')).status()).toBe(303);
  });

  it('AB3: gets a mail in their language, the guardian one in theirs, and neither names anyone', async () => {
    const mail = await mailOf(pair.young, language, 'pending-guardian');
    const request = await mailOf(pair.guardian, other, 'guardian-request');
    consent = consentLinkIn(request);
    expect(consent).toContain('/g/');
    for (const { subject, text, html } of [mail, request]) expect(subject + text + html).not.toContain(pair.name);
  });

  it('CS2: sees what happens now, and cannot answer anything else yet', async () => {
    await page.goto(manage);
    expect(await headingOf(page)).toBe(t('manage.status.pending-guardian'));
    expect(await page.locator('.ticket').count()).toBe(0);
    await page.goto(`${manage}/complete?lang=${language}`);
    expect(await headingOf(page)).toBe(t('manage.status.pending-guardian'));
  });

  it('CS3, CS6, AU2: the guardian reads it, unticked, and nothing changes by that', async () => {
    await guardianPage.goto(consent);
    expect(await headingOf(guardianPage)).toBe(toGuardian('guardian.title'));
    expect(await mainTextOf(guardianPage)).toContain(pair.name);
    expect(await guardianPage.locator('main input[type=checkbox]').count()).toBe(2);
    expect(await guardianPage.locator('main input:checked').count()).toBe(0);
    await expectUnchanged(site, async () => {
      for (let time = 0; time < 3; time += 1) await guardianPage.reload();
      for (const method of ['GET', 'HEAD']) expect((await fetch(consent, { method })).status).toBe(200);
    });
  });

  it('CS6, CS17: taking part is what they have to agree to, with a number for an emergency; photos are a choice', async () => {
    expect((await press(guardianPage, AGREE)).status()).toBe(422);
    expect(await guardianPage.locator('.errors li').count()).toBe(2);
    for (const field of ['consents-attendance', 'phone']) {
      expect(await guardianPage.locator(`#${field}-error`).count()).toBe(1);
    }
    await guardianPage.goto(consent);
    await guardianPage.check('[name="consents.attendance"]');
    await guardianPage.fill('[name=phone]', '+855 12 000 000');
    expect((await press(guardianPage, AGREE)).status()).toBe(303);
    expect(await headingOf(guardianPage)).toBe(toGuardian('guardian.agreed.title'));
  });

  it('AU3: going back shows that they have agreed, and a press that was on its way is a success again', async () => {
    await expectUnchanged(site, async () => {
      await guardianPage.goBack();
      expect(await headingOf(guardianPage)).toBe(toGuardian('guardian.agreed.title'));
      const again = new URLSearchParams([
        ['action', 'agree'],
        ['consents.attendance', '2027-1'],
      ]);
      expect((await fetch(consent, { method: 'POST', body: again, redirect: 'manual' })).status).toBe(303);
    });
  });

  it('CS21: is told, and answers the rest in words for them', async () => {
    const { text } = await mailOf(pair.young, language, 'guardian-agreed', 2);
    await page.goto(/\S+\/complete\?lang=\w+/.exec(text)?.[0] ?? '');
    expect(await headingOf(page)).toBe(t('complete.title'));
    await ready(page);
    expect(await page.locator('[name=category]').inputValue()).toBe('children-youth');
    const points = forum(language).consents[0]?.youngPoints ?? [];
    for (const point of points) expect(await mainTextOf(page)).toContain(point);
    await fillIn(page, completeFields({ fullName: pair.name, organisation: '' }));
    expect((await send(page)).status()).toBe(422);
    expect(await page.locator('#organisation-error').count()).toBe(1);
    expect(await page.locator('[name=fullName]').inputValue()).toBe(pair.name);
    await fillIn(page, completeFields({ fullName: pair.name }));
    expect((await send(page)).status()).toBe(303);
    expect(await headingOf(page)).toBe(t('manage.status.confirmed'));
  });

  it('CS7: has a ticket that shows the no to photos; sending again changes nothing', async () => {
    const photos = forum(language).consents[1]?.title ?? '';
    expect(await shown(page.locator('.ticket'))).toContain(`${photos}: ${t('register.no')}`);
    expect(await page.locator('.ticket .qr svg').count()).toBe(1);
    await mailOf(pair.young, language, 'confirmed', 3);
    await expectUnchanged(site, async () => {
      await page.goto(`${manage}/complete?lang=${language}`);
      expect(await headingOf(page)).toBe(t('manage.status.confirmed'));
      const again = new URLSearchParams(completeFields({ fullName: 'Someone Else' }));
      const answer = await fetch(`${manage}/complete`, { method: 'POST', body: again, redirect: 'manual' });
      expect(answer.status).toBe(303);
    });
  });

  it('CS3: an hour later the guardian gets a receipt, whose link leads to the way out', async () => {
    expect(await bringForward(site.system, 'guardian-receipt', pair.guardian)).toBeCloseTo(1, 2);
    const receipt = await mailOf(pair.guardian, other, 'guardian-receipt', 2);
    await guardianPage.goto(consentLinkIn(receipt));
    expect(await headingOf(guardianPage)).toBe(toGuardian('guardian.agreed.title'));
    await guardianPage.getByText(toGuardian('guardian.withdraw.title'), { exact: true }).click();
    expect((await press(guardianPage, 'button[value=withdraw]')).status()).toBe(200);
    expect(await headingOf(guardianPage)).toBe(toGuardian('farewell.withdrawn.title'));
  });

  it('CS5: nothing of either is left, and every link says in plain words what happened', async () => {
    const items = Object.values(await settledTables(site)).flat();
    const traces = items.filter((item) => JSON.stringify(item).includes(pair.name));
    // The mail that tells the young person: the fourth within an hour, it has to wait for its turn (AB2).
    expect(traces).toMatchObject([{ kind: 'consent-withdrawn', to: pair.young, language, promised: true }]);
    await page.goto(manage);
    expect(await headingOf(page)).toBe(t('farewell.stopped.title'));
    expect(await page.locator('.ticket').count()).toBe(0);
    await guardianPage.goto(consent);
    expect(await headingOf(guardianPage)).toBe(toGuardian('farewell.withdrawn.title'));
    const token = new URL(manage).pathname.slice('/m/'.length);
    const answer = await fetch(`${site.system.siteUrl}/api/registration`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await answer.json()).toMatchObject({ status: 'cancelled', email: '', fullName: '' });
  });
});
