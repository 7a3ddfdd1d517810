import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { RunOnly, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** Minified, it is read in half the time. */
const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Only what is broken is worked out: to name everything that is as it should be takes as long as to look for what is not. */
const ONLY_BROKEN: RunOptions = {
  resultTypes: ['violations'],
  reporter: 'no-passes',
  // Only sounds and films that play by themselves need to be fetched beforehand, and pages have none.
  preload: false,
};

/** Has a tab that many pages are looked at in bring the rules along: compiled once, they cost each page a third of what they do else. */
export const bringRules = (page: Page) =>
  page.addInitScript({ content: `if (location.protocol !== 'about:') { ${SOURCE} }` });

/** Contrast is looked at by itself: it takes longer than all other rules, and alike texts have it alike. */
const CONTRAST = 'color-contrast';

/** Rules of accessibility that a page breaks as it is now, but of contrast, with where. No page of ours frames another. @param runOnly which are looked at */
export async function brokenRules(page: Page, runOnly: RunOnly): Promise<string[]> {
  await bring(page);
  return page.evaluate(
    async (options) => {
      const { violations } = await window.axe.run(document, options);
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
    },
    { ...ONLY_BROKEN, runOnly, rules: { [CONTRAST]: { enabled: false } } },
  );
}

/** How texts look that have contrast enough. Files of a worker share it. */
const withContrast = new Set<string>();

/**
 * Texts without contrast enough: one of those that look alike, as contrast depends on their own colour and size, and on what each element
 * around them draws behind them.
 *
 * @returns undefined where all look as others that have it
 */
export async function brokenContrast(page: Page): Promise<string[] | undefined> {
  await bring(page);
  const { looks, faults } = await page.evaluate(
    async ([known, options]) => {
      const drawn = new Map<Element, string>();
      const behind = (one: Element | null): string => {
        if (one === null) return '';
        const before = drawn.get(one);
        if (before !== undefined) return before;
        const { backgroundColor, backgroundImage, opacity, position, filter, mixBlendMode } = getComputedStyle(one);
        const own = [backgroundColor, backgroundImage, opacity, position, filter, mixBlendMode].join();
        const around = behind(one.parentElement);
        const all = own === 'rgba(0, 0, 0, 0),none,1,static,none,normal' ? around : `${around};${own}`;
        drawn.set(one, all);
        return all;
      };
      const hasText = (one: Element): boolean =>
        one.matches('input, select, textarea') ||
        [...one.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.textContent?.trim() !== '');
      const lookOf = (one: Element): string => {
        const { color, fontSize, fontWeight, textShadow } = getComputedStyle(one);
        const isOff = one.matches(':disabled, [aria-disabled=true]');
        return [isOff, color, fontSize, fontWeight, textShadow, behind(one)].join();
      };
      const fresh = new Map<string, Element>();
      for (const one of document.body.querySelectorAll('*')) {
        if (!hasText(one) || !one.checkVisibility({ visibilityProperty: true })) continue;
        const look = lookOf(one);
        if (!known.includes(look)) fresh.set(look, one);
      }
      if (fresh.size === 0) return { looks: [], faults: [] };
      const { violations } = await window.axe.run({ include: [...fresh.values()] }, options);
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
      return { looks: [...fresh.keys()], faults: found };
    },
    [[...withContrast], { ...ONLY_BROKEN, runOnly: CONTRAST }] as const,
  );
  if (faults.length === 0) for (const look of looks) withContrast.add(look);
  return looks.length === 0 ? undefined : faults;
}

/** A page that was looked at before still has the rules, until another is opened. */
async function bring(page: Page): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
}

declare global {
  interface Window {
    axe: typeof import('axe-core');
  }
}
