import { parseReference } from '../../kernel/text/reference.ts';
import { asciiDigits } from '../../kernel/text/text.ts';
import type { Registration } from '../registration.schema.ts';

type Findable = Pick<Registration, 'fullName' | 'badgeName' | 'nativeName' | 'organisation' | 'email' | 'reference'>;

/** Names, organisation and reference of an attendee as a search compares them. */
export const searchedText = ({
  fullName,
  badgeName,
  nativeName = '',
  organisation,
  reference,
}: Omit<Findable, 'email'>): string =>
  withoutApostrophes([fullName, badgeName, nativeName, organisation, reference].join(' '));

/** Whether an attendee is meant by what was typed: their reference, or any parts of their names and organisation. @param searched theirs */
export function textMatcher(typed: string): (searched: string) => boolean {
  const words = withoutApostrophes(typed).split(/\s+/).filter(Boolean);
  const reference = parseReference(typed)?.toLowerCase();
  return (searched) => (reference !== undefined && searched.endsWith(reference)) || containsAll(searched, words);
}

const containsAll = (text: string, words: readonly string[]): boolean => words.every((word) => text.includes(word));

/** Text as `textMatcher` compares it. */
export const withoutApostrophes = (text: string): string => comparable(text).replace(APOSTROPHES, '');

/** Clusters from which on a part of a word is enough (AU10). */
const LEAST_PART = 3;

/**
 * Whether a desk means an attendee: by their reference, their whole address, or words of their names and organisation, each whole or in a
 * part of three grapheme clusters or more. Less than that would read out everyone, a letter at a time (AU10).
 */
export function deskMatcher(typed: string): (registration: Findable) => boolean {
  const reference = parseReference(typed);
  const address = comparable(typed);
  const isNamed = namedBy(typed);
  return ({ email, ...registration }) =>
    registration.reference === reference ||
    (email !== '' && comparable(email) === address) ||
    compared([namesOf(registration)]).some(isNamed);
}

/** Whether words of names and organisation are meant, as `compared` has them: each whole or in a part. */
function namedBy(typed: string): (text: string) => boolean {
  const words = wordsOf(typed);
  const parts = words.filter(isPart);
  const whole = words.filter((word) => !isPart(word));
  return (text) =>
    words.length > 0 && parts.every((part) => text.includes(part)) && whole.every((word) => text.includes(` ${word} `));
}

const wordsOf = (text: string): readonly string[] =>
  compared([text]).flatMap((words) => words.split(' ').filter(Boolean));

type Named = Pick<Findable, 'fullName' | 'badgeName' | 'nativeName' | 'organisation'>;

const namesOf = ({ fullName, badgeName, nativeName = '', organisation }: Named): string =>
  [fullName, badgeName, nativeName, organisation].join(' ');

/** What is compared of people who were looked through before, for as long as these are remembered. */
const remembered = new WeakMap<Named, string>();

/** Of many people those whom a desk may mean by words of their names and organisation: as `deskMatcher` says, and fast for thousands. */
export function namedAtDesk<Person extends Named>(people: readonly Person[], typed: string): readonly Person[] {
  const isNamed = namedBy(typed);
  const added = people.filter((each) => !remembered.has(each));
  const texts = compared(added.map(namesOf));
  for (const [place, each] of added.entries()) remembered.set(each, texts[place] ?? '');
  return people.filter((each) => isNamed(remembered.get(each) ?? ''));
}

/** What a reader counts as letters, in any script. */
function isPart(word: string): boolean {
  return [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(word)].length >= LEAST_PART;
}

/** Signs of a left-out or a throaty sound, as they are typed by some and not by others. */
const APOSTROPHES = /['\u2018\u2019\u02BB\u02BC\u02BE\u02BF]/g;
const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}\n]+/gu;
const BETWEEN_TEXTS = '\n';

/** The words of each text, with a space before and after each of them: in one go, for a call for each of thousands takes long. */
function compared(texts: readonly string[]): readonly string[] {
  const lines = ['.', ...texts.map((text) => text.replaceAll(BETWEEN_TEXTS, ' ')), '.'].join(BETWEEN_TEXTS);
  const words = comparable(lines).replace(APOSTROPHES, '').replace(BETWEEN_WORDS, ' ').split(BETWEEN_TEXTS);
  return words.slice(1, -1).map((line) => ` ${line} `);
}

/** Accents of Latin letters; the marks of other scripts are letters to their readers. */
const ACCENTS = /[\u0300-\u036f]/g;

/** Spaces and joiners without width: nobody sees whether they were typed. */
const UNSEEN = /[\u200B-\u200D\u2060\uFEFF]/g;

/**
 * Letters that Unicode does not take apart (NFKD), as they are typed where a keyboard lacks them: those of living languages of Europe,
 * Africa and Viet Nam. In lower case, as all that is compared.
 */
const PLAIN: Readonly<Record<string, string>> = {
  ...{
    đ: 'd',
    ð: 'd',
    ɖ: 'd',
    ɗ: 'd',
    ħ: 'h',
    ı: 'i',
    ĸ: 'q',
    ł: 'l',
    ƙ: 'k',
    ŋ: 'n',
    ɲ: 'n',
    ø: 'o',
    ɔ: 'o',
    ŧ: 't',
    ƴ: 'y',
  },
  ...{ ɓ: 'b', ǝ: 'e', ə: 'e', ɛ: 'e', ʉ: 'u', ƶ: 'z', æ: 'ae', œ: 'oe', ß: 'ss', þ: 'th', ς: 'σ' },
};
const NOT_PLAIN = /[đðɖɗħıĸłƙŋɲøɔŧƴɓǝəɛʉƶæœßþς]/g;

/** Nothing of these is written in several ways but capitals: most names are of them, and lists compare tens of thousands. */
const ASCII = /^[ -~]*$/;

/** However it is typed: in capitals or not, with accents or without, in digits of any script. */
export const comparable = (text: string): string =>
  ASCII.test(text)
    ? text.toLowerCase().trim()
    : asciiDigits(text)
        .normalize('NFKD')
        .replace(ACCENTS, '')
        .replace(UNSEEN, '')
        .toLowerCase()
        .replace(NOT_PLAIN, (letter) => PLAIN[letter] ?? letter)
        .trim();

/** A name as it is compared. */
export interface ComparedName {
  /** With a space between words. */
  readonly words: string;
  /** Without, but for what stands between digits: `1–5` is not `15`. */
  readonly solid: string;
  /** The same, whatever stands between digits. */
  readonly loose: string;
  readonly digits: string;
}

/** However they are typed. */
export const DASHES = /[‐‑‒–—−]/g;
/** A word, with the sign of its number: `<10` is not `>10`, nor `-25` what ends with 25. */
const WORD = /(?:(?:[<>≤≥]=?\s*|^[-+]\s*)(?=\d))?[\p{L}\p{M}\p{N}✓]+(?:(?<=\d)\+(?![\p{L}\p{N}]))?/gu;

/** A name as it is compared, of which at most some hundred letters are meant to be. */
export function comparedName(text: string): ComparedName {
  const compared = comparable(text).replace(DASHES, '-');
  const found = [...compared.matchAll(WORD)].map((match) => ({
    word: match[0].replace(/\s/g, ''),
    from: match.index,
    to: match.index + match[0].length,
  }));
  const words = found.map(({ word }) => word);
  const joined = (between: (from: number, to: number) => string): string =>
    found
      .map(({ word, from }, index) => {
        const before = found[index - 1];
        const isBetween = before && /\d\+?$/.test(before.word) && /^[<>≤≥=]*\d/.test(word);
        return (isBetween ? between(before.to, from) : '') + word;
      })
      .join('');
  return {
    words: words.join(' '),
    solid: joined((from, to) => compared.slice(from, to).replace(/\s/g, '') || ' '),
    loose: joined(() => ' '),
    digits: (compared.match(/\d+/g) ?? []).join(' '),
  };
}
