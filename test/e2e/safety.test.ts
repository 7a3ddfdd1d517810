import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formFields } from '../support/forum.ts';
import { fillIn, send, sendUnchecked } from './form.ts';
import { mailTo, manageLinkIn } from './inbox.ts';
import { type Pages, registerOnline } from './pages.ts';
import { postForm } from './post.ts';
import { mainTextOf } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { expectUnchanged } from './tables.ts';

const NAME = 'Zebedee Sample';

let site: Site;
let pages: Pages;

beforeAll(async () => {
  site = await openSite();
  pages = await registerOnline(site, { email: 'safe@example.org', fullName: NAME, badgeName: NAME });
});
afterAll(() => site?.stop());

/** Opens pages beside each other, each until it asks for nothing any more, which it has to for half a second. */
async function openEach(
  context: BrowserContext,
  addresses: readonly string[],
  act: (page: Page) => Promise<void> = async () => undefined,
): Promise<void> {
  const open = async (address: string) => {
    const page = await context.newPage();
    await page.goto(address, { waitUntil: 'networkidle' });
    await act(page);
  };
  await Promise.all(addresses.map(open));
}

describe('AB9: hostile text', () => {
  const HOSTILE = {
    fullName: '<script>document.title="owned"</script>Sample',
    badgeName: '"><img src=x onerror=document.title="owned">',
    nativeName: "';document.title='owned'//</style></title>",
    position: '</dd></dl><svg onload=document.title="owned">',
    organisation: '&lt;b&gt; {{7*7}} <b>Sample</b>',
  };

  it('comes back in a refused form, and runs nowhere', async () => {
    const page = await site.visit();
    await page.goto(site.form);
    await fillIn(page, formFields({ ...HOSTILE, honorific: '☺☺' }));
    expect((await send(page)).status()).toBe(422);
    for (const [name, typed] of Object.entries(HOSTILE)) {
      expect(await page.locator(`[name="${name}"]`).inputValue()).toBe(typed);
    }
    expect(await page.title()).not.toBe('owned');
    expect(await page.locator('main img, main svg, main script').count()).toBe(0);
    await page.context().close();
  });

  it('is shown as it was typed on the page of the registration, and stays out of mail', async () => {
    const email = 'hostile@example.org';
    expect((await postForm(site, { ...HOSTILE, email })).status).toBe(303);
    const page = await site.visit();
    const mail = await mailTo(site.system, email);
    for (const typed of Object.values(HOSTILE)) expect(JSON.stringify(mail)).not.toContain(typed.slice(0, 12));
    await page.goto(manageLinkIn(mail));
    const words = await mainTextOf(page);
    for (const typed of Object.values(HOSTILE)) expect(words).toContain(typed);
    expect(await page.title()).not.toBe('owned');
    expect(await page.locator('main img, main script, main b b, main svg[onload]').count()).toBe(0);
    await page.context().close();
  });
});

it('what browsers are served has its licences, to which every page leads', async () => {
  const page = await site.visit();
  await page.goto(site.form.replace('/register', ''));
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/licences.txt')),
    page.getByRole('contentinfo').getByRole('link', { name: 'Licences' }).click(),
  ]);
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, expect.stringMatching(/^text\/plain/)]);
  const text = await answer.text();
  for (const part of ['preact', 'zxing-wasm', 'ZXing-C++', 'idb', 'uqr', 'oauth4webapi', '@fontsource/noto-sans-khmer'])
    expect(text).toContain(part);
  await page.context().close();
});

describe('AB13: what every answer tells the browser', () => {
  it('is respected by the pages themselves: nothing is blocked, nothing fails, nothing comes from elsewhere', async () => {
    const page = await site.visit();
    const complaints: string[] = [];
    const listen = (to: Page): void => {
      to.on('console', (message) => {
        if (message.type() !== 'log') complaints.push(message.text());
      });
      to.on('pageerror', (error) => complaints.push(error.message));
      to.on('request', (request) => {
        if (!request.url().startsWith(site.system.siteUrl)) complaints.push(request.url());
      });
    };
    listen(page);
    page.context().on('page', listen);
    await openEach(page.context(), [
      pages.event,
      pages.form,
      pages.thanks,
      pages.manage,
      pages.join,
      `${pages.manage}?lang=km`,
    ]);
    expect(complaints).toEqual([]);
    await page.goto(pages.form);
    expect((await sendUnchecked(page)).status()).toBe(422);
    // Chromium itself reports the status of a refused form, and whether it or the script was first to focus the summary.
    const own = /status of 422|^Autofocus processing was blocked/;
    expect(complaints.filter((text) => !own.test(text))).toEqual([]);
    await page.context().close();
  });
});

describe('AU2: reading', () => {
  it('changes nothing, by a browser that runs scripts but presses nothing', async () => {
    await expectUnchanged(site, async () => {
      const context = (await site.visit()).context();
      await openEach(context, Object.values(pages), async (page) => {
        await page.mouse.wheel(0, 5_000);
        for (let step = 0; step < 20; step += 1) await page.keyboard.press('Tab');
      });
      await context.close();
    });
  });
});
