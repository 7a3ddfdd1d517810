import fc from 'fast-check';
import { Blob, Face, Font } from 'harfbuzzjs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Certificate,
  type Certificates,
  openCertificates,
} from '../../shared/certificates/document/certificate.ts';
import type { FontFile } from '../../shared/certificates/document/font.ts';
import { UndrawnLetters } from '../../shared/certificates/document/set-text.ts';
import { leastOf } from '../support/best-of.ts';
import { certificateFonts, longestName, NAMES, sample, subsetter } from '../support/certificate.ts';
import { qrCodesOn, streamOf } from '../support/certificate-qr.ts';
import { type DrawnGlyph, glyphsOn } from '../support/glyphs/drawn.ts';
import { Pdf } from '../support/glyphs/pdf.ts';
import { setIn } from '../support/glyphs/set-in.ts';
import { openTrueType, type ShapingFont } from '../support/glyphs/shaped.ts';

const LANGUAGES = Object.keys(NAMES) as (keyof typeof NAMES)[];
/** The files that draw each name. Of the Vietnamese one, every word ends in a letter of the Latin file, which draws the space too. */
const FILES: Record<keyof typeof NAMES, readonly string[]> = {
  km: ['NotoSansKhmer-Bold'],
  lo: ['NotoSansLao-Bold'],
  my: ['NotoSansMyanmar-Bold'],
  th: ['NotoSansThai-Bold'],
  vi: ['NotoSans-Bold', 'NotoSansVietnamese-Bold'],
  en: ['NotoSans-Bold'],
};

let draw: Certificates['draw'];
let undrawnIn: Certificates['undrawnIn'];
let files: ReadonlyMap<string, FontFile>;
beforeAll(async () => {
  const fonts = await certificateFonts();
  files = new Map([...fonts.regular, ...fonts.bold].map((file) => [file.name, file]));
  ({ draw, undrawnIn } = await openCertificates(fonts, await subsetter()));
});

const drawn = async (certificate: Certificate): Promise<Buffer> => Buffer.from(await draw(certificate));
const bytesOf = (name: string): Uint8Array => files.get(name)?.bytes ?? new Uint8Array();

describe.each(LANGUAGES)('a certificate with a name in %s', (language) => {
  it('draws the glyphs that HarfBuzz makes of it, where it places them', async () => {
    const [glyphs = []] = glyphsOn(await drawn(sample(language)));
    const fonts = FILES[language].map((name) => openTrueType(bytesOf(name)));
    const expected = shapedIn(fonts, NAMES[language]);
    expect(setIn(0, glyphs)).toEqual(expected);
    expect([...new Set(largest(glyphs).map(({ font }) => font))]).toEqual(FILES[language]);
    // Letter by letter it would look different: marks and ligatures are what goes wrong.
    const naive = [...NAMES[language]].map((letter) => fonts[0]?.glyphOf(letter));
    if (!['en', 'vi'].includes(language)) expect(expected.map(({ gid }) => gid)).not.toEqual(naive);
  });

  it('carries the outlines of those glyphs', async () => {
    const bytes = await drawn(sample(language));
    const [glyphs = []] = glyphsOn(bytes);
    const embedded = fontsIn(bytes);
    for (const { font, gid } of glyphs) {
      const outline = fontOf(bytesOf(font)).glyphToPath(gid);
      expect(embedded.get(font)?.glyphToPath(gid), `glyph ${gid} of ${font}`).toBe(outline);
    }
    expect(glyphs.length).toBeGreaterThan(100);
  });

  it('is the same bytes again, 60 KB at the most', async () => {
    const [once, twice] = [await drawn(sample(language)), await drawn(sample(language))];
    expect(once.equals(twice)).toBe(true);
    expect(once.length).toBeLessThan(60_000);
  });

  it('says its language, its title and its texts to whoever reads or searches it', async () => {
    const certificate = sample(language);
    const bytes = await drawn(certificate);
    expect(bytes.toString('latin1')).toContain(`/Lang (${language})`);
    expect(said(bytes, 'ActualText')).toContain(certificate.name.normalize('NFC'));
    expect(said(bytes, 'Title')[0]).toContain(certificate.name);
    expect(said(bytes, 'Alt')).toEqual([certificate.code?.url]);
  });
});

describe.each(LANGUAGES)('with the longest names that there may be, in %s, a certificate', (language) => {
  const longest = sample(language, { name: longestName(language), nativeName: longestName(language, 50) });

  it('is drawn in 300 ms of the processor', async () => {
    const measure = async () => {
      const before = process.cpuUsage();
      await draw(longest);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    expect(await leastOf(measure, 300)).toBeLessThanOrEqual(300);
  });

  it('is at most 60 KB', async () => {
    expect((await drawn(longest)).length).toBeLessThanOrEqual(60_000);
  });

  it('stays within the frame', async () => {
    const [glyphs = []] = glyphsOn(await drawn(longest));
    expectWithin(glyphs);
  });
});

it('leads to where it is verified by its QR code, and by what is typed', async () => {
  const certificate = sample('km');
  const bytes = await drawn(certificate);
  const [read, ...others] = await qrCodesOn(bytes);
  expect(others).toEqual([]);
  expect(read).toMatchObject({ text: certificate.code?.url, ecLevel: 'M', isValid: true });
  expect(said(bytes, 'ActualText')).toContain(certificate.code?.typed);
});

it('says whom to ask where it has no code', async () => {
  const howToVerify = 'To verify it, ask the secretariat: secretariat@example.org';
  const bytes = await drawn(sample('en', { code: undefined, howToVerify }));
  expect(said(bytes, 'ActualText')).toContain(howToVerify);
  expect(said(bytes, 'Alt')).toEqual([]);
  expect(streamOf(bytes)).not.toMatch(/ 1 re$/m);
});

describe('a name', () => {
  it('stands in its own script below', async () => {
    const bytes = await drawn(sample('km', { name: NAMES.en, nativeName: NAMES.km }));
    const texts = said(bytes, 'ActualText');
    expect(texts).toEqual(expect.arrayContaining([NAMES.en, NAMES.km]));
    expect(bytes.length).toBeLessThan(60_000);
  });

  it('without a place to break stays within the frame', async () => {
    const [glyphs = []] = glyphsOn(await drawn(sample('en', { name: 'Ẁ'.repeat(100) })));
    expectWithin(glyphs);
    expect(glyphs.filter(({ font }) => font === 'NotoSansExtended-Bold')).toHaveLength(100);
  });

  it('with markup, or what PDF has a meaning for, is drawn as it is', async () => {
    const name = 'Zoë <b>Example</b> &amp; (Sons) \\n %PDF /F1 [x] ET EMC';
    const bytes = await drawn(sample('en', { name }));
    const [glyphs = []] = glyphsOn(bytes);
    const font = openTrueType(bytesOf('NotoSans-Bold'));
    expect(said(bytes, 'ActualText')).toContain(name);
    // Between lines, the space is not drawn.
    const onPaper = glyphs.map(({ gid }) => gid).filter((gid) => gid !== font.glyphOf(' '));
    const letters = [...name.replaceAll(' ', '')].map((letter) => font.glyphOf(letter));
    expect(onPaper.join(' ')).toContain(letters.join(' '));
  });

  it('with letters that no font has is refused, and they are named', async () => {
    const refused = draw(sample('en', { name: 'Zoë 例' }));
    await expect(refused).rejects.toThrow(UndrawnLetters);
    await expect(refused).rejects.toMatchObject({ letters: '例' });
    expect(undrawnIn('Zoë 例')).toBe('例');
    expect(Object.values(NAMES).map(undrawnIn)).toEqual(LANGUAGES.map(() => undefined));
  });

  it('with what joins letters or keeps them apart needs no font for that', async () => {
    const bytes = await drawn(sample('en', { name: 'Zoë\u200D\u2060Example' }));
    expect(said(bytes, 'ActualText')).toContain('Zoë\u200D\u2060Example');
  });
});

describe('a name with parts from right to left', () => {
  const LATIN = 'NotoSans-Bold';
  const ARABIC = 'NotoSansArabic-Bold';
  let fonts: Readonly<Record<string, ShapingFont>>;
  beforeAll(() => {
    fonts = Object.fromEntries([LATIN, ARABIC].map((name) => [name, openTrueType(bytesOf(name))]));
  });

  /** Runs from left to right, each in the order in which it is read. */
  const shaped = (...runs: readonly (readonly [font: string, letters: string])[]): readonly string[] =>
    runs.flatMap(([font, letters]) => fonts[font]?.shape(letters).glyphs.map(({ gid }) => `${font} ${gid}`) ?? []);
  const namesOn = async (name: string): Promise<readonly DrawnGlyph[]> => {
    const [glyphs = []] = glyphsOn(await drawn(sample('en', { name })));
    return inArabic(glyphs);
  };
  /** What is as large as the first Arabic letter: a long name is smaller than the title. */
  const inArabic = (glyphs: readonly DrawnGlyph[]) => {
    const size = glyphs.find(({ font }) => font === ARABIC)?.size;
    return glyphs.filter((glyph) => glyph.size === size);
  };
  /** Spaces are nobody's order. */
  const read = (glyphs: readonly DrawnGlyph[]) =>
    glyphs.filter(({ font, gid }) => gid !== fonts[font]?.glyphOf(' ')).map(({ font, gid }) => `${font} ${gid}`);
  /** The next line begins where the pen is at the left again. */
  const linesOf = (glyphs: readonly DrawnGlyph[]) => {
    const lines: DrawnGlyph[][] = [];
    for (const glyph of glyphs) {
      const last = lines.at(-1);
      if (last === undefined || glyph.x < (last.at(-1)?.x ?? 0) - 1) lines.push([glyph]);
      else last.push(glyph);
    }
    return lines;
  };

  it('is drawn with its letters joined, and so is a name in Arabic below one in Latin letters', async () => {
    const name = 'محمد علي';
    expect(undrawnIn(name)).toBeUndefined();
    const joined = shaped([ARABIC, 'علي'], [ARABIC, 'محمد']);
    expect(read(await namesOn(name))).toEqual(joined);
    const alone = [...'محمدعلي'].map((letter) => `${ARABIC} ${fonts[ARABIC]?.glyphOf(letter)}`);
    expect(joined.filter((glyph) => alone.includes(glyph))).toHaveLength(0);
    const [glyphs = []] = glyphsOn(await drawn(sample('en', { name: 'Mohammed Ali', nativeName: name })));
    expect(read(inArabic(glyphs))).toEqual(joined);
  });

  it('keeps their order: the first stands to the right of a hyphen', async () => {
    const glyphs = await namesOn('محمد-علي');
    expect(read(glyphs)).toEqual(shaped([ARABIC, 'علي'], [LATIN, '-'], [ARABIC, 'محمد']));
    const hyphen = glyphs.findIndex(({ font }) => font === LATIN);
    const edge = glyphs[hyphen]?.x ?? 0;
    // Dots are glyphs of their own: each is placed beside its letter.
    expect(Math.max(...glyphs.slice(0, hyphen).map(({ x }) => x))).toBeLessThan(edge);
    expect(Math.min(...glyphs.slice(hyphen + 1).map(({ x }) => x))).toBeGreaterThan(edge);
  });

  it('begins at the side of its first letter', async () => {
    const [ali, omar] = ['علي', 'عمر'];
    expect(read(await namesOn(`Ali ${ali} Omar`))).toEqual(shaped([LATIN, 'Ali'], [ARABIC, ali], [LATIN, 'Omar']));
    expect(read(await namesOn(`${ali}-Ali-${omar}`))).toEqual(
      shaped([ARABIC, omar], [LATIN, '-'], [LATIN, 'Ali'], [LATIN, '-'], [ARABIC, ali]),
    );
  });

  it('has its brackets mirrored, and its numbers as they are', async () => {
    // The bracket that opens is the one to the right; on paper it looks as one that closes does in English.
    expect(read(await namesOn('علي-(عمر)'))).toEqual(
      shaped([LATIN, '('], [ARABIC, 'عمر'], [LATIN, ')'], [LATIN, '-'], [ARABIC, 'علي']),
    );
    expect(read(await namesOn('علي-123'))).toEqual(shaped([LATIN, '123'], [LATIN, '-'], [ARABIC, 'علي']));
  });

  it('in two lines keeps its order in both, and its side', async () => {
    const name = `${Array.from({ length: 9 }, () => 'محمد-علي').join(' ')} Ali-Omar ${Array.from({ length: 6 }, () => 'عمر-علي').join(' ')}`;
    const bytes = await drawn(sample('en', { name }));
    const [glyphs = []] = glyphsOn(bytes);
    const lines = linesOf(inArabic(glyphs));
    const texts = said(bytes, 'ActualText').filter((text) => text.includes('علي') && text !== name);
    expect(texts.join(' ')).toBe(name);
    expect(texts).toHaveLength(2);
    // The name is Arabic: in each line, what is read first stands to the right, also where that is in Latin letters.
    const onPaper = (text: string) =>
      text
        .replace('Ali-Omar', 'Ali\u2011Omar')
        .split(/(?=[- ])|(?<=[- ])/u)
        .reverse()
        .map((part) => part.replace('\u2011', '-'))
        .filter((part) => part !== ' ')
        .flatMap((part) => shaped([/[ء-ي]/u.test(part) ? ARABIC : LATIN, part]));
    expect(lines.map(read)).toEqual(texts.map(onPaper));
    expect(texts.join('')).toContain('Ali-Omar');
  });

  it('of many parts is its own mirror, part by part', async () => {
    const words = fc.array(fc.constantFrom('علي', 'محمد', 'عمر', 'هـ'), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(words, async (parts) => {
        const runs = parts.flatMap((part, index) =>
          index === 0 ? [[ARABIC, part] as const] : [[LATIN, '-'] as const, [ARABIC, part] as const],
        );
        expect(read(await namesOn(parts.join('-')))).toEqual(shaped(...runs.reverse()));
      }),
      { numRuns: 40 },
    );
  });
});

/** The letters of the name are the largest. */
const largest = (glyphs: readonly DrawnGlyph[]): readonly DrawnGlyph[] => {
  const size = Math.max(...glyphs.map((glyph) => glyph.size));
  return glyphs.filter((glyph) => glyph.size === size);
};

/** Every line begins at 0, and is 660 points long at the most; a mark of its last letter may be placed a little farther, where nothing is. */
function expectWithin(glyphs: readonly DrawnGlyph[]): void {
  for (const { x, size } of glyphs) expect(x * size).toBeLessThan(663);
}

/** A text as HarfBuzz shapes it in whole files, each letter in the first that has it. */
function shapedIn(fonts: readonly ShapingFont[], text: string) {
  const runs: { file: number; letters: string }[] = [];
  for (const letter of text) {
    const file = fonts.findIndex((font) => font.glyphOf(letter) !== 0);
    const last = runs.at(-1);
    if (last?.file === file) last.letters += letter;
    else runs.push({ file, letters: letter });
  }
  let pen = 0;
  return runs.flatMap(({ file, letters }) => {
    const { glyphs, advance } = fonts[file]?.shape(letters) ?? { glyphs: [], advance: 0 };
    const from = pen;
    pen += advance;
    return glyphs.map(({ gid, x, y }) => ({ gid, x: from + x, y, file }));
  });
}

const fontOf = (bytes: Uint8Array): Font => new Font(new Face(new Blob(bytes)));

/** The files within a PDF, opened, by the names of their fonts. */
function fontsIn(bytes: Buffer): ReadonlyMap<string, Font> {
  const pdf = new Pdf(bytes);
  const descriptors = [...bytes.toString('latin1').matchAll(/\/FontName \/PARTLY\+(\S+)[^>]*?\/FontFile2 (\d+) 0 R/g)];
  return new Map(
    descriptors.map(([, name = '', id = '']) => [name, fontOf(Buffer.from(pdf.object(id).stream, 'latin1'))]),
  );
}

/** Texts of a PDF that are written under a key, on its page and elsewhere. */
const said = (bytes: Buffer, key: string): readonly string[] =>
  [...`${bytes.toString('latin1')}${streamOf(bytes)}`.matchAll(new RegExp(`/${key} <FEFF([0-9A-F]*)>`, 'g'))].map(
    ([, hex = '']) => Buffer.from(hex, 'hex').swap16().toString('utf16le'),
  );
