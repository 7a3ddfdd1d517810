/** A row of a table, by its number in the spreadsheet that wrote it: its first row is 1, and one in which nothing stands counts. */
export interface TableRow {
  readonly number: number;
  readonly cells: readonly string[];
}

/** By what a file begins with; Excel writes UTF-16 where it says "Unicode text". */
const MARKS = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
] as const;

const SEPARATORS = [',', ';', '\t'] as const;

/**
 * Reads a table of separated values (RFC 4180): in UTF-8, or in UTF-16 with its mark; separated by commas, semicolons
 * or tabs, whichever the first line with any has most of. Rows in which nothing stands are left out. Linear, whatever was sent.
 *
 * @returns nothing for what is no such text: another encoding, a picture, a quotation that does not end
 */
export function readTable(bytes: Uint8Array): readonly TableRow[] | undefined {
  const text = decoded(bytes);
  return text === undefined || text.includes('\0') ? undefined : parseTable(text);
}

function decoded(bytes: Uint8Array): string | undefined {
  const mark = MARKS.find((each) => each.bytes.every((byte, index) => bytes[index] === byte));
  try {
    return new TextDecoder(mark?.encoding ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parseTable(text: string): readonly TableRow[] | undefined {
  // Excel's own way to name the separator.
  const [, named] = /^sep=([,;\t])\r?\n/.exec(text) ?? [];
  const body = named === undefined ? text : text.slice(text.indexOf('\n') + 1);
  const rows = rowsOf(body, named ?? separatorOf(body));
  return rows
    ?.map((cells, index) => ({ number: index + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
}

/** A title may stand above the first line that has any. */
function separatorOf(text: string): string {
  const lines = text.replace(/"[^"]*"/g, '').split(/[\r\n]/);
  const firstLine = lines.find((line) => /[,;\t]/.test(line.trim())) ?? '';
  const counted = SEPARATORS.map((separator) => ({ separator, count: firstLine.split(separator).length }));
  return counted.reduce((most, each) => (each.count > most.count ? each : most)).separator;
}

/** A cell in quotes may hold separators, line breaks and, doubled, quotes. @returns nothing for a quotation that does not end */
export function rowsOf(text: string, separator: string): string[][] | undefined {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at <= text.length) {
    let cell = '';
    if (text[at] === '"') {
      const quoted = quotedAt(text, at);
      if (quoted === undefined) return undefined;
      cell = quoted.cell;
      at = quoted.end;
    }
    const end = cellEnd(text, at, separator);
    row.push(cell + text.slice(at, end));
    if (text[end] !== separator) {
      rows.push(row);
      row = [];
    }
    at = text.startsWith('\r\n', end) ? end + 2 : end + 1;
  }
  return rows;
}

function quotedAt(text: string, start: number): { readonly cell: string; readonly end: number } | undefined {
  const parts: string[] = [];
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return undefined;
    parts.push(text.slice(from, quote));
    if (text[quote + 1] !== '"') return { cell: parts.join('"'), end: quote + 1 };
    from = quote + 2;
  }
}

function cellEnd(text: string, from: number, separator: string): number {
  let end = from;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return end;
}
