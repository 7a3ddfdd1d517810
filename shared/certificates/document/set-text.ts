import bidiFactory from 'bidi-js';
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

let bidi: ReturnType<typeof bidiFactory> | undefined;

/**
 * Which way each letter of a whole text runs (UAX #9): it begins at the side at which its first letter does. It is asked before a text is
 * broken into lines, for what stands in one line tells of signs and digits in the other.
 */
function directionsIn(text: string) {
  // Its tables are unpacked as it is made: most of what runs here draws no certificate.
  bidi ??= bidiFactory();
  return { bidi, embedding: bidi.getEmbeddingLevels(text, 'auto') };
}

/**
 * Sets a line letter by letter as HarfBuzz shapes it, in the first font that has its letters; what runs from right to left stands so.
 *
 * @param text all of it @param from and `to`: where the line begins and ends in it @param fonts those preferred first @throws UndrawnLetters
 */
function setLine(
  text: string,
  { from, to }: { readonly from: number; readonly to: number },
  fonts: readonly OpenFont[],
  language: string,
): SetText {
  const { bidi, embedding } = directionsIn(text);
  // Where each letter stands, counted from the left.
  const places = new Map(bidi.getReorderedIndices(text, embedding, from, to - 1).map((at, place) => [at, place]));
  const placeOf = ({ at }: Run): number => places.get(from + at) ?? 0;
  const line = text.slice(from, to);
  const runs = runsOf(line, fonts, embedding.levels.subarray(from, to)).sort((a, b) => placeOf(a) - placeOf(b));
  let width = 0;
  const glyphs = runs.flatMap(({ font, letters, level }) => {
    const { glyphs, advance } = font.shape(letters, language, isLeftward(level));
    const start = width;
    width += advance;
    return glyphs.map((glyph) => ({ ...glyph, x: start + glyph.x, font }));
  });
  return { text: line, glyphs, width };
}

/** Embedding levels from right to left are odd. */
const isLeftward = (level: number): boolean => level % 2 === 1;

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
  /** How deep it is embedded (UAX #9). */
  readonly level: number;
  /** Where it begins. */
  readonly at: number;
  letters: string;
}

/**
 * Pieces of one font, one script and one direction, as they are read. A letter stays together with its marks; a space stays with what is
 * before it.
 *
 * @param levels of embedding, by letter; absent where order is of no concern
 */
function runsOf(text: string, fonts: readonly OpenFont[], levels?: Uint8Array): Run[] {
  const runs: Run[] = [];
  for (const { segment: letters, index: at } of GRAPHEMES.segment(text)) {
    const last = runs.at(-1);
    const level = levels?.[at] ?? 0;
    const script = scriptOf(letters) ?? last?.script;
    const font =
      script === last?.script && last?.font.has(letters) ? last.font : fonts.find((each) => each.has(letters));
    if (font === undefined) throw new UndrawnLetters(letters);
    if (last?.font === font && last.script === script && last.level === level) last.letters += letters;
    else runs.push({ font, script, level, at, letters });
  }
  return runs;
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** What is set apart from letters of all others. */
const SCRIPTS = Object.entries({
  // What makes a letter longer belongs to other scripts too, and joins.
  Arab: /\p{Script_Extensions=Arabic}/u,
  Khmr: /\p{Script=Khmer}/u,
  Laoo: /\p{Script=Lao}/u,
  Mymr: /\p{Script=Myanmar}/u,
  Thai: /\p{Script=Thai}/u,
  other: /\p{L}/u,
} satisfies Record<Exclude<Script, 'Latn'> | 'Arab' | 'other', RegExp>);

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
  const set = (from: number, to: number): SetText => setLine(shown, trimmed(shown, from, to), fonts, language);
  const whole = fitted([set(0, shown.length)], room);
  if (whole.size === room.size || room.lines === 1) return whole;
  return breaksAroundMiddle(shown, language)
    .map((at) => fitted([set(0, at), set(at, shown.length)], room))
    .reduce((best, each) => (each.size > best.size ? each : best), whole);
}

/** A part of a text without spaces around it. */
function trimmed(text: string, from: number, to: number): { readonly from: number; readonly to: number } {
  const part = text.slice(from, to);
  return { from: to - part.trimStart().length, to: from + part.trimEnd().length };
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
