import { asciiDigits } from './text.ts';

/** Crockford's base32 digits: no I, L, O or U, so that nothing is misread and little is spelled. */
export const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const BITS_PER_DIGIT = 5;
const BITS_PER_BYTE = 8;

/** Writes bytes as digits, most significant bit first; 12 bytes become 20 digits, the last 4 bits of which are zero. */
export function encodeCrockford(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << BITS_PER_BYTE) | byte;
    bits += BITS_PER_BYTE;
    while (bits >= BITS_PER_DIGIT) {
      bits -= BITS_PER_DIGIT;
      text += CROCKFORD.charAt(held >> bits);
      held &= (1 << bits) - 1;
    }
  }
  return bits === 0 ? text : text + CROCKFORD.charAt(held << (BITS_PER_DIGIT - bits));
}

/**
 * Reads what `encodeCrockford` wrote, however it was typed: in any case and in digits of any script, with spaces and
 * hyphens, I and L for 1, O for 0.
 * `undefined` where the digits are not what any bytes are written as. How many bytes there should be is the caller's to check.
 */
export function decodeCrockford(text: string): Uint8Array | undefined {
  const digits = crockfordDigits(text);
  if (digits === undefined) return undefined;
  const bytes = new Uint8Array(Math.floor((digits.length * BITS_PER_DIGIT) / BITS_PER_BYTE));
  let held = 0;
  let bits = 0;
  let length = 0;
  for (const digit of digits) {
    held = (held << BITS_PER_DIGIT) | CROCKFORD.indexOf(digit);
    bits += BITS_PER_DIGIT;
    if (bits >= BITS_PER_BYTE) {
      bits -= BITS_PER_BYTE;
      bytes[length] = held >> bits;
      length += 1;
      held &= (1 << bits) - 1;
    }
  }
  return bits < BITS_PER_DIGIT && held === 0 ? bytes : undefined;
}

/** The digits of something typed by hand, in their one true form; `undefined` where a character is none. */
export function crockfordDigits(typed: string): string | undefined {
  const digits = asciiDigits(typed).toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
  return /^[0-9A-HJKMNP-TV-Z]*$/.test(digits) ? digits : undefined;
}
