import type { OpenFont } from './font.ts';
import { type SetText, setText } from './set-text.ts';

/** How a text is set: never wider than its room. */
export interface Room {
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
