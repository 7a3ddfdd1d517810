import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { glyphsOn } from '../support/glyphs/drawn.ts';
import { facesOf, shapedBy, unshapedBy } from '../support/glyphs/faces.ts';
import { Pdf } from '../support/glyphs/pdf.ts';
import { setIn } from '../support/glyphs/set-in.ts';
import { consoleOf, openAs } from './console.ts';
import { postJson } from './post.ts';
import { openSite, type Site } from './site.ts';
import { scan } from './tickets.ts';

/** "Sample", "practice" and the like, which nobody is called, in what is easily spoiled. */
const SCRIPTS = {
  'Khmer, with feet, and vowels and consonants that go before what they follow': ['គំរូ ស្ត្រី', 'ឧទាហរណ៍ ក្រៅ'],
  'Lao, with tones above vowels': ['ຕົວຢ່າງ ນ້ຳ', 'ເຂົ້າ ຊື່'],
  'Burmese, with stacks, and medials around their consonant': ['လေ့ကျင့်ရေး အမြွှာ', 'သက္ကရာဇ် နမူနာ'],
  'Thai, with tones above vowels, and consonants that make room below': ['ตัวอย่าง กตัญญู', 'น้ำปี่ ชื่อ'],
  'Arabic, whose letters join': ['نموذج', 'مثال'],
  'Vietnamese, typed letter by mark': ['Nguyễn Thử'.normalize('NFD'), 'Đặng Nghiệm Mẫu'],
} as const;
const NAMES = Object.values(SCRIPTS).map(([name]) => name.normalize('NFC'));
/** As long as a form takes them. */
const LONG = {
  badgeName: 'ស្ត្រីគំរូ'.repeat(12),
  nativeName: 'ឧទាហរណ៍'.repeat(20),
  position: 'Sample '.repeat(17).trim(),
  organisation: 'Organisation '.repeat(12).trim(),
};
const WORD = `Samplesample${'sample'.repeat(4)}-Name`;

let site: Site;
beforeAll(async () => {
  site = await openSite();
  for (const [index, [badgeName, nativeName]] of Object.values(SCRIPTS).entries())
    await comes(index, { badgeName, nativeName });
  await comes(NAMES.length, LONG);
  await comes(NAMES.length + 1, { badgeName: WORD });
});
afterAll(() => site?.stop());

async function comes(number: number, changes: Record<string, unknown>): Promise<void> {
  expect((await postJson(site, { email: `sample-${number}@example.org`, ...changes })).status).toBe(202);
}

const badgesOn = (page: Page) => page.locator('.badge');

async function printed(page: Page): Promise<Buffer> {
  await page.evaluate(() => document.fonts.ready);
  return page.pdf({ preferCSSPageSize: true });
}

/** What is printed besides badges is in fonts of the machine: of it no more is read than on how many sheets it is. */
const sheetsOf = async (page: Page): Promise<number> => new Pdf(await printed(page)).pages().length;

/** Glyphs of each sheet. @throws Error where a font of the machine draws any of them in a way that the page's own never are */
const glyphsOf = async (page: Page) => glyphsOn(await printed(page));

/** What reaches beyond where it belongs. */
const spilled = (all: Element[]): (string | null)[] =>
  all.flatMap((who) => {
    const [room, ...said] = [who, ...who.children].map((each) => each.getBoundingClientRect());
    const isOut = said.some(
      ({ height, top, bottom }) => height > 0 && (top < (room?.top ?? 0) - 1 || bottom > (room?.bottom ?? 0) + 1),
    );
    return isOut || who.scrollWidth > who.clientWidth ? [who.textContent] : [];
  });

function linesOf(text: Element): number {
  const range = document.createRange();
  range.selectNodeContents(text);
  return new Set([...range.getClientRects()].map(({ top }) => top)).size;
}

describe('badges', () => {
  it('are shown for everyone in the room, each with a code, and printed one to a sheet or four', async () => {
    const page = await openAs(site, 'Organiser', '/badges');
    await badgesOn(page).first().waitFor();
    const count = await badgesOn(page).count();
    expect(count).toBeGreaterThanOrEqual(NAMES.length);
    for (const name of [...NAMES, LONG.badgeName]) expect(await page.getByText(name, { exact: true }).count()).toBe(1);
    expect(await page.getByRole('img', { name: /^Code of/ }).count()).toBe(count);
    expect(await page.getByText('No photo').count()).toBeGreaterThan(0);
    expect(await sheetsOf(page)).toBe(count);
    await page.getByLabel('Paper').selectOption('a4');
    await page.getByRole('button', { name: 'Show the badges' }).click();
    await page.locator('.badges.a4').waitFor();
    expect(await sheetsOf(page)).toBe(Math.ceil(count / 4));
    await page.context().close();
  });

  it('have a font of ours where the console shows a script that is not of its language, too', async () => {
    const page = await openAs(site, 'Organiser', '/programme/opening');
    await page.evaluate(() => document.fonts.ready);
    const loaded = () => [...document.fonts].flatMap(({ family, status }) => (status === 'loaded' ? family : []));
    await expect.poll(() => page.evaluate(loaded)).toEqual(['Scripts']);
    await page.context().close();
  });

  it('draw each script in its own font, as HarfBuzz shapes it', async () => {
    const page = await openAs(site, 'Organiser', '/badges');
    await badgesOn(page).first().waitFor();
    const faces = await facesOf(page, 'Scripts', 'Names');
    const order = await page.locator('.badge .name').allTextContents();
    const sheets = await glyphsOf(page);
    for (const [script, [name, native]] of Object.entries(SCRIPTS)) {
      const glyphs = sheets[order.indexOf(name.normalize('NFC'))] ?? [];
      const shaped = shapedBy(faces, name.normalize('NFC'), 700);
      expect(shaped, script).toEqual(setIn(0, glyphs));
      expect(shapedBy(faces, native, 400), script).toEqual(setIn(1, glyphs));
      // Who draws a glyph for each character as it was typed draws something else.
      const gids = shaped.map(({ gid }) => gid);
      expect(gids, script).not.toContain(0);
      expect(gids, script).not.toEqual(unshapedBy(faces, name, 700));
    }
    // Another file of the same family has the same letters in other widths: that much is noticed.
    await page.locator('.badge .name').evaluateAll((names) => {
      for (const name of names) (name as HTMLElement).style.fontWeight = '400';
    });
    const thin = await glyphsOf(page);
    for (const name of NAMES) {
      expect(shapedBy(faces, name, 700), name).not.toEqual(setIn(0, thin[order.indexOf(name)] ?? []));
    }
    await page.context().close();
  });

  it('are not printed before their fonts are there, or known not to come', async () => {
    // The console's first page needs none of the fonts, so that they can still be kept from it.
    const page = await openAs(site, 'Organiser');
    let giveUp = (): void => {};
    const givenUp = new Promise<void>((resolve) => (giveUp = resolve));
    await page.context().route('**/*.woff2', (route) => givenUp.then(() => route.abort()));
    await page.goto(consoleOf(site, '/badges'));
    await badgesOn(page).first().waitFor();
    await page.evaluate(() => (window.print = () => (document.body.dataset['printed'] = document.fonts.status)));
    const button = page.getByRole('button', { name: 'Print these' });
    await button.click();
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    expect(await page.locator('body[data-printed]').count()).toBe(0);
    giveUp();
    await page.locator('body[data-printed=loaded]').waitFor();
    expect(await page.evaluate(() => [...document.fonts].some(({ status }) => status === 'error'))).toBe(true);
    await page.context().close();
  });

  it('say all that there is to say between band and code, on any paper, and are read', async () => {
    const page = await openAs(site, 'Organiser');
    for (const paper of ['a6', 'label']) {
      const answer = page.waitForResponse((each) => each.url().includes('/api/') && each.url().includes('/badges'));
      await page.goto(consoleOf(site, `/badges?paper=${paper}`));
      const { badges } = (await (await answer).json()) as { badges: { name: string; code: string }[] };
      await badgesOn(page).first().waitFor();
      await page.evaluate(() => document.fonts.ready);
      expect(await page.locator('.who').evaluateAll(spilled), paper).toEqual([]);
      for (const name of [LONG.badgeName, WORD]) {
        const badge = badgesOn(page).filter({ hasText: name });
        expect(await scan(await badge.screenshot())).toBe(badges.find((each) => each.name === name)?.code);
      }
      // A word is set smaller before it is broken: at its hyphen alone.
      expect(await page.getByText(WORD, { exact: true }).evaluate(linesOf)).toBeLessThanOrEqual(2);
    }
    await page.context().close();
  });

  it('are one person’s alone where their reference is typed, and another one with another code where it was lost', async () => {
    const page = await openAs(site, 'Organiser', '/badges');
    await badgesOn(page).first().waitFor();
    const reference = (await page.locator('.badge .code').first().textContent()) ?? '';
    await page.getByLabel('Only this reference').fill(reference);
    await page.getByRole('button', { name: 'Show the badges' }).click();
    await page.getByText('1 badge', { exact: true }).waitFor();
    expect(await badgesOn(page).count()).toBe(1);
    await page.getByLabel('Only this reference').fill('nobody');
    await page.getByRole('button', { name: 'Show the badges' }).click();
    await page.getByText('Nobody fits who comes to the room.').waitFor();
    await page.goto(consoleOf(site, `/badges?reference=${reference}`));
    const lost = await scan(await badgesOn(page).screenshot());
    await page.goto(consoleOf(site, `/registrations/${reference}`));
    await page.getByRole('button', { name: 'Replace the ticket' }).click();
    await page.getByRole('button', { name: 'Replace it now' }).click();
    await page.getByRole('link', { name: 'Print the new badge' }).click();
    await badgesOn(page).waitFor();
    expect(await scan(await badgesOn(page).screenshot())).not.toBe(lost);
    await page.context().close();
  });

  it('CS16: say of someone under 18 the name alone', async () => {
    const page = await openAs(site, 'Organiser');
    // What the API says of someone under 18; that it says no more is for its own test (badges.test.ts).
    const badges = [{ reference: '0000000000', code: '0'.repeat(20), name: 'Young Sample', noPhoto: true }];
    await page.route(/\/api\/.*\/badges\?/, (route) => route.fulfill({ json: { badges, total: 1 } }));
    await page.goto(consoleOf(site, '/badges?reference=0000000000'));
    await badgesOn(page).waitFor();
    const lines = (await page.locator('.badge p').allTextContents()).filter((line) => line !== '');
    const title = (await page.locator('.badge .event').textContent()) ?? '';
    expect(lines).toEqual(['Young Sample', 'No photo', title, '0000000000']);
    expect(await badgesOn(page).textContent()).toBe(lines.join(''));
    expect(await scan(await badgesOn(page).screenshot())).toBe('0'.repeat(20));
    await page.context().close();
  });

  it('are a list for a power cut, and badges with numbers, on few sheets', async () => {
    const page = await openAs(site, 'Organiser', '/badges?paper=list');
    const rows = page.locator('.door-list tbody tr');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(NAMES.length + 2);
    expect(await page.getByRole('columnheader', { name: 'Temporary badge' }).count()).toBe(1);
    expect(await sheetsOf(page)).toBe(1);
    await page.getByLabel('Paper').selectOption('temporary');
    await page.getByRole('button', { name: 'Show the badges' }).click();
    await page.getByText('T-032', { exact: true }).waitFor();
    expect(await sheetsOf(page)).toBe(8);
    await page.context().close();
  });
});
