/*
 * In which order reports are listed. A flood can come with work or without, alike or each one different: whichever it is, one of these orders
 * has a real report on its first pages (CS23).
 */

export const REPORT_ORDERS = ['newest', 'oldest', 'different'] as const;
export type ReportOrder = (typeof REPORT_ORDERS)[number];

/** Of a page of the newest, for those that took no work: a flood that did work leaves them so many places. */
const SHARE = 0.3;

interface Lanes<Row> {
  readonly proven: readonly Row[];
  /** What took no work and is open; then what is handled. */
  readonly rest: readonly Row[];
}

/** What stands on a page of so many places: of each lane its first, as many as fit. What is handled comes once all else was shown. */
export function sharePage<Row extends { readonly state: string }>(
  { proven, rest }: Lanes<Row>,
  places: number,
): Lanes<Row> {
  const open = rest.filter(({ state }) => state !== 'handled');
  const kept = Math.min(open.length, Math.floor(places * SHARE));
  const above = proven.slice(0, places - kept);
  const below = above.length === proven.length ? rest : open;
  return { proven: above, rest: below.slice(0, places - above.length) };
}

const PAIRS = 64;
const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Khmer}/u,
  /\p{Script=Lao}/u,
  /\p{Script=Myanmar}/u,
  /\p{Script=Thai}/u,
];
const KINDS = [/\p{N}/u, /\p{Lu}/u, /\p{P}/u, /\n/u, /\s/u];
const BYTE = 255;
/** What a share of one is multiplied by: pairs of letters are rare each. */
const PAIR_SCALE = 4 * BYTE;

/**
 * How a text is written, and nothing from which it could be read: how often pairs of letters come in 64 heaps of them, of which scripts and kinds
 * its characters are, its length and that of its words. Base64url of a byte each.
 */
export function mannerOf(text: string): string {
  const characters = [...text.normalize('NFKC')];
  const letters = characters.map((each) => each.toLowerCase().codePointAt(0) ?? 0);
  const pairs = new Array<number>(PAIRS).fill(0);
  letters.slice(1).forEach((letter, at) => {
    const heap = ((letters[at] ?? 0) * 31 + letter) % PAIRS;
    pairs[heap] = (pairs[heap] ?? 0) + 1;
  });
  const share = (kind: RegExp): number => characters.filter((each) => kind.test(each)).length / characters.length;
  const words = text.split(/\s+/u).filter((word) => word !== '');
  const measures = [
    ...pairs.map((count) => (PAIR_SCALE * count) / Math.max(1, letters.length - 1)),
    ...[...SCRIPTS, ...KINDS].map((kind) => BYTE * share(kind)),
    20 * Math.log2(1 + characters.length),
    (10 * characters.length) / Math.max(1, words.length),
  ];
  return Buffer.from(measures.map((each) => Math.min(BYTE, Math.round(each)))).toString('base64url');
}

/** Less than this much of a byte is chance. */
const CHANCE = 4;

/**
 * What is written least like the others first; before all, what was kept before this was measured. A thousand that a program wrote are like one
 * another in most measures, however different their words.
 */
export function mostDifferent<Row extends { readonly manner?: string | undefined }>(
  rows: readonly Row[],
): readonly Row[] {
  const measured = rows.map(({ manner }) => (manner === undefined ? undefined : Buffer.from(manner, 'base64url')));
  const all = measured.flatMap((each) => each ?? []);
  const usual = Array.from({ length: all[0]?.length ?? 0 }, (_, at) => {
    const mean = all.reduce((sum, each) => sum + (each[at] ?? 0), 0) / all.length;
    const spread = Math.sqrt(all.reduce((sum, each) => sum + ((each[at] ?? 0) - mean) ** 2, 0) / all.length);
    return { mean, spread: spread + CHANCE };
  });
  const distance = (each: Buffer | undefined): number =>
    each === undefined
      ? Number.POSITIVE_INFINITY
      : usual.reduce((sum, { mean, spread }, at) => sum + (((each[at] ?? 0) - mean) / spread) ** 2, 0);
  const far = measured.map(distance);
  return rows
    .map((row, at) => ({ row, far: far[at] ?? 0 }))
    .sort((a, b) => (a.far === b.far ? 0 : b.far - a.far))
    .map(({ row }) => row);
}
