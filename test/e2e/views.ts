import type { Page } from 'playwright-core';
import { overflowing, violations, violationsOfStyle, violationsOfWords } from './inspect.ts';

/** Colours do not depend on the width, nor the layout on the scheme: two views see all four. What a page is made of is the same in both. */
export const VIEWS = [
  { width: 360, colorScheme: 'dark', inspect: violations },
  { width: 1280, colorScheme: 'light', inspect: violationsOfStyle },
] as const;

const HEIGHT = 740;

export async function show(page: Page, { width, colorScheme }: Omit<(typeof VIEWS)[number], 'inspect'>): Promise<void> {
  await page.setViewportSize({ width, height: HEIGHT });
  await page.emulateMedia({ colorScheme });
}

/** Whether a page that is so wide does not scroll sideways. */
export const fits = async (page: Page, width: number): Promise<boolean> =>
  (await page.evaluate(() => document.documentElement.scrollWidth)) === width;

/** What reaches beyond the window at 200 % of the size of text; afterwards text is as large as before. */
export async function overflowingWhenLarge(page: Page): Promise<string[]> {
  const resize = (size: string) =>
    page.evaluate((value) => document.documentElement.style.setProperty('font-size', value), size);
  await page.setViewportSize({ width: 640, height: HEIGHT });
  await resize('200%');
  const found = await overflowing(page);
  await resize('');
  return found;
}

/** All that is wrong with what a page shows now, in any view: rules of accessibility that it breaks, and what does not fit. */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults = await overflowingWhenLarge(page);
  for (const view of VIEWS) {
    await show(page, view);
    faults.push(...(await overflowing(page)), ...(await view.inspect(page)));
  }
  return faults;
}

/** What may be wrong in one language alone with what was looked at in another: what does not fit, and words that are missing. */
export async function faultsOfWords(page: Page): Promise<string[]> {
  const faults = await overflowingWhenLarge(page);
  for (const view of [...VIEWS].reverse()) {
    await show(page, view);
    faults.push(...(await overflowing(page)));
  }
  return [...faults, ...(await violationsOfWords(page))];
}

/** Goes on by Tab to what begins with these words, and presses a key there. @throws Error where no way leads to it */
export async function pressAt(page: Page, words: string, key: string): Promise<void> {
  for (let times = 0; times < 60; times += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    });
    if (focused.startsWith(words)) return page.keyboard.press(key);
  }
  throw new Error(`no way to ${words} by keyboard`);
}
