import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SampleSite, serveSamples } from '../support/site-server.ts';
import { closePages, sharedBrowser } from './shared.ts';

let site: SampleSite;
beforeAll(async () => {
  site = await serveSamples();
});
afterAll(async () => {
  await closePages();
  site?.close();
});

it('pages turn dark, but the ticket stays black on white', async () => {
  const page = await (await (await sharedBrowser()).newContext({ colorScheme: 'dark' })).newPage();
  await page.goto(`${site.url}/en/manage`);
  const colour = (selector: string, property: string) =>
    page.locator(selector).evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
  expect(brightness(await colour('body', 'background-color'))).toBeLessThan(50);
  expect(brightness(await colour('body', 'color'))).toBeGreaterThan(200);
  expect(brightness(await colour('.qr svg path:first-of-type', 'fill'))).toBe(255);
  expect(brightness(await colour('.qr svg path:last-of-type', 'fill'))).toBe(0);
});

/** The mean of red, green and blue in `rgb(1, 2, 3)`. */
function brightness(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map(Number);
  return (red + green + blue) / 3;
}
