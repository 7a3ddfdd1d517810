/** RFC 9285: bytes as the 45 characters that QR codes store at 5.5 bits each. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const BASE = ALPHABET.length;
const VALUES = new Map([...ALPHABET].map((character, value) => [character, value]));

export function encodeBase45(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 2) {
    const [first = 0, second] = bytes.subarray(index, index + 2);
    text += second === undefined ? digits(first, 2) : digits(first * 256 + second, 3);
  }
  return text;
}

/** Strict, so that no bytes have two spellings; `undefined` for anything that `encodeBase45` never writes. */
export function decodeBase45(text: string): Uint8Array | undefined {
  if (text.length % 3 === 1) return undefined;
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index += 3) {
    const group = text.slice(index, index + 3);
    const value = numberOf(group);
    if (value === undefined || value >= (group.length === 3 ? 65536 : 256)) return undefined;
    if (group.length === 3) bytes.push(value >> 8);
    bytes.push(value & 255);
  }
  return Uint8Array.from(bytes);
}

/** Least significant digit first, as the RFC has it. */
function digits(value: number, count: number): string {
  let text = '';
  for (let rest = value; text.length < count; rest = Math.floor(rest / BASE)) text += ALPHABET.charAt(rest % BASE);
  return text;
}

function numberOf(group: string): number | undefined {
  let value = 0;
  for (const character of [...group].reverse()) {
    const digit = VALUES.get(character);
    if (digit === undefined) return undefined;
    value = value * BASE + digit;
  }
  return value;
}
