import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendUnchecked } from './form.ts';
import { overflowing } from './inspect.ts';
import { type Pages, registerOnline } from './pages.ts';
import { type Site, startSite } from './site.ts';

let site: Site;
let pages: Pages;
beforeAll(async () => {
  site = await startSite();
  // As long as names come, and without a place to break.
  pages = await registerOnline(site, { email: `${'a'.repeat(60)}@layout.test`, fullName: 'W'.repeat(100) });
});
afterAll(() => site?.stop());

/** CSS pixels: 1280 at 400 %, a cheap phone, 1280 at 200 % (WCAG 1.4.4, 1.4.10). */
const WIDTHS = [320, 360, 640];

describe.each(['en', 'km'])('pages in %s', (language) => {
  it.each(WIDTHS)('fit a width of %i without scrolling sideways', async (width) => {
    const page = await site.visit({ viewport: { width, height: 640 } });
    for (const address of Object.values(pages)) {
      await page.goto(`${address}?lang=${language}`);
      expect(await overflowing(page), address).toEqual([]);
    }
    await page.goto(`${pages.form}?lang=${language}`);
    expect((await sendUnchecked(page)).status()).toBe(422);
    expect(await overflowing(page), 'the refused form').toEqual([]);
    await page.context().close();
  });

  it('give fingers room: 48 pixels for whatever is pressed, links in text aside', async () => {
    const page = await site.visit({ viewport: { width: 360, height: 740 } });
    await page.goto(`${pages.form}?lang=${language}`);
    const small = await page
      .locator('button, select, input:not([type=hidden], [type=radio], [type=checkbox]), fieldset label, nav a')
      .evaluateAll((targets) =>
        targets
          .filter((target) => target.getClientRects().length > 0 && target.getBoundingClientRect().height < 48)
          .map((target) => target.outerHTML.slice(0, 80)),
      );
    expect(small).toEqual([]);
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
