import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailWords, mailWordsToYoung } from '../../shared/kernel/i18n/mail.store.ts';
import { WHY_HEADER } from '../../shared/kernel/why.ts';
import { type MailKind, readerOf } from '../../shared/mail/kinds.ts';
import { signIn } from '../support/sign-in.ts';
import { forum, translate } from '../support/site-pages.ts';
import { codeIn, completeFields, otherGuardian } from '../support/young.ts';
import { fillIn, ready, send } from './form.ts';
import { AGREE, ask, askedOf, type Pair, pairOf, press, proveAddress, REFUSE } from './guardian.ts';
import { consentLinkIn, mailsTo, mailTo, manageLinkIn } from './inbox.ts';
import { headingOf, mainTextOf, shown } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { bringForward, expectUnchanged, settledTables } from './tables.ts';
import { registerAdult, registerYoung } from './young.ts';

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
  expect(mail.subject).toBe(t(`${kind}.subject` as 'confirmed.subject', { event: forum(language).title }));
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

describe('a guardian says no', () => {
  const pair = pairOf('refused-canary');
  const t = translate('en');

  it('CS4: by one press, without a reason; everything is deleted, and the young person is told kindly', async () => {
    const { manage, consent } = await ask(site, pair);
    const page = await site.visit({ viewport: PHONE });
    await page.goto(consent);
    expect((await press(page, REFUSE)).status()).toBe(200);
    expect(await headingOf(page)).toBe(t('farewell.refused.title'));
    await mailOf(pair.young, 'en', 'guardian-refused', 2);
    expect(JSON.stringify(await settledTables(site))).not.toContain(pair.name);
    for (const link of [consent, manage]) {
      expect((await page.goto(link))?.status()).toBe(401);
      expect(await headingOf(page)).toBe(t('problem.link-not-valid.title'));
    }
    await page.context().close();
  });

  it('and can be asked again', async () => {
    await send(await typed(pair));
    await proveAddress(manageLinkIn(await mailOf(pair.young, 'en', 'pending-guardian', 3)));
    await mailOf(pair.guardian, 'en', 'guardian-request', 2);
  });
});

/** The short form with everything in it. */
async function typed(pair: Pair): Promise<Page> {
  const page = await site.visit({ viewport: PHONE, javaScriptEnabled: false });
  await page.goto(`${site.form}/young`);
  await fillIn(page, askedOf(pair));
  return page;
}

describe('someone else is to be asked', () => {
  const t = translate('en');

  it('CS3, AU4: the young person gets a code, and the link before leads nowhere any more', async () => {
    const pair = pairOf('other-guardian');
    const next = 'right@guardian.test';
    const { manage, consent } = await ask(site, pair);
    const page = await site.visit({ viewport: PHONE, javaScriptEnabled: false });
    await page.goto(manage);
    await page.getByRole('link', { name: t('young.change.link') }).click();
    expect(await headingOf(page)).toBe(t('young.change.title'));
    expect(await page.content()).not.toContain(pair.guardian);
    expect((await press(page, 'button[value=code]')).status()).toBe(303);
    const code = codeIn(await mailOf(pair.young, 'en', 'guardian-code', 2));
    const fields = otherGuardian('0000-0000', { 'guardian.email': next });
    await fillIn(
      page,
      fields.filter(([name]) => name !== 'action'),
    );
    expect((await press(page, 'button[value=ask]')).status()).toBe(422);
    expect(await page.locator('#code-error').count()).toBe(1);
    expect(await page.locator('[name="guardian.email"]').inputValue()).toBe(next);
    await page.fill('[name=code]', code);
    expect((await press(page, 'button[value=ask]')).status()).toBe(303);
    expect(await mainTextOf(page)).toContain(t('self.done.guardian'));
    expect((await page.goto(consent))?.status()).toBe(401);
    expect(await headingOf(page)).toBe(t('problem.link-not-valid.title'));
    await page.goto(consentLinkIn(await mailOf(next, 'en', 'guardian-request')));
    expect(await headingOf(page)).toBe(t('guardian.title'));
    expect(await mailsTo(site.system, pair.guardian)).toHaveLength(1);
    await page.context().close();
  });

  it('asking from the short form again changes nothing, and tells only the address that is known already', async () => {
    const pair = pairOf('asked-twice');
    await ask(site, pair);
    const page = await typed({ ...pair, guardian: 'second@guardian.test' });
    expect((await send(page)).status()).toBe(303);
    expect(await mainTextOf(page)).toContain(t('young.thanks.young'));
    await mailOf(pair.young, 'en', 'pending-guardian', 2);
    await settledTables(site);
    expect(await mailsTo(site.system, 'second@guardian.test')).toEqual([]);
    await page.context().close();
  });
});

describe('the young person', () => {
  const t = translate('en');

  it('CS5: stops before anyone has answered: everything is deleted, and the guardian can no longer agree', async () => {
    const pair = pairOf('stops-canary');
    const { manage, consent } = await ask(site, pair);
    const page = await site.visit({ viewport: PHONE, javaScriptEnabled: false });
    await page.goto(manage);
    await page.getByText(t('young.stop.title'), { exact: true }).click();
    expect((await press(page, 'button[value=cancel]')).status()).toBe(200);
    expect(await headingOf(page)).toBe(t('farewell.stopped.title'));
    await mailOf(pair.young, 'en', 'consent-withdrawn', 2);
    expect(JSON.stringify(await settledTables(site))).not.toContain(pair.name);
    expect((await page.goto(consent))?.status()).toBe(401);
    await page.context().close();
  });

  it('CS3: whose guardian has no e-mail gets a form to print', async () => {
    const pair = pairOf('on-paper');
    const page = await typed({ ...pair, guardian: '' });
    await page.check('[name="guardian.onPaper"]');
    expect((await send(page)).status()).toBe(303);
    expect(await mainTextOf(page)).toContain(t('young.thanks.paper'));
    const mail = await mailOf(pair.young, 'en', 'pending-paper');
    await page.goto(/\S+\/consent-form\S*/.exec(mail.text)?.[0] ?? '');
    expect(await mainTextOf(page)).toContain(forum('en').minors?.consents[0]?.agreement);
    expect(await page.locator('article .blank').count()).toBeGreaterThan(3);
    await page.goto(manageLinkIn(mail));
    expect(await headingOf(page)).toBe(t('young.paper.title'));
    await page.context().close();
  });
});

describe('CS12: a chaperone', () => {
  const t = translate('en');

  it('accepts by a press for two, sees how many and never whom; each of them sees that someone is there', async () => {
    const children = [await registerYoung(site, 'First Child'), await registerYoung(site, 'Second Child')];
    const adult = await registerAdult(site, 'Chaperone Sample');
    const { access_token: token } = await signIn(site.system, 'safeguarding');
    for (const { reference } of children) expect(await entrust(token, reference, adult.reference)).toBe(200);
    await mailOf(adult.email, 'en', 'chaperone-request', 2);
    const page = await site.visit({ viewport: PHONE, javaScriptEnabled: false });
    await page.goto(adult.link);
    const words = await mainTextOf(page);
    expect(words).toContain(t('chaperone.asked.text', { minors: 2 }));
    for (const { reference } of children) expect(words).not.toContain(reference);
    expect(words).not.toMatch(/First Child|Second Child/);
    expect((await press(page, 'button[value=chaperone-accept]')).status()).toBe(303);
    expect(await mainTextOf(page)).toContain(t('chaperone.accepted.text', { minors: 2 }));
    for (const { link } of children) {
      await page.goto(link);
      expect(await mainTextOf(page)).toContain(t('chaperone.yours.arranged'));
      expect(await mainTextOf(page)).not.toContain('Chaperone Sample');
    }
    await page.context().close();
  });

  /** As a safeguarding focal point does from the console. @returns the status of the answer */
  async function entrust(token: string, minor: string, chaperone: string): Promise<number> {
    const address = `${site.system.siteUrl}/api/organiser/events/${site.eventId}/minors/${minor}`;
    const why = { [WHY_HEADER]: 'a%20test' };
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...why };
    const { revision } = (await (await fetch(address, { headers })).json()) as { revision: number };
    const body = JSON.stringify({ chaperone, revision });
    return (await fetch(`${address}/chaperone`, { method: 'POST', headers, body })).status;
  }
});
