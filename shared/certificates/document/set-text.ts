import type { Script } from '../../kernel/i18n/languages.ts';
import type { Glyph, OpenFont } from './font.ts';

/** A text as it is drawn in one line. */
export interface SetText {
  readonly text: string;
  readonly glyphs: readonly (Glyph & { readonly font: OpenFont })[];
  /** In em. */
  readonly width: number;
}

/** Letters that none of the fonts draws: a certificate without them would name another person. */
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
function setText(text: string, fonts: readonly OpenFont[], language: string): SetText {
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
/** What is set apart from letters of all others. */
const SCRIPTS = Object.entries({
  Khmr: /\p{Script=Khmer}/u,
  Laoo: /\p{Script=Lao}/u,
  Mymr: /\p{Script=Myanmar}/u,
  Thai: /\p{Script=Thai}/u,
  other: /\p{L}/u,
} satisfies Record<Exclude<Script, 'Latn'> | 'other', RegExp>);

/** `undefined` of what belongs to no script: digits, spaces, punctuation. */
const scriptOf = (letters: string): string | undefined => SCRIPTS.find(([, pattern]) => pattern.test(letters))?.[0];

/** How a text is set: never wider than its room. */
interface Room {
  /** Points. */
  readonly width: number;
  readonly size: number;
  readonly lines: 1 | 2;
}

export interface FittedText {
  readonly lines: readonly SetText[];
  /** Points; smaller than was wanted where the text is too long for that. */
  readonly size: number;
}

/** Sets a text as large as its room allows, in two lines where that makes it larger. @throws UndrawnLetters */
export function fitText(text: string, fonts: readonly OpenFont[], language: string, room: Room): FittedText {
  const shown = shownAs(text);
  const whole = fitted([setText(shown, fonts, language)], room);
  if (whole.size === room.size || room.lines === 1) return whole;
  return breaksAroundMiddle(shown, language)
    .map((at) => [shown.slice(0, at), shown.slice(at)])
    .map((parts) => parts.map((part) => setText(part.trim(), fonts, language)))
    .map((lines) => fitted(lines, room))
    .reduce((best, each) => (each.size > best.size ? each : best), whole);
}

/** One line of text as it is written everywhere: letters with their marks joined, each space one. */
export const shownAs = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim();

function fitted(lines: readonly SetText[], { width, size }: Room): FittedText {
  const widest = Math.max(...lines.map((line) => line.width));
  return { lines, size: widest === 0 ? size : Math.min(size, width / widest) };
}

/** The last place before the middle where a line may end, and the first one after it. */
function breaksAroundMiddle(text: string, language: string): readonly number[] {
  const words = new Intl.Segmenter(language, { granularity: 'word' });
  const places = [...words.segment(text)].map(({ index }) => index).filter((at) => mayBreak(text, at));
  const before = places.findLast((at) => at <= text.length / 2);
  const after = places.find((at) => at > text.length / 2);
  return [before, after].filter((at) => at !== undefined);
}

/** Khmer, Lao, Burmese and Thai put no spaces between words: there a line ends after any word, as dictionaries know them. */
const UNSPACED = /\p{Script=Khmer}|\p{Script=Lao}|\p{Script=Myanmar}|\p{Script=Thai}/u;

function mayBreak(text: string, at: number): boolean {
  const [before = '', after = ''] = [text[at - 1], text[at]];
  return before === ' ' || before === '\u200B' || (UNSPACED.test(before) && UNSPACED.test(after));
}
