import type { RunOnly } from 'axe-core';
import type { Page } from 'playwright-core';
import { brokenContrast, brokenRules } from './axe.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Those that a style may break, with contrast: all others ask what a page is made of, whatever its width and colours. */
const OF_STYLE = ['link-in-text-block', 'target-size', 'scrollable-region-focusable'];

/** Those that words may break, or how much room they take: all that a page in another language may do otherwise. */
const OF_WORDS = [
  ...['document-title', 'empty-heading', 'link-name', 'button-name', 'label', 'select-name', 'image-alt'],
  ...['html-has-lang', 'html-lang-valid', 'valid-lang', 'target-size', 'scrollable-region-focusable'],
];

/** Rules of accessibility that the page breaks, with where. */
export const violations = async (page: Page): Promise<string[]> => [
  ...(await broken(page, { type: 'tag', values: RULES })),
  ...((await brokenContrast(page)) ?? []),
  ...(await sharedIds(page)),
];

/** Ids that several elements have: the label of one is then read, and leads, to another. No rule asks where labels alone name them. */
const sharedIds = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    return ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `several have the id ${id}`);
  });

/** Of the rules that depend on how it is shown, in another view of a page that was looked at whole: where anything is new there. */
export async function violationsOfStyle(page: Page): Promise<string[]> {
  const contrast = await brokenContrast(page);
  if (contrast === undefined && !(await scrolls(page))) return [];
  return [...(await broken(page, { type: 'rule', values: OF_STYLE })), ...(contrast ?? [])];
}

/** Whether anything within the page scrolls by itself. */
const scrolls = (page: Page): Promise<boolean> =>
  page.evaluate(() =>
    [...document.body.querySelectorAll('*')].some(
      (one) => one.scrollWidth > one.clientWidth && /auto|scroll/.test(getComputedStyle(one).overflowX),
    ),
  );

/** Of the rules that depend on words, in another language of a page that was looked at whole. */
export const violationsOfWords = (page: Page): Promise<string[]> => broken(page, { type: 'rule', values: OF_WORDS });

async function broken(page: Page, rules: RunOnly): Promise<string[]> {
  await drawAll(page);
  return brokenRules(page, rules);
}

/** What is off the screen may be left undrawn until it is scrolled to; the rules are about what is drawn. */
const drawAll = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const element of document.querySelectorAll('*')) {
      if (!(element instanceof HTMLElement) || getComputedStyle(element).contentVisibility !== 'auto') continue;
      element.style.contentVisibility = 'visible';
    }
  });

/** What reaches beyond the right edge of the window. @param textSize of all text, which is as large as before afterwards */
export const overflowing = (page: Page, textSize = ''): Promise<string[]> =>
  page.evaluate((size) => {
    const root = document.documentElement;
    root.style.fontSize = size;
    const { scrollWidth, clientWidth } = root;
    const beyond =
      scrollWidth <= clientWidth
        ? []
        : [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > clientWidth);
    root.style.fontSize = '';
    return beyond.map((one) => `${one.tagName} ${one.className} ${one.textContent?.slice(0, 40)}`);
  }, textSize);
