import type { Page } from 'playwright-core';
import { overflowing, violations, violationsOfStyle, violationsOfWords } from './inspect.ts';

/**
 * Colours do not depend on the width, nor the layout on the scheme: two views see all four. What a page is made of is the same in
 * both.
 */
export const VIEWS = [
  { width: 360, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
] as const;
type View = (typeof VIEWS)[number];

const HEIGHT = 740;

/** Pixels between buttons: a thumb that misses one must not press the other. */
const LEAST_APART = 8;

/** Pixels in height that a thumb needs. */
const LEAST_HIGH = 48;

/** Both at once, so that it is laid out and drawn once. */
export async function show(page: Page, { width, colorScheme }: View): Promise<void> {
  await Promise.all([page.setViewportSize({ width, height: HEIGHT }), page.emulateMedia({ colorScheme })]);
}

/**
 * All that is wrong with what a page shows now: rules of accessibility that it breaks in either view, what does not fit, also at 1280
 * pixels that are enlarged to 400 % (WCAG 1.4.10), with letters apart (1.4.12) or at 200 % of the size of text (1.4.4), what a thumb misses
 * on a phone, and where the keyboard goes unseen. What is in another language than English was looked at in English: of rules, those are
 * that words may break.
 *
 * @param views in which it is looked at whether all fits; in the others that was seen in another language
 */
export async function faultsOf(page: Page, views: readonly View[] = VIEWS): Promise<string[]> {
  const [phone, desk] = VIEWS;
  const isEnglish = (await languageOf(page)) === 'en';
  await show(page, phone);
  const faults = await (isEnglish ? violations(page) : violationsOfWords(page));
  if (views.includes(phone)) faults.push(...(await overflowing(page)), ...(await missedByThumbs(page)));
  if (isEnglish) {
    // The browser shows a focus that scripts move where keys moved it before.
    await page.keyboard.press('Tab');
    faults.push(...(await unseenFocus(page)));
  }
  if (views.includes(phone)) {
    await page.setViewportSize({ width: 320, height: HEIGHT });
    faults.push(...(await overflowing(page)), ...(await overflowingWhenApart(page)));
    await page.setViewportSize({ width: 640, height: HEIGHT });
    faults.push(...(await overflowing(page, '200%')));
  }
  await show(page, desk);
  if (views.includes(desk)) faults.push(...(await overflowing(page)));
  if (isEnglish) faults.push(...(await violationsOfStyle(page)));
  return faults;
}

/**
 * The language of a page, once it is all there: the console keeps what is below unseen for up to half a second, its heading among it. What
 * finds elements for the driver is not asked: a page that nothing else brings it to would take it in first, for 40 ms of the processor.
 */
const languageOf = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    while (document.querySelector('.awaited') !== null) await new Promise(requestAnimationFrame);
    return document.documentElement.lang;
  });

/** In a page, before its scripts: adds up how far what is seen moves by itself (the browser's layout shift, parts of the window). */
export function watchShifts(): void {
  const seen = globalThis as never as { shifted: string[] };
  seen.shifted = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { value, sources } = entry as never as { value: number; sources: { node: Node | null }[] };
      // Six pixels of one button, whose font came, are told too; nobody sees them.
      if (value < 0.000_2) continue;
      const moved = sources.map(({ node }) =>
        (node instanceof Element ? node.outerHTML : node?.textContent)?.slice(0, 80),
      );
      seen.shifted.push(`moved by itself: ${value.toFixed(4)} ${moved.join(' | ')}`);
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

/** What moved of a page that is watched while it was opened, in one of the views. */
export async function movedIn(page: Page, view: View, open: () => Promise<unknown>): Promise<string[]> {
  // What was there before is not laid out anew.
  await page.goto('about:blank');
  await show(page, view);
  await open();
  return page.evaluate(async () => {
    // The browser tells of what it has painted.
    for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
    return (globalThis as never as { shifted: string[] }).shifted;
  });
}

/** What reaches beyond the window with letters, words and lines as far apart as readers may set them; afterwards they are as before. */
async function overflowingWhenApart(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    const apart = new CSSStyleSheet();
    apart.replaceSync(`
      * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
      p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets.push(apart);
  });
  const found = await overflowing(page);
  await page.evaluate(() => void document.adoptedStyleSheets.pop());
  return found.map((each) => `with letters apart: ${each}`);
}

/**
 * Pairs of buttons that are too near to each other, by their words, and what is pressed and too low. Links within a text are exempt (WCAG
 * 2.2, 2.5.8); boxes that are ticked are pressed by their label too.
 */
const missedByThumbs = (page: Page): Promise<string[]> =>
  page.evaluate(
    ([apart, high]) => {
      const seen = (selector: string): HTMLElement[] =>
        [...document.querySelectorAll<HTMLElement>(selector)].filter(
          (one) =>
            one.checkVisibility({ visibilityProperty: true }) &&
            one.getBoundingClientRect().width > 0 &&
            one.closest('[inert]') === null,
        );
      const heightOf = (one: Element): number => one.getBoundingClientRect().height;
      const buttons = seen('button, .button').map((one) => ({
        box: one.getBoundingClientRect(),
        text: one.textContent,
      }));
      const between = (one: DOMRect, other: DOMRect): number =>
        Math.max(other.top - one.bottom, one.top - other.bottom, other.left - one.right, one.left - other.right);
      const crowded = buttons.flatMap(({ box, text }, place) =>
        buttons
          .slice(place + 1)
          .filter((other) => between(box, other.box) < apart)
          .map((other) => `too near: ${text} | ${other.text}`),
      );
      const fields = 'input:not([type=hidden], [type=radio], [type=checkbox], [type=file])';
      const pressed = seen(
        ['button', '.button', 'summary', 'select', 'textarea', 'fieldset label', 'nav a', fields].join(),
      );
      const ticked = seen('input:is([type=radio], [type=checkbox])') as HTMLInputElement[];
      const small = [
        ...pressed.filter((one) => heightOf(one) < high),
        ...ticked.filter((one) => Math.max(...[one, ...(one.labels ?? [])].map(heightOf)) < high),
      ];
      return [...crowded, ...small.map((one) => `too low: ${one.outerHTML.slice(0, 200)}`)];
    },
    [LEAST_APART, LEAST_HIGH] as const,
  );

/** What Tab leads to and is not seen to have the focus; the focus is where it was afterwards. */
const unseenFocus = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isSeen = (one: Element): boolean => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
    };
    const before = document.activeElement;
    const places = 'a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex]';
    const unseen = [...document.querySelectorAll<HTMLElement>(places)]
      .filter(
        (one) =>
          one.tabIndex >= 0 &&
          !one.matches(':disabled, [inert] *') &&
          one.checkVisibility({ visibilityProperty: true }),
      )
      .filter((one) => {
        one.focus({ preventScroll: true });
        if (document.activeElement !== one) return true;
        // What is drawn in place of a field that is not drawn itself.
        const drawn = one.getBoundingClientRect().width > 1 ? one : one.closest('label');
        // Below and above is scrolled to; what is beside the page never comes into sight.
        return drawn === null || !isSeen(drawn) || drawn.getBoundingClientRect().right <= 0;
      })
      .map((one) => `focus unseen: ${one.outerHTML.slice(0, 200)}`);
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    return unseen;
  });

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

/** Fields that held such digits, as they are written. Files of a worker share it. */
const holding = new Set<string>();

/**
 * What does not hold digits in Khmer as keys bring them: browsers' own fields for numbers, days and times drop them unseen. Each field that
 * can be typed into is tried once, however many pages have it, and holds afterwards what it held.
 */
export async function droppedDigits(page: Page): Promise<string[]> {
  const typed = '៤២';
  const written = await page.evaluate(typedInto, undefined);
  const untried = [...written.entries()].filter(([place, one]) => !holding.has(one) && written.indexOf(one) === place);
  if (untried.length === 0) return [];
  const keys = await page.context().newCDPSession(page);
  const dropped: string[] = [];
  for (const [place, one] of untried) {
    await page.evaluate(typedInto, place);
    for (const text of typed) {
      await keys.send('Input.dispatchKeyEvent', { type: 'keyDown', key: text, text });
      await keys.send('Input.dispatchKeyEvent', { type: 'keyUp', key: text });
    }
    if ((await page.evaluate(endTyping)) === typed) holding.add(one);
    else dropped.push(one.slice(0, 200));
  }
  await keys.detach();
  return dropped;
}

interface Typing {
  readonly field: HTMLInputElement;
  readonly held: string;
}

/**
 * In a page: the fields that people type into, as opposed to those that are chosen from or opened by a button beside them.
 *
 * @param place of the one that is emptied, to be typed into
 * @returns how each is written
 */
function typedInto(place?: number): string[] {
  const chosen = ['radio', 'checkbox', 'file', 'hidden', 'submit', 'range', 'color'];
  const fields = [...document.querySelectorAll<HTMLInputElement>('input:enabled:not([aria-hidden=true])')].filter(
    (one) =>
      !chosen.includes(one.type) &&
      one.checkVisibility({ visibilityProperty: true }) &&
      one.getBoundingClientRect().width > 0,
  );
  const field = fields[place ?? -1];
  if (field !== undefined) {
    globalThis.typing = { field, held: field.value };
    field.focus();
    field.value = '';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  return fields.map((one) => (one.cloneNode() as Element).outerHTML.replace(/ (?:value|id|aria-[a-z]+)="[^"]*"/g, ''));
}

/** In a page: what the field holds that was typed into; it holds afterwards what it held. */
function endTyping(): string {
  const { field, held } = globalThis.typing;
  const { value } = field;
  field.value = held;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  return value;
}

declare global {
  var typing: Typing;
}
