import { Blob, Face, Font, shape, Buffer as Text } from 'harfbuzzjs';

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
  /** @param text in one script @param language BCP 47: letters of a script may look different in some */
  shape(text: string, language: string): { readonly glyphs: readonly Glyph[]; readonly advance: number };
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
    shape: (text, language) => {
      const buffer = new Text();
      buffer.addText(text);
      buffer.guessSegmentProperties();
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
