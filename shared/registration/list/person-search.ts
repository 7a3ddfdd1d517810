import { parseReference } from '../../kernel/text/reference.ts';
import type { Registration } from '../registration.schema.ts';

type Findable = Pick<Registration, 'fullName' | 'badgeName' | 'nativeName' | 'organisation' | 'email' | 'reference'>;

/** Whether somebody is meant by what was typed: their reference, or any parts of their names, organisation and address. */
export function personMatcher(typed: string): (registration: Findable) => boolean {
  const words = comparable(typed).split(/\s+/);
  const reference = parseReference(typed);
  return (registration) => registration.reference === reference || containsAll(registration, words);
}

/** Clusters from which on a part of a word is enough (AU10). */
const LEAST_PART = 3;

/**
 * Whether a desk means somebody: by their reference, their whole address, or words of their names and organisation, each whole or in a part
 * of three grapheme clusters or more. Less than that would read out everyone, a letter at a time (AU10).
 */
export function deskMatcher(typed: string): (registration: Findable) => boolean {
  const reference = parseReference(typed);
  const address = comparable(typed);
  const words = wordsOf(typed);
  const parts = words.filter(isPart);
  const whole = words.filter((word) => !isPart(word));
  return ({ fullName, badgeName, nativeName = '', organisation, email, ...registration }) => {
    if (registration.reference === reference || (email !== '' && comparable(email) === address)) return true;
    const theirs = wordsOf([fullName, badgeName, nativeName, organisation].join(' '));
    const text = theirs.join(' ');
    return (
      words.length > 0 && parts.every((part) => text.includes(part)) && whole.every((word) => theirs.includes(word))
    );
  };
}

/** What a reader counts as letters, in any script. */
function isPart(word: string): boolean {
  return [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(word)].length >= LEAST_PART;
}

/** Spaces and joiners without width, and apostrophes: typed by some and not by others. */
const UNSEEN = /[\u200B-\u200D\u2060\uFEFF'\u2019\u02BC]/g;
const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}]+/u;

const wordsOf = (text: string): readonly string[] =>
  comparable(text).replace(UNSEEN, '').split(BETWEEN_WORDS).filter(Boolean);

function containsAll(
  { fullName, badgeName, nativeName = '', organisation, email, reference }: Findable,
  words: readonly string[],
): boolean {
  const text = comparable([fullName, badgeName, nativeName, organisation, email, reference].join(' '));
  return words.every((word) => text.includes(word));
}

/** Accents of Latin letters; the marks of other scripts are letters to their readers. */
const ACCENTS = /[\u0300-\u036f]/g;

/** However it is typed: in capitals or not, with accents or without. */
const comparable = (text: string): string => text.normalize('NFKD').replace(ACCENTS, '').toLowerCase().trim();
