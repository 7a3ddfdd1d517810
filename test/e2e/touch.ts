import type { Page } from 'playwright-core';

/** Pixels between buttons: a thumb that misses one must not press the other. */
const LEAST_APART = 8;

/** Pixels in height that a thumb needs. */
const LEAST_HIGH = 48;

/** What is pressed and lower than that. Links within a text are exempt (WCAG 2.2, 2.5.8); the rest is pressed with a thumb. */
export const smallTargets = (page: Page): Promise<string[]> =>
  page
    .locator(
      [
        ...['button', '.button', 'summary', 'select', 'textarea', 'fieldset label', 'nav a'],
        ...['input:not(fieldset *, [type=hidden])', 'input:not([type=hidden], [type=radio], [type=checkbox])'],
      ].join(),
    )
    .filter({ visible: true })
    .evaluateAll(
      (all, least) =>
        all.filter((one) => one.getBoundingClientRect().height < least).map((one) => one.outerHTML.slice(0, 80)),
      LEAST_HIGH,
    );

/** Pairs of buttons that are too near to each other, by their words. */
export async function crowded(page: Page): Promise<string[]> {
  const boxes = await page
    .locator('button, .button')
    .filter({ visible: true })
    .evaluateAll((all) => all.map((one) => ({ ...one.getBoundingClientRect().toJSON(), text: one.textContent ?? '' })));
  return boxes.flatMap((one, place) =>
    boxes
      .slice(place + 1)
      .filter((other) => apart(one, other) < LEAST_APART)
      .map((other) => `${one.text} | ${other.text}`),
  );
}

/** Pixels between two boxes, along the axis on which they are further apart. */
const apart = (one: DOMRect, other: DOMRect): number =>
  Math.max(other.top - one.bottom, one.top - other.bottom, other.left - one.right, one.left - other.right);
