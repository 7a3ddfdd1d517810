import { type PDFContext, PDFHexString, type PDFRef } from 'pdf-lib';
import type { OpenFont, Subset } from './font.ts';
import type { SetText } from './set-text.ts';

/** Fonts of a PDF: each is embedded once, with the glyphs that are drawn in it and no others. */
class PdfFonts {
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
const fourDigits = (number: number): string => number.toString(16).padStart(4, '0');

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

/** A line of text, and where it begins, in points from the left and from below. */
export interface PlacedLine {
  readonly line: SetText;
  readonly size: number;
  readonly x: number;
  readonly y: number;
}

/** What a reader aloud finds on the page: a heading, a paragraph, or a picture with words for it. */
interface Part {
  readonly role: 'H1' | 'P' | 'Figure';
  /** What is read of a text, and of a picture in place of it. */
  readonly words: { readonly ActualText: string } | { readonly Alt: string };
}

/** A page in the making: what draws it, in the order in which it is read. */
export class PdfPage {
  readonly #operations: string[] = [];
  readonly #parts: Part[] = [];
  readonly #fonts = new PdfFonts();

  text(role: 'H1' | 'P', lines: readonly PlacedLine[]): void {
    this.#part(
      { role, words: { ActualText: lines.map(({ line }) => line.text).join(' ') } },
      lines.map((line) => this.#line(line)).join('\n'),
    );
  }

  /** @param operations of a content stream @param alt what it shows, in words */
  figure(operations: string, alt: string): void {
    this.#part({ role: 'Figure', words: { Alt: alt } }, `q\n${operations}\nQ`);
  }

  /** What means nothing: lines and frames. */
  ornament(operations: string): void {
    this.#operations.push('/Artifact BMC', 'q', operations, 'Q', 'EMC');
  }

  #part(part: Part, operations: string): void {
    this.#operations.push(`/${part.role} <</MCID ${this.#parts.length}>> BDC`, operations, 'EMC');
    this.#parts.push(part);
  }

  #line({ line, size, x, y }: PlacedLine): string {
    this.#fonts.draw(line);
    const said = PDFHexString.fromText(line.text).toString();
    return [
      `/Span <</ActualText ${said}>> BDC`,
      'BT',
      `1 0 0 1 ${fixed(x)} ${fixed(y)} Tm`,
      ...this.#glyphs(line, size),
      'ET',
      'EMC',
    ].join('\n');
  }

  /** Glyphs follow each other by their own widths; where HarfBuzz places one elsewhere, the pen is moved. */
  #glyphs({ glyphs }: SetText, size: number): readonly string[] {
    const operations: string[] = [];
    let font = '';
    let [pen, at, up] = [0, 0, 0];
    let row = '';
    const end = (): void => {
      if (row !== '') operations.push(`<${row}> Tj`);
      row = '';
    };
    for (const glyph of glyphs) {
      const name = this.#fonts.nameOf(glyph.font);
      if (name !== font || Math.abs(glyph.x - pen) > NOTHING || Math.abs(glyph.y - up) > NOTHING) {
        end();
        if (name !== font) operations.push(`/${name} ${fixed(size)} Tf`);
        operations.push(`${fixed((glyph.x - at) * size)} ${fixed((glyph.y - up) * size)} Td`);
        [font, pen, at, up] = [name, glyph.x, glyph.x, glyph.y];
      }
      row += fourDigits(glyph.gid);
      pen += glyph.font.width(glyph.gid) / 1000;
    }
    end();
    return operations;
  }

  /** @returns the page with its fonts, below `pages`, and the tree that readers aloud go by */
  finish(context: PDFContext, pages: PDFRef, box: readonly number[], subset: Subset): { page: PDFRef; tree: PDFRef } {
    const page = context.nextRef();
    context.assign(
      page,
      context.obj({
        Type: 'Page',
        Parent: pages,
        MediaBox: [...box],
        Resources: { Font: this.#fonts.embed(context, subset) },
        Contents: context.register(context.flateStream(this.#operations.join('\n'))),
        StructParents: 0,
      }),
    );
    return { page, tree: this.#tree(context, page) };
  }

  #tree(context: PDFContext, page: PDFRef): PDFRef {
    const tree = context.nextRef();
    const document = context.nextRef();
    const parts = this.#parts.map(({ role, words }, index) =>
      context.register(
        context.obj({
          Type: 'StructElem',
          S: role,
          P: document,
          Pg: page,
          K: index,
          ...Object.fromEntries(Object.entries(words).map(([key, text]) => [key, PDFHexString.fromText(text)])),
        }),
      ),
    );
    context.assign(document, context.obj({ Type: 'StructElem', S: 'Document', P: tree, K: parts }));
    const parents = context.register(context.obj({ Nums: [0, parts] }));
    context.assign(
      tree,
      context.obj({ Type: 'StructTreeRoot', K: document, ParentTree: parents, ParentTreeNextKey: 1 }),
    );
    return tree;
  }
}

/** Em: less than anyone sees. */
const NOTHING = 0.0005;
const fixed = (number: number): string => String(Number(number.toFixed(3)));
