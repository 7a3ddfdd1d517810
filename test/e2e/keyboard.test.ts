import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formFields } from '../support/forum.ts';
import { type Fields, ready } from './form.ts';
import { mailTo } from './inbox.ts';
import { headingOf } from './reading.ts';
import { openSite, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

describe.each([
  { scripts: 'with JavaScript', javaScriptEnabled: true },
  { scripts: 'without JavaScript', javaScriptEnabled: false },
])('a keyboard alone, $scripts', ({ javaScriptEnabled }) => {
  it('skips to the content, shows where it is, fills in the form and sends it', async () => {
    const email = `keyboard-${javaScriptEnabled}@example.org`;
    const page = await site.visit({ javaScriptEnabled });
    await page.goto(site.form);
    await ready(page);
    await page.keyboard.press('Tab');
    const skip = page.locator('.skip');
    expect(await skip.evaluate((link) => link === document.activeElement)).toBe(true);
    expect((await skip.boundingBox())?.x).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');

    await answerByKeyboard(page, formFields({ email, country: 'TH', mode: 'online' }));
    const posted = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.keyboard.press('Enter');
    expect((await posted).status()).toBe(303);
    await page.waitForURL(/thanks/);
    expect(await headingOf(page)).toBe('Your form has arrived: check your inbox');
    expect((await mailTo(site.system, email)).subject).toMatch(/registered/);
    await page.context().close();
  });
});

interface Focused {
  readonly name: string;
  readonly value: string;
  readonly kind: string;
  /** Of its group, if it is a radio button. */
  readonly choices: readonly string[];
  readonly outline: string;
  /** Whether it is the button that sends the form, rather than the one to the next step. */
  readonly sends: boolean;
}

/** More stops than the form has. */
const MOST_STOPS = 120;

/** Tab by Tab through the form, answering what is asked, until the button has the focus. */
async function answerByKeyboard(page: Page, fields: Fields): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    expect(at.outline, `focus on ${at.name} is seen`).not.toBe('none');
    if (at.kind === 'submit' && at.sends) return;
    if (at.kind === 'submit') await page.keyboard.press('Enter');
    const wanted = fields.filter(([name]) => name === at.name).map(([, value]) => value);
    if (wanted.length > 0) await answer(page, at, wanted);
  }
  throw new Error('the button was never reached');
}

async function answer(page: Page, { kind, value, choices }: Focused, wanted: readonly string[]): Promise<void> {
  const [first = ''] = wanted;
  if (kind === 'radio') {
    await page.keyboard.press('Space');
    for (let step = choices.indexOf(value); step < choices.indexOf(first); step += 1) {
      await page.keyboard.press('ArrowDown');
    }
  } else if (kind === 'checkbox') {
    if (wanted.includes(value)) await page.keyboard.press('Space');
  } else if (kind === 'select-one') {
    await pickByTyping(page, 'Thailand', first);
  } else {
    await page.keyboard.type(first);
  }
}

/** Letters that come too slowly one after another are taken for words of their own. */
async function pickByTyping(page: Page, words: string, value: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await page.keyboard.type(words);
    if ((await focused(page)).value === value) return;
    await sleep(2000);
  }
  throw new Error(`${words} cannot be picked by typing`);
}

const focused = (page: Page): Promise<Focused> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement;
    const group = document.querySelectorAll<HTMLInputElement>(`[type=radio][name="${element.name}"]`);
    return {
      name: element.name ?? '',
      value: element.value ?? '',
      kind: element.type ?? '',
      choices: [...group].map((radio) => radio.value),
      outline: getComputedStyle(element).outlineStyle,
      sends: 'sending' in element.dataset,
    };
  });
