import { Blob, Face, Font, shape, Buffer as Text } from 'harfbuzzjs';
import decompress from 'wawoff2/decompress.js';

/** A glyph as HarfBuzz places it. */
export interface ShapedGlyph {
  readonly gid: number;
  /** From where its text begins, to the right and up, in em. */
  readonly x: number;
  readonly y: number;
}

/** A file of a font, asked for what it has to draw. */
export interface ShapingFont {
  /** Glyphs of a text in one script, and how far the pen moves, in em. */
  shape(text: string): { readonly glyphs: readonly ShapedGlyph[]; readonly advance: number };
  /** What stands for one character alone; 0 where nothing does. */
  glyphOf(character: string): number;
}

/** @param woff2 the file's bytes @throws Error where they are none of WOFF2 */
export const openFont = async (woff2: Uint8Array): Promise<ShapingFont> => openTrueType(await decompress(woff2));

/** @param bytes a file of TrueType */
export function openTrueType(bytes: Uint8Array): ShapingFont {
  const face = new Face(new Blob(bytes));
  const font = new Font(face);
  return {
    shape: (text) => {
      const buffer = new Text();
      buffer.addText(text);
      buffer.guessSegmentProperties();
      shape(font, buffer);
      let advance = 0;
      const glyphs = buffer
        .getGlyphInfosAndPositions()
        .map(({ codepoint: gid, xAdvance = 0, xOffset = 0, yOffset = 0 }) => {
          const glyph = { gid, x: (advance + xOffset) / face.upem, y: yOffset / face.upem };
          advance += xAdvance;
          return glyph;
        });
      return { glyphs, advance: advance / face.upem };
    },
    glyphOf: (character) => font.nominalGlyph(character.codePointAt(0) ?? 0) ?? 0,
  };
}
