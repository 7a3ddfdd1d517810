/** Texts at the edges of what a field may hold: any schema without a pattern allows them. */
const ODD_TEXTS: readonly string[] = [
  '\u0301',
  `Z${'\u0301'.repeat(60)}algo`,
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'.repeat(20),
  'ភ្នំពេញ\u200bសម្ដេច',
  '\u202eevil\u202c \u200f\u061c',
  'عبد الرحمن (Abd)',
  '\ud800',
  'a\udc00b',
  'a\u0000\u0007\u001b[31m',
  '\ufeff \u2060',
  '\u00a0\u3000 ',
  'line\u2028break\r\nBcc: x@example.org\n\n\n',
  '=1+1;"x",\'y\'',
  "{name} {count, plural, other {#}} '{",
  '<script>alert(1)</script>&amp;"',
  '%00%zz/../#?',
  'İıßﬃΣς',
  '𝒳𐍈\u{10ffff}\uffff',
  '១២៣ ٣٤ 12e309',
  'W'.repeat(400),
  'ក្រ'.repeat(200),
  '__proto__',
  'constructor',
  'EVENT#x',
];

const ODD_ADDRESSES: readonly string[] = [
  'UPPER@EXAMPLE.ORG',
  `${'l'.repeat(64)}@example.org`,
  `a@${'d'.repeat(63)}.${'e'.repeat(63)}.example.org`,
  "o'brien+tag=1@example.org",
  'ក@example.org',
  'x@ខ្មែរ.test',
  'a..b@example.org',
  '"q u"@example.org',
  ' spaced@example.org ',
];

/** What is drawn by chance, the same for the same seed. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to below 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Whether something happens that does so in this share of all cases. */
  is(share: number): boolean {
    return this.next() < share;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  of<T>(...values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }

  /** A plain one in most cases. */
  text(longest = Number.POSITIVE_INFINITY): string {
    return this.is(0.6) ? 'Plain name' : this.of(...ODD_TEXTS).slice(0, longest);
  }

  /** One that nobody has in most cases. */
  address(number: number): string {
    return this.is(0.85) ? `new-${number}-${this.below(1000)}@fuzz.example.org` : this.of(...ODD_ADDRESSES);
  }

  words(): Record<string, string> {
    return { en: this.text(), ...(this.is(0.5) && { km: this.text() }) };
  }
}
