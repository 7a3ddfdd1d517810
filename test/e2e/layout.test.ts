import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overflowing } from './inspect.ts';
import { type Pages, PERSONAL, registerOnline } from './pages.ts';
import { openSite, type Site } from './site.ts';

let site: Site;
let pages: Pages;
beforeAll(async () => {
  site = await openSite();
  // As long as names come, and without a place to break.
  pages = await registerOnline(site, { email: `${'a'.repeat(60)}@layout.test`, fullName: 'W'.repeat(100) });
});
afterAll(() => site?.stop());

/** CSS pixels: 1280 at 400 %, a cheap phone, 1280 at 200 % (WCAG 1.4.4, 1.4.10). */
const WIDTHS = [320, 360, 640];

describe.each(['en', 'km'])('pages in %s', (language) => {
  // What is the same for everyone is looked at by `site-sweep.ts`.
  it.each(PERSONAL)('about somebody with a long name fit any width without scrolling sideways: %s', async (name) => {
    const page = await site.visit();
    await page.goto(`${pages[name]}?lang=${language}`);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 640 });
      expect(await overflowing(page), `${width} px`).toEqual([]);
    }
    await page.context().close();
  });
});

describe('in the dark', () => {
  it('pages turn dark, but the ticket stays black on white', async () => {
    const page = await site.visit({ colorScheme: 'dark' });
    await page.goto(pages.manage);
    const colour = (selector: string, property: string) =>
      page.locator(selector).evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
    expect(brightness(await colour('body', 'background-color'))).toBeLessThan(50);
    expect(brightness(await colour('body', 'color'))).toBeGreaterThan(200);
    expect(brightness(await colour('.qr svg path:first-of-type', 'fill'))).toBe(255);
    expect(brightness(await colour('.qr svg path:last-of-type', 'fill'))).toBe(0);
    await page.context().close();
  });
});

/** The mean of red, green and blue in `rgb(1, 2, 3)`. */
function brightness(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map(Number);
  return (red + green + blue) / 3;
}
