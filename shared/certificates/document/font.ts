import { Blob, Direction, Face, Font, shape, Buffer as Text } from 'harfbuzzjs';

/** A TrueType file, unpacked. */
export interface FontFile {
  /** Its PostScript name: `NotoSansKhmer-Bold`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A glyph of a text, in em. */
export interface Glyph {
  readonly gid: number;
  /** From where its text begins, to the right and up. */
  readonly x: number;
  readonly y: number;
  /** What it stands for alone; empty where several glyphs stand for some letters together. */
  readonly letters: string;
}

export interface OpenFont extends FontFile {
  /** Thousandths of an em. */
  readonly ascent: number;
  readonly descent: number;
  readonly box: readonly number[];
  /** Whether it draws all of some letters. */
  has(letters: string): boolean;
  /** How far a glyph moves the pen by itself, in thousandths of an em. */
  width(gid: number): number;
  /**
   * @param text in one script and one direction, in the order in which it is read
   * @param language BCP 47: letters of a script may look different in some
   * @param leftward whether it runs from right to left: brackets are mirrored then
   * @returns glyphs from left to right; how far the pen moves, in em
   */
  shape(
    text: string,
    language: string,
    leftward: boolean,
  ): { readonly glyphs: readonly Glyph[]; readonly advance: number };
}

/** @throws Error where the bytes are no TrueType font */
export function openFont({ name, bytes }: FontFile): OpenFont {
  const face = new Face(new Blob(bytes));
  const font = new Font(face);
  const head = face.referenceTable('head');
  if (head === undefined) throw new Error(`${name} is no TrueType font`);
  const thousandths = (units: number): number => Math.round((units * 1000) / face.upem);
  const view = new DataView(head.buffer, head.byteOffset);
  const { ascender, descender } = font.hExtents();
  return {
    name,
    bytes,
    ascent: thousandths(ascender),
    descent: thousandths(descender),
    // xMin, yMin, xMax and yMax of all glyphs.
    box: [36, 38, 40, 42].map((at) => thousandths(view.getInt16(at))),
    has: (letters) => [...letters].every((letter) => UNSEEN.test(letter) || font.nominalGlyph(codeOf(letter))),
    width: (gid) => thousandths(font.glyphHAdvance(gid)),
    shape: (text, language, leftward) => {
      const buffer = new Text();
      buffer.addText(text);
      buffer.guessSegmentProperties();
      // Its guess is by letters: digits and brackets have none.
      buffer.setDirection(leftward ? Direction.RTL : Direction.LTR);
      buffer.setLanguage(language);
      shape(font, buffer);
      const shaped = buffer.getGlyphInfosAndPositions();
      const letters = lettersOf(text, shaped);
      let advance = 0;
      const glyphs = shaped.map(({ codepoint: gid, cluster, xAdvance = 0, xOffset = 0, yOffset = 0 }) => {
        const glyph = { gid, x: (advance + xOffset) / face.upem, y: yOffset / face.upem };
        advance += xAdvance;
        return { ...glyph, letters: letters.get(cluster) ?? '' };
      });
      return { glyphs, advance: advance / face.upem };
    },
  };
}

/** What joins letters, or keeps them apart, is never drawn: no font needs it. */
const UNSEEN = /^\p{Default_Ignorable_Code_Point}$/u;
const codeOf = (letter: string): number => letter.codePointAt(0) ?? 0;

/**
 * The letters that one glyph stands for, by where in the text they begin.
 *
 * @param shaped glyphs that stand for the same letters together have the same `cluster`: where those begin
 */
function lettersOf(text: string, shaped: readonly { readonly cluster: number }[]): ReadonlyMap<number, string> {
  const starts = shaped.map(({ cluster }) => cluster).sort((a, b) => a - b);
  return new Map(
    starts.flatMap((start, index) => {
      const isShared = starts[index - 1] === start || starts[index + 1] === start;
      return isShared ? [] : [[start, text.slice(start, starts[index + 1])]];
    }),
  );
}

/** What is asked of HarfBuzz's subsetter, by the names of its C functions. Pointers are numbers. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  _initialize(): void;
  malloc(bytes: number): number;
  free(pointer: number): void;
  hb_blob_create(data: number, length: number, mode: number, user: number, destroy: number): number;
  hb_blob_destroy(blob: number): void;
  hb_blob_get_data(blob: number, length: number): number;
  hb_blob_get_length(blob: number): number;
  hb_face_create(blob: number, index: number): number;
  hb_face_destroy(face: number): void;
  hb_face_reference_blob(face: number): number;
  hb_set_add(set: number, value: number): void;
  hb_subset_input_create_or_fail(): number;
  hb_subset_input_destroy(input: number): void;
  hb_subset_input_glyph_set(input: number): number;
  hb_subset_input_set(input: number, kind: number): number;
  hb_subset_input_set_flags(input: number, flags: number): void;
  hb_subset_or_fail(face: number, input: number): number;
}

// From hb.h and hb-subset.h.
const READ_ONLY = 1;
const DROP_TABLES = 3;
const FLAGS = { noHinting: 0x1, retainGids: 0x2, notdefOutline: 0x40, noLayoutClosure: 0x200 };

/** A reader of PDF is told glyphs by their numbers: it needs their outlines and widths, and nothing that shapes or names them. */
const UNUSED = ['GSUB', 'GPOS', 'GDEF', 'cmap', 'name', 'post', 'OS/2', 'STAT', 'gasp'];

/** Makes a font of some glyphs of another, each under the number that it had there. */
export type Subset = (font: Uint8Array, glyphs: Iterable<number>) => Uint8Array;

/**
 * The subsetter is a WebAssembly file of its own beside `harfbuzzjs`, which has no functions for it.
 *
 * @param wasm the bytes of `harfbuzzjs/dist/harfbuzz-subset.wasm`
 */
export async function openSubset(wasm: Uint8Array<ArrayBuffer>): Promise<Subset> {
  const { instance } = await WebAssembly.instantiate(wasm);
  const hb = instance.exports as unknown as Exports;
  hb._initialize();
  return (font, glyphs) => {
    const data = hb.malloc(font.length);
    if (data === 0) throw new Error('no memory to subset a font');
    // The memory may have grown and moved with any call, so that it is looked at anew each time.
    new Uint8Array(hb.memory.buffer).set(font, data);
    const blob = hb.hb_blob_create(data, font.length, READ_ONLY, 0, 0);
    const face = hb.hb_face_create(blob, 0);
    try {
      return subsetOf(hb, face, glyphs);
    } finally {
      hb.hb_face_destroy(face);
      hb.hb_blob_destroy(blob);
      hb.free(data);
    }
  };
}

function subsetOf(hb: Exports, face: number, glyphs: Iterable<number>): Uint8Array {
  const input = hb.hb_subset_input_create_or_fail();
  try {
    const wanted = hb.hb_subset_input_glyph_set(input);
    for (const gid of glyphs) hb.hb_set_add(wanted, gid);
    const dropped = hb.hb_subset_input_set(input, DROP_TABLES);
    for (const table of UNUSED) hb.hb_set_add(dropped, tagOf(table));
    hb.hb_subset_input_set_flags(
      input,
      FLAGS.noHinting | FLAGS.retainGids | FLAGS.notdefOutline | FLAGS.noLayoutClosure,
    );
    const made = hb.hb_subset_or_fail(face, input);
    if (made === 0) throw new Error('HarfBuzz made no subset of a font');
    const blob = hb.hb_face_reference_blob(made);
    const from = hb.hb_blob_get_data(blob, 0);
    const bytes = new Uint8Array(hb.memory.buffer).slice(from, from + hb.hb_blob_get_length(blob));
    hb.hb_blob_destroy(blob);
    hb.hb_face_destroy(made);
    return bytes;
  } finally {
    hb.hb_subset_input_destroy(input);
  }
}

const tagOf = (tag: string): number => [...tag].reduce((sum, letter) => sum * 256 + letter.charCodeAt(0), 0);
