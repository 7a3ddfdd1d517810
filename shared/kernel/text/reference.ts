import { CROCKFORD, crockfordDigits } from './crockford.ts';

/** What references are drawn from: no vowel and no digit that looks like one, so that none ever spells a word. */
const DRAWN = '23456789BCDFGHJKMNPQRSTVWXYZ';
const DRAWN_LENGTH = 9;

/**
 * A registration's short reference: nine characters drawn at random and a check character. It names, and proves nothing.
 *
 * @param random at least 9 random bytes, one for each character (43 bits in all)
 */
export function makeReference(random: Uint8Array): string {
  if (random.length < DRAWN_LENGTH) throw new RangeError(`a reference needs ${DRAWN_LENGTH} random bytes`);
  const drawn = Array.from(random.subarray(0, DRAWN_LENGTH), (byte) => DRAWN.charAt(byte % DRAWN.length)).join('');
  return drawn + checkCharacter(drawn);
}

/** The reference that a person typed or read out, in its one true form; `undefined` if it can be none: a typing error is caught. */
export function parseReference(typed: string): string | undefined {
  const digits = crockfordDigits(typed);
  if (digits?.length !== DRAWN_LENGTH + 1) return undefined;
  return digits.endsWith(checkCharacter(digits.slice(0, DRAWN_LENGTH))) ? digits : undefined;
}

/** Grouped for reading aloud: `7K3-M9Q-X2AB`. */
export const displayReference = (reference: string): string =>
  `${reference.slice(0, 3)}-${reference.slice(3, 6)}-${reference.slice(6)}`;

/** Luhn mod 32: any one wrong character changes it, and so does swapping neighbours (except 0 and Z). */
function checkCharacter(drawn: string): string {
  const base = CROCKFORD.length;
  let sum = 0;
  [...drawn].reverse().forEach((character, index) => {
    const weighted = CROCKFORD.indexOf(character) * (index % 2 === 0 ? 2 : 1);
    sum += Math.floor(weighted / base) + (weighted % base);
  });
  return CROCKFORD.charAt((base - (sum % base)) % base);
}
