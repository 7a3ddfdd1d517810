import type { Registration } from '../registration.ts';

const LETTERS = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * As whom a browser says that it answers, where several people share one. It stays there, maybe on a computer that is not theirs: of
 * someone under 18 the first letters alone, which tell brothers and sisters apart.
 */
export const nameInBrowser = ({
  badgeName,
  fullName,
  ageBand,
}: Pick<Registration, 'badgeName' | 'fullName' | 'ageBand'>): string =>
  ageBand === 'minor' ? initials(badgeName || fullName) : badgeName || fullName;

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .flatMap((word) => [...LETTERS.segment(word)].slice(0, 1))
    .map(({ segment }) => `${segment}.`)
    .join(' ');
