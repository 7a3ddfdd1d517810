import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyAsMedia, openAs, resultOf } from './console.ts';
import { mailTo } from './inbox.ts';
import { shown } from './reading.ts';
import { openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

const codeOn = async (page: Page): Promise<string> => {
  const code = page.locator('.once .code').first();
  await code.waitFor();
  return shown(code);
};

const rowOf = (page: Page, label: string) => page.getByRole('row').filter({ hasText: label });

describe('invitation codes', () => {
  it('are made, shown once, let someone in without a decision, and can be revoked', async () => {
    const page = await openAs(site, 'Organiser', '/codes');
    await page.getByText('There are no codes yet.').waitFor();
    await page.getByRole('button', { name: 'Make a code' }).click();
    await page.getByLabel('For whom').fill('Sample Daily newsroom');
    await page.getByLabel('How many people').fill('၂');
    await page.getByLabel('Only for the group').selectOption('media');
    await page.getByRole('button', { name: 'Make the code' }).click();
    expect(await resultOf(page)).toMatch(/shown only this once/);
    const invitation = await codeOn(page);
    expect(invitation).toMatch(/^(\w{4}-){2}\w{4}$/);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy' }).last().click();
    await page.getByText('The link is copied.').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
      new RegExp(`register\\?code=${invitation}$`),
    );
    await applyAsMedia(site, 'in@daily.example.org', { invitation });
    expect((await mailTo(site.system, 'in@daily.example.org')).subject).toMatch(/registered/);
    await page.reload();
    await rowOf(page, 'Sample Daily').getByText('1 of 2').waitFor();
    expect(await page.getByRole('main').textContent()).not.toContain(invitation);
    await page.getByRole('button', { name: 'Revoke the code for Sample Daily newsroom' }).click();
    await page.getByRole('button', { name: 'Revoke it now' }).click();
    expect(await resultOf(page)).toMatch(/lets nobody in any more/);
    await rowOf(page, 'Sample Daily').getByText('Revoked').waitFor();
    await expect(applyAsMedia(site, 'out@daily.example.org', { invitation })).rejects.toThrow('422');
    await page.context().close();
  });

  it('that nobody could use are refused at their fields', async () => {
    const page = await openAs(site, 'Organiser', '/codes');
    await page.getByRole('button', { name: 'Make a code' }).click();
    await page.getByRole('button', { name: 'Make the code' }).click();
    await page.getByRole('alert').getByRole('link', { name: 'For whom: Please answer this.' }).waitFor();
    await page.getByLabel('For whom').fill('Nobody');
    await page.getByLabel('How many people').fill('0');
    await page.getByRole('button', { name: 'Make the code' }).click();
    await page
      .getByRole('alert')
      .getByRole('link', { name: /^How many people/ })
      .waitFor();
    await page.getByLabel('How many people').fill('1');
    await page.getByLabel('Valid until').fill('2020-01-01T00:00');
    await page.getByLabel('Only for the email address').fill('nobody');
    await page.getByRole('button', { name: 'Make the code' }).click();
    await page
      .getByRole('alert')
      .getByRole('link', { name: /^Valid until/ })
      .waitFor();
    await page
      .getByRole('alert')
      .getByRole('link', { name: /^Only for the email address/ })
      .click();
    expect(await page.getByLabel('Only for the email').evaluate((field) => field === document.activeElement)).toBe(
      true,
    );
    await page.context().close();
  });
});
