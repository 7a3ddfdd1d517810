import { parseReference } from './reference.ts';
import type { Registration } from './registration.ts';

type Findable = Pick<Registration, 'fullName' | 'badgeName' | 'nativeName' | 'organisation' | 'email' | 'reference'>;

/** Whether somebody is meant by what was typed: their reference, or any parts of their names, organisation and address. */
export function personMatcher(typed: string): (registration: Findable) => boolean {
  const words = comparable(typed).split(/\s+/);
  const reference = parseReference(typed);
  return (registration) => registration.reference === reference || containsAll(registration, words);
}

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
