import { Pdf, referred } from './pdf.ts';

/** A glyph on paper. */
export interface DrawnGlyph {
  /** Name of its font, and which of the page's fonts of that name: a file for each of a font's scripts is a font. */
  readonly font: string;
  readonly file: string;
  readonly gid: number;
  /** Of the font, in units of the page. */
  readonly size: number;
  /** From where its line begins, to the right and up, in em. */
  readonly x: number;
  readonly y: number;
}

/** Glyphs as a printed page draws them, page by page. @throws Error where text is drawn in a way that is not known here */
export function glyphsOn(bytes: Buffer): readonly (readonly DrawnGlyph[])[] {
  const pdf = new Pdf(bytes);
  return pdf.pages().map(({ dictionary }) => {
    const [contents = ''] = referred(dictionary, 'Contents');
    const fonts = new Map(
      [...dictionary.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [name, fontOf(pdf, id)]),
    );
    return textsIn(pdf.object(contents).stream).flatMap((text) => draw(text, fonts));
  });
}

interface Font {
  readonly name: string;
  /** Advance of a glyph, in thousandths of an em. */
  width(gid: number): number;
}

function fontOf(pdf: Pdf, id: string): Font {
  const { dictionary } = pdf.object(id);
  // Chromium keeps the numbers that glyphs have in the file, although it embeds those alone that it needs.
  if (!dictionary.includes('/Identity-H')) throw new Error(`font ${id} numbers its glyphs in a way of its own`);
  const [described = ''] = referred(dictionary, 'DescendantFonts');
  const { dictionary: font } = pdf.object(described);
  const widths = widthsIn(/\/W \[([^\n]*)\]/.exec(font)?.[1] ?? '');
  const usual = Number(/\/DW ([\d.]+)/.exec(font)?.[1] ?? 1000);
  return { name: /\/BaseFont \/\w+\+([\w-]+)/.exec(font)?.[1] ?? '', width: (gid) => widths.get(gid) ?? usual };
}

/** `first [w w w]` for glyphs in a row, `first last w` for those that are equally wide. */
function widthsIn(text: string): ReadonlyMap<number, number> {
  const widths = new Map<number, number>();
  for (const [, first, row, last, same] of text.matchAll(/(\d+) (?:\[([^\]]*)\]|(\d+) ([\d.]+))/g)) {
    if (row !== undefined)
      row
        .trim()
        .split(' ')
        .forEach((width, index) => void widths.set(Number(first) + index, Number(width)));
    else for (let gid = Number(first); gid <= Number(last); gid += 1) widths.set(gid, Number(same));
  }
  return widths;
}

/** What stands between `BT` and `ET`. */
const textsIn = (stream: string): readonly string[] =>
  [...stream.matchAll(/(?<=\n)BT\n(.*?)(?<=\n)ET\n/gs)].map(([, text = '']) => text);

const OPERATION =
  /(?:\/Span<<.*?>> BDC|\/ReversedChars BMC|EMC|\/(F\d+) ([\d.]+) Tf|1 0 0 -?1 \S+ \S+ (Tm)|(\S+) (\S+) Td|<(\w+)> Tj)\s+/gsy;

function draw(text: string, fonts: ReadonlyMap<string, Font>): readonly DrawnGlyph[] {
  const drawn: DrawnGlyph[] = [];
  let [file, size, x, y] = ['', 0, 0, 0];
  let read = 0;
  for (const [whole, name, scale, begins, right, up, glyphs = ''] of text.matchAll(OPERATION)) {
    read += whole.length;
    if (name !== undefined) [file, size] = [name, Number(scale)];
    if (begins !== undefined) [x, y] = [0, 0];
    if (right !== undefined) [x, y] = [x + Number(right), y + Number(up)];
    const font = fonts.get(file);
    let pen = x / size;
    for (const [hex] of glyphs.matchAll(/.{4}/g)) {
      const gid = Number.parseInt(hex, 16);
      drawn.push({ font: font?.name ?? '', file, gid, size, x: pen, y: y / size });
      pen += (font?.width(gid) ?? 0) / 1000;
    }
  }
  if (read !== text.length) throw new Error(`text is drawn by something unknown: ${text.slice(read, read + 80)}`);
  return drawn;
}
