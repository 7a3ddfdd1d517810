import { type PDFContext, PDFHexString, type PDFRef } from 'pdf-lib';
import type { OpenFont } from './font.ts';
import type { SetText } from './set-text.ts';
import type { Subset } from './subset.ts';

/** Fonts of a PDF: each is embedded once, with the glyphs that are drawn in it and no others. */
export class PdfFonts {
  readonly #fonts = new Map<OpenFont, Map<number, string>>();

  /** @returns the name under which a page knows a font */
  nameOf(font: OpenFont): string {
    if (!this.#fonts.has(font)) this.#fonts.set(font, new Map());
    return `F${[...this.#fonts.keys()].indexOf(font)}`;
  }

  /** Takes note of what a text draws, and of what each glyph stands for. */
  draw({ glyphs }: SetText): void {
    for (const { font, gid, letters } of glyphs) {
      this.nameOf(font);
      const drawn = this.#fonts.get(font);
      if (drawn !== undefined && (drawn.get(gid) ?? '') === '') drawn.set(gid, letters);
    }
  }

  /** Embeds all of them. @returns each under its name */
  embed(context: PDFContext, subset: Subset): Readonly<Record<string, PDFRef>> {
    return Object.fromEntries(
      [...this.#fonts].map(([font, drawn]) => {
        const glyphs = new Map([...drawn].sort(([a], [b]) => a - b));
        return [this.nameOf(font), embedded(context, font, glyphs, subset)];
      }),
    );
  }
}

function embedded(context: PDFContext, font: OpenFont, glyphs: ReadonlyMap<number, string>, subset: Subset): PDFRef {
  const bytes = subset(font.bytes, glyphs.keys());
  // Six letters and a plus sign say that the file holds some of the font's glyphs.
  const BaseFont = `PARTLY+${font.name}`;
  const descriptor = {
    Type: 'FontDescriptor',
    FontName: BaseFont,
    // Glyphs have numbers of the font's own, in no standard order.
    Flags: 4,
    FontBBox: [...font.box],
    ItalicAngle: 0,
    Ascent: font.ascent,
    Descent: font.descent,
    CapHeight: font.ascent,
    StemV: 80,
    FontFile2: context.register(context.flateStream(bytes, { Length1: bytes.length })),
  };
  const descendant = {
    Type: 'Font',
    Subtype: 'CIDFontType2',
    BaseFont,
    CIDSystemInfo: {
      Registry: PDFHexString.of(hexOf('Adobe')),
      Ordering: PDFHexString.of(hexOf('Identity')),
      Supplement: 0,
    },
    CIDToGIDMap: 'Identity',
    DW: 0,
    W: [...glyphs.keys()].flatMap((gid) => [gid, [font.width(gid)]]),
    FontDescriptor: context.register(context.obj(descriptor)),
  };
  const whole = {
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont,
    Encoding: 'Identity-H',
    DescendantFonts: [context.register(context.obj(descendant))],
    ToUnicode: context.register(context.flateStream(toUnicode(glyphs))),
  };
  return context.register(context.obj(whole));
}

const hexOf = (text: string): string => [...text].map((letter) => letter.charCodeAt(0).toString(16)).join('');
export const fourDigits = (number: number): string => number.toString(16).padStart(4, '0');

/** What readers copy and search where they do not know of a line's `ActualText`. */
function toUnicode(glyphs: ReadonlyMap<number, string>): string {
  const known = [...glyphs].filter(([, letters]) => letters !== '');
  const lines = known.map(([gid, letters]) => `<${fourDigits(gid)}> <${utf16(letters)}>`);
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000> <ffff> endcodespacerange',
    ...hundreds(lines).map((some) => `${some.length} beginbfchar\n${some.join('\n')}\nendbfchar`),
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
}

const utf16 = (text: string): string =>
  Array.from({ length: text.length }, (_, index) => fourDigits(text.charCodeAt(index))).join('');

/** A block of a character map holds no more. */
const hundreds = (lines: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(lines.length / 100) }, (_, index) => lines.slice(index * 100, index * 100 + 100));
