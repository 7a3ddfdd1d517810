import { accept, type Checked, isLongerThan, refuse } from './field-problem.ts';

/** What a text field takes, beyond its length. */
export interface TextRule {
  /** Grapheme clusters: what a reader counts as one letter, in any script. */
  readonly max: number;
  /** Line breaks are kept in long answers and refused elsewhere, where they could end a mail header. */
  readonly lines?: boolean;
  /** Names and organisations go on badges: letters of any script, but no emoji. */
  readonly letters?: boolean;
}

const LINE_BREAK = /[\r\n\u2028\u2029\u0085\v\f]/u;
/**
 * What cannot be seen and changes how the letter before it is written is kept: ZWJ and ZWNJ, variation selectors (of Mongolian, and of
 * ideographs in people's names), the grapheme joiner, two vowels of Khmer. Controls go, and all else that Unicode says is to be shown as
 * nothing (UAX #44): bidirectional overrides, zero-width characters, the fillers of Hangul, which count as letters, and tags.
 */
const INVISIBLE =
  /(?!\u034F|\u17B4|\u17B5|[\u180B-\u180D]|\u180F|\u200C|\u200D|[\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}])[\p{Cc}\p{DI}\uFFF9-\uFFFB]/gu;
/** In answers of several lines these stay, and U+200B: Khmer, Lao, Burmese and Thai have no spaces between words, and a line may end there. */
const INVISIBLE_BUT_LINES =
  /(?!\n|\u200B|\u034F|\u17B4|\u17B5|[\u180B-\u180D]|\u180F|\u200C|\u200D|[\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}])[\p{Cc}\p{DI}\uFFF9-\uFFFB]/gu;
/** With no letter before them, there is nothing that they could shape. */
const STRAY_SHAPER =
  /(?<=^|[\s\u200B\u2800\u{13441}\u{13442}])(?:\u034F|\u17B4|\u17B5|[\u180B-\u180D]|\u180F|\u200C|\u200D|[\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}])+/gu;
/** ZWJ and ZWNJ shape letters of some scripts; after anything else they only hide. */
const STRAY_JOINER = /(?<![\p{L}\p{M}\u200C\u200D])[\u200C\u200D]+|(?<![\u200C\u200D])[\u200C\u200D]+$/gu;
/** A Braille cell without a dot is a space, and so are blanks of hieroglyphs, although Unicode calls these letters. */
const BLANKS = /(?:[^\S\n]|[\u200B\u2800\u{13441}\u{13442}])+/gu;
/** At the end of a line there is nothing to break. */
const IDLE_BREAK = /(?<=^|\n)\u200B|\u200B(?=\n|$)/g;
const EMOJI = /\p{Emoji_Presentation}|\p{Regional_Indicator}|\uFE0F|\u20E3/u;
/** What a broken encoding leaves behind. */
const BROKEN = /[\p{Surrogate}\uFFFD]/u;
/** Khmer and Burmese stack half a dozen marks on a letter; a pile of more is no writing. */
const PILE = /\p{M}{12}/u;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/**
 * Cleans what a person typed: NFC, no invisible characters but those that shape letters or break lines, no space around it.
 * Refused: too long, line breaks in one-line fields, emoji in names. An empty result is the caller's to judge.
 */
export function cleanText(typed: string, rule: TextRule): Checked<string> {
  // No grapheme cluster of a real script needs more than a few code units: this bounds all that follows.
  if (typed.length > rule.max * 24) return refuse('too-long', { max: rule.max });
  const trimmed = typed.trim();
  if (!rule.lines && LINE_BREAK.test(trimmed)) return refuse('line-break');
  if (BROKEN.test(trimmed) || PILE.test(trimmed)) return refuse('not-letters');
  const text = normalise(trimmed, rule);
  if (rule.letters && text !== '' && (EMOJI.test(text) || !LETTER_OR_DIGIT.test(text))) return refuse('not-letters');
  if (isLongerThan(text, rule.max)) return refuse('too-long', { max: rule.max });
  return accept(text);
}

function normalise(text: string, rule: TextRule): string {
  const untabbed = text.replace(/\t/g, ' ');
  let visible = rule.lines
    ? untabbed.replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, '\n').replace(INVISIBLE_BUT_LINES, '')
    : untabbed.replace(INVISIBLE, '');
  // What goes may leave a joiner at the end, or letters and marks that make one: two turns do, and a third finds nothing.
  for (let before = ''; before !== visible; ) {
    before = visible;
    visible = tidied(visible);
  }
  return visible;
}

const tidied = (text: string): string =>
  text
    .normalize('NFC')
    .replace(STRAY_SHAPER, '')
    .replace(STRAY_JOINER, '')
    .replace(BLANKS, (run) => (/^\u200B+$/.test(run) ? '\u200B' : ' '))
    .replace(IDLE_BREAK, '')
    .trim();

/**
 * The same text with its digits as ASCII has them, whatever script they are typed in: rules read numbers, dates and codes by it. Digits of a
 * script lie side by side from nought to nine (Unicode Standard, 4.6), and sets of them that touch do so by tens.
 */
export const asciiDigits = (text: string): string =>
  text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let first = code;
    while (DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
    return String((code - first) % 10);
  });

const DIGIT = /\p{Nd}/u;

/** The space bar of a Khmer keyboard types U+200B, and copies bring marks of direction, joiners of words and soft hyphens. */
const UNSEEN = /[\u200B\u00AD\u2060\uFEFF\p{Bidi_Control}]/gu;

/** A number, day, time or address as it is seen, without spaces around it. */
export const trimTyped = (typed: string): string => typed.replace(UNSEEN, '').trim();

/** The same as rules read it, with digits of ASCII. */
export const digitsTyped = (typed: string): string => asciiDigits(trimTyped(typed));

/** Two spellings of one name compare equal, however they are spaced or capitalised. @param name as it was cleaned */
export const nameIdentity = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();

/** Part of a key, which DynamoDB limits to 2 KB. */
const LONGEST_GROUP = 100;

/**
 * One organisation however it was typed: in capitals, with other spaces, with or without full stops and commas. What cannot be seen is none
 * of it, cleaned or not: the space bar of a Khmer keyboard types U+200B.
 */
export function organisationGroup(name: string): string {
  const words = name
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .toLowerCase()
    .split(/[\s\p{P}]+/u);
  return [...words.filter((word) => word !== '').join(' ')].slice(0, LONGEST_GROUP).join('');
}

/** By UTF-16 code units: for what is no word of any language, such as ids, and times of one form in ISO 8601. */
export const compareCodes = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

let collator: Intl.Collator | undefined;

/** Names of people and things, in any script, on every machine in the same order: Unicode's, with nothing that one language alone wants. */
export function compareNames(a: string, b: string): number {
  // Its making costs a tenth of a cold start.
  collator ??= new Intl.Collator('en');
  return collator.compare(a, b);
}
