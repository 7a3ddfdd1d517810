import type { Page } from 'playwright-core';
import { openFont, type ShapedGlyph, type ShapingFont } from './shaped.ts';

/** An `@font-face` of a page: the file that draws characters of some ranges. */
export interface Face {
  readonly weight: number;
  readonly ranges: readonly (readonly [first: number, last: number])[];
  readonly font: ShapingFont;
}

/** The faces of some families, each with its file as the page is served it, in the order in which they are declared. */
export async function facesOf(page: Page, ...families: readonly string[]): Promise<readonly Face[]> {
  const declared = await page.evaluate(
    (wanted) =>
      [...document.styleSheets]
        .flatMap((sheet) => [...sheet.cssRules].map((rule) => ({ rule, base: sheet.href ?? location.href })))
        .filter(({ rule }) => rule instanceof CSSFontFaceRule)
        .map(({ rule, base }) => ({ style: (rule as CSSFontFaceRule).style, base }))
        .filter(({ style }) => wanted.includes(style.getPropertyValue('font-family').replaceAll('"', '')))
        .map(({ style, base }) => ({
          weight: Number(style.getPropertyValue('font-weight')),
          ranges: style.getPropertyValue('unicode-range'),
          url: new URL(/url\("(.*?)"\)/.exec(style.getPropertyValue('src'))?.[1] ?? '', base).href,
        })),
    families,
  );
  return Promise.all(
    declared.map(async ({ weight, ranges, url }) => ({
      weight,
      ranges: ranges.split(',').map(rangeOf),
      font: await openFont(new Uint8Array(await (await fetch(url)).arrayBuffer())),
    })),
  );
}

function rangeOf(text: string): readonly [number, number] {
  const [first = '', last = first] = text.trim().replace(/^U\+/i, '').split('-');
  return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
}

/** @returns which face draws each glyph, counted as they come up, with what HarfBuzz makes of the text in it */
export function shapedBy(
  faces: readonly Face[],
  text: string,
  weight: number,
): readonly (ShapedGlyph & { file: number })[] {
  const used: Face[] = [];
  let x = 0;
  return runsOf(faces, text, weight).flatMap(({ face, run }) => {
    if (!used.includes(face)) used.push(face);
    const { glyphs, advance } = face.font.shape(run);
    const placed = glyphs.map((glyph) => ({ ...glyph, x: x + glyph.x, file: used.indexOf(face) }));
    x += advance;
    return placed;
  });
}

/** What would be drawn if each character were a glyph. */
export const unshapedBy = (faces: readonly Face[], text: string, weight: number): readonly number[] =>
  [...text].map((character) => faceOf(faces, character, weight)?.font.glyphOf(character) ?? 0);

function runsOf(faces: readonly Face[], text: string, weight: number): readonly { face: Face; run: string }[] {
  const runs: { face: Face; run: string }[] = [];
  for (const character of text) {
    const face = faceOf(faces, character, weight);
    if (face === undefined) throw new Error(`no font draws ${character}`);
    const last = runs.at(-1);
    if (last?.face === face) last.run += character;
    else runs.push({ face, run: character });
  }
  return runs;
}

/** Of several that have a character, the one that is declared last draws it. */
function faceOf(faces: readonly Face[], character: string, weight: number): Face | undefined {
  const code = character.codePointAt(0) ?? 0;
  return faces.findLast(
    (face) => face.weight === weight && face.ranges.some(([first, last]) => code >= first && code <= last),
  );
}
