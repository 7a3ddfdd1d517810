import { readdirSync, readFileSync } from 'node:fs';
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

it('what is pressed is seen to be a button where the system gives the colours', async () => {
  const context = await (await sharedBrowser()).newContext({
    forcedColors: 'active',
    viewport: { width: 360, height: 640 },
  });
  const page = await context.newPage();
  for (const address of ['form', 'delegation-people', 'delegation-people-names', 'manage']) {
    await page.goto(`${site.url}/en/${address}`);
    const pressed = page.locator('main :is(button, .button)').filter({ visible: true });
    const edges = await pressed.evaluateAll((all) =>
      all
        .map((one) => getComputedStyle(one))
        .map((of) => of.borderTopStyle === 'solid' && of.borderTopColor !== of.backgroundColor),
    );
    expect(edges, address).not.toEqual([]);
    expect(edges, address).not.toContain(false);
  }
});

const dist = readdirSync('dist/web/assets');
const styleOf = (name: RegExp): string =>
  readFileSync(`dist/web/assets/${dist.find((each) => name.test(each))}`, 'utf8');

it.each([
  [
    'a page of the console',
    /^first-.*css$/,
    '<header><nav><ul><li><a href="#" aria-current="page">x</a><li><a href="#">x</a></ul></nav></header>',
  ],
  [
    'a choice',
    /^first-.*css$/,
    '<p class="choose"><button aria-pressed="true">x</button><button aria-pressed="false">x</button></p>',
  ],
  [
    'a list',
    /^checkin-.*css$/,
    '<ul class="doors"><li><button class="second" aria-current="true">x</button><li><button class="second">x</button></ul>',
  ],
  [
    'in or out',
    /^checkin-.*css$/,
    '<p class="direction"><label><input type="radio" checked><span>x</span></label><label><input type="radio"><span>x</span></label>',
  ],
])('of %s it is seen which is chosen where the system gives the colours', async (_, style, markup) => {
  const page = await (await (await sharedBrowser()).newContext({ forcedColors: 'active' })).newPage();
  await page.setContent(`<style>${styleOf(style)}</style><main>${markup}</main>`);
  const [chosen, other] = await page.locator('a, button, label > span').evaluateAll((all) => {
    const { backgroundColor: ground } = getComputedStyle(document.body);
    return all
      .map((one) => getComputedStyle(one))
      .map((of) => [
        ...[of.outlineStyle, of.borderColor, of.boxShadow],
        of.backgroundColor.endsWith(', 0)') ? ground : of.backgroundColor,
      ]);
  });
  expect(chosen).not.toEqual(other);
  await page.context().close();
});

it('what came of a press leaves room for the page, however long, where that is enlarged to 400 %', async () => {
  const context = await (await sharedBrowser()).newContext({ viewport: { width: 320, height: 200 } });
  const page = await context.newPage();
  const said = '<div class="result"><p class="note ok">The note of a session with a long title. '.concat(
    'It goes on. '.repeat(20),
  );
  await page.setContent(`<style>${styleOf(/^first-.*css$/)}</style><main>${said}</p></div><h1>x</h1></main>`);
  expect((await page.locator('.result').boundingBox())?.height).toBeLessThanOrEqual(100);
  await context.close();
});

/** The mean of red, green and blue in `rgb(1, 2, 3)`. */
function brightness(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map(Number);
  return (red + green + blue) / 3;
}
