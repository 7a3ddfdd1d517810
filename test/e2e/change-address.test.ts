import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailWords } from '../../shared/kernel/i18n/mail.store.ts';
import { forum, translate } from '../support/site-pages.ts';
import { press } from './guardian.ts';
import { mailsTo, mailTo, manageLinkIn } from './inbox.ts';
import { postForm } from './post.ts';
import { headingOf, mainTextOf, shown } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { expectUnchanged, settledTables } from './tables.ts';

const PHONE = { width: 360, height: 740 };

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

/** The link by which an address is confirmed, or its change undone. */
const addressLinkIn = ({ text }: { readonly text: string }): string => /\S+\/a\/[\w.?=-]+/.exec(text)?.[0] ?? '';

// Each language and each way once: what pages are in both languages is looked at by `site-sweep.ts`.
describe.each([
  { language: 'en', script: false },
  { language: 'km', script: true },
])('AU4: an attendee changes their address in $language, JavaScript: $script', ({ language, script }) => {
  const t = translate(language);
  const words = mailWords(language);
  const [old, next] = [`old@address-${language}.test`, `new@address-${language}.test`];
  const title = { event: forum(language).shortTitle ?? '' };
  let page: Page;
  let manage: string;
  let undo: string;

  beforeAll(async () => {
    page = await site.visit({ javaScriptEnabled: script, viewport: PHONE, locale: language });
    expect((await postForm(site, { email: old, language, mode: 'online' })).status).toBe(303);
    manage = manageLinkIn(await mailTo(site.system, old));
  });
  afterAll(() => page?.context().close());

  it('from their page, by a code in a mail to the address that they have', async () => {
    await page.goto(`${manage}?lang=${language}`);
    await page.getByRole('link', { name: t('address.title') }).click();
    expect(await headingOf(page)).toBe(t('address.title'));
    expect(await mainTextOf(page)).toContain(t('address.lead', { email: old }));
    expect((await press(page, 'main button[value=code]')).status()).toBe(303);
    expect(await mainTextOf(page)).toContain(t('address.sent'));
    expect((await mailTo(site.system, old, 2)).subject).toBe(words('address-code.subject', title));
  });

  it('is told what is wrong beside the fields, and asked which address is meant', async () => {
    const ask = 'main button[value=write]';
    await page.locator('[name=code]').fill('0000-0000-0000');
    await page.locator('[name=email]').fill(old);
    expect((await press(page, ask)).status()).toBe(422);
    expect(await shown(page.locator('#code-error'))).toContain(t('field.code-not-valid'));
    const { text } = await mailTo(site.system, old, 2);
    const code = /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/m.exec(text)?.[0] ?? '';
    await page.locator('[name=code]').fill(code);
    expect((await press(page, ask)).status()).toBe(422);
    expect(await shown(page.locator('#email-error'))).toContain(t('field.own-address'));
    expect(await page.locator('[name=code]').inputValue()).toBe(code);
    await page.locator('[name=email]').fill('sokha@gmial.com');
    expect((await press(page, ask)).status()).toBe(200);
    expect(await shown(page.locator('.errors'))).toContain(t('register.email.meant', { address: 'sokha@gmail.com' }));
    // The address that is typed after all is another one: what was asked of the first is not asked of it.
    await page.locator('[name=email]').fill(next);
    expect((await press(page, ask)).status()).toBe(303);
    expect(await shown(page.locator('.typed'))).toBe(next);
    expect(await mailsTo(site.system, 'sokha@gmail.com')).toEqual([]);
  });

  it('and by a press on the page that a mail to the new one leads to, which opening alone does not do', async () => {
    const mail = await mailTo(site.system, next);
    expect(mail.subject).toBe(words('address-confirm.subject', title));
    expect(mail.text).not.toContain('/m/');
    await page.goto(addressLinkIn(mail));
    expect(await headingOf(page)).toBe(t('address.confirm.title'));
    await expectUnchanged(site, async () => {
      await page.reload();
    });
    expect((await press(page, 'main button[value=confirm]')).status()).toBe(303);
    expect(page.url()).toContain('/m/');
    expect(await mainTextOf(page)).toContain(t('self.done.address'));
    expect(await mainTextOf(page)).toContain(next);
    expect((await page.goto(manage))?.status()).toBe(401);
  });

  it('the old one is told, and the page changes it no more while that one may undo it', async () => {
    const told = await mailTo(site.system, old, 3);
    expect(told.subject).toBe(words('address-changed.subject', title));
    expect(told.text).not.toContain(next);
    undo = addressLinkIn(told);
    const current = manageLinkIn(await mailTo(site.system, next, 2));
    await page.goto(`${current}/address?lang=${language}`);
    expect(await shown(page.locator('.note'))).not.toBe('');
    expect(await page.locator('main button').count()).toBe(0);
  });

  it('and undoes it by one press, which leads to the page of the registration', async () => {
    await page.goto(undo);
    expect(await headingOf(page)).toBe(t('address.undo.title'));
    await expectUnchanged(site, async () => {
      await page.reload();
    });
    expect((await press(page, 'main button[value=undo]')).status()).toBe(303);
    expect(await mainTextOf(page)).toContain(t('self.done.address-undone'));
    expect(await mainTextOf(page)).toContain(old);
    await settledTables(site);
    const [lost] = await mailsTo(site.system, next);
    expect([lost?.subject, addressLinkIn(lost ?? { text: '' })]).toEqual([
      words('address-changed.undone.subject', title),
      '',
    ]);
    await page.goto(undo);
    expect(await headingOf(page)).toBe(t('address.undone.title'));
  });
});
