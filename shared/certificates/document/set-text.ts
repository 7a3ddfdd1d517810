import type { Glyph, OpenFont } from './font.ts';

/** A text as it is drawn in one line. */
export interface SetText {
  readonly text: string;
  readonly glyphs: readonly (Glyph & { readonly font: OpenFont })[];
  /** In em. */
  readonly width: number;
}

/** Letters that none of the fonts draws: a certificate without them would name someone else. */
export class UndrawnLetters extends Error {
  readonly letters: string;
  constructor(letters: string) {
    super(`no font draws ${letters}`);
    this.letters = letters;
  }
}

/**
 * Sets a text letter by letter as HarfBuzz shapes it, in the first font that has its letters.
 *
 * @param fonts those preferred first @throws UndrawnLetters
 */
export function setText(text: string, fonts: readonly OpenFont[], language: string): SetText {
  let width = 0;
  const glyphs = runsOf(text, fonts).flatMap(({ font, letters }) => {
    const { glyphs, advance } = font.shape(letters, language);
    const from = width;
    width += advance;
    return glyphs.map((glyph) => ({ ...glyph, x: from + glyph.x, font }));
  });
  return { text, glyphs, width };
}

/** The first letters of a text that no font draws; `undefined` where all can be drawn. */
export function undrawnIn(text: string, fonts: readonly OpenFont[]): string | undefined {
  try {
    runsOf(text, fonts);
    return undefined;
  } catch (error) {
    if (error instanceof UndrawnLetters) return error.letters;
    throw error;
  }
}

interface Run {
  readonly font: OpenFont;
  readonly script: string | undefined;
  letters: string;
}

/** Pieces of one font and one script. A letter stays together with its marks; a space stays with what is before it. */
function runsOf(text: string, fonts: readonly OpenFont[]): readonly Run[] {
  const runs: Run[] = [];
  for (const { segment: letters } of GRAPHEMES.segment(text)) {
    const last = runs.at(-1);
    const script = scriptOf(letters) ?? last?.script;
    const font =
      script === last?.script && last?.font.has(letters) ? last.font : fonts.find((each) => each.has(letters));
    if (font === undefined) throw new UndrawnLetters(letters);
    if (last?.font === font && last.script === script) last.letters += letters;
    else runs.push({ font, script, letters });
  }
  return runs;
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
const SCRIPTS: readonly (readonly [name: string, letters: RegExp])[] = [
  ['Khmer', /\p{Script=Khmer}/u],
  ['Lao', /\p{Script=Lao}/u],
  ['Myanmar', /\p{Script=Myanmar}/u],
  ['Thai', /\p{Script=Thai}/u],
  ['other', /\p{L}/u],
];

/** `undefined` of what belongs to no script: digits, spaces, punctuation. */
const scriptOf = (letters: string): string | undefined => SCRIPTS.find(([, pattern]) => pattern.test(letters))?.[0];
