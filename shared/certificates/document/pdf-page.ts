import { type PDFContext, PDFHexString, type PDFRef } from 'pdf-lib';
import { fourDigits, PdfFonts } from './pdf-font.ts';
import type { SetText } from './set-text.ts';
import type { Subset } from './subset.ts';

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
