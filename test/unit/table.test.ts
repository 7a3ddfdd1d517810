import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf } from '../../shared/kernel/text/csv.ts';
import { readTable } from '../../shared/kernel/text/table.ts';
import { processorTime } from '../support/processor-time.ts';

const ENCODINGS = {
  'UTF-8': (text: string) => Buffer.from(text),
  'UTF-8 with a mark': (text: string) => Buffer.from(`\uFEFF${text}`),
  'UTF-16, little end first': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'UTF-16, big end first': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
} as const;
const SEPARATORS = [',', ';', '\t'] as const;

const written = (rows: readonly (readonly string[])[], separator: string, lineBreak: string): string =>
  rows.map((row) => row.map((cell) => quoted(cell, separator)).join(separator) + lineBreak).join('');
const quoted = (cell: string, separator: string): string =>
  cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

const cell = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom('សុខា គំរូ', 'a,b;c\td', 'say "yes"', 'two\r\nlines', '=HYPERLINK("http://x.test","y")', '', ' '),
  )
  .filter((text) => !text.includes('\0') && !text.startsWith('\uFEFF'));
/** The first line tells the separator: two columns at least, whose names hold none. */
const table = fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 0, max: 8 })).chain(([columns, rows]) =>
  fc.tuple(
    fc.array(fc.stringMatching(/^[A-Za-z]{1,10}$/), { minLength: columns, maxLength: columns }),
    fc.array(
      fc
        .array(cell, { minLength: columns, maxLength: columns })
        .filter((row) => row.some((text) => text.trim() !== '')),
      { minLength: rows, maxLength: rows },
    ),
  ),
);

const readCells = (bytes: Uint8Array) => readTable(bytes)?.map(({ cells }) => cells);

describe.each(Object.entries(ENCODINGS))('a table in %s', (_, encode) => {
  it.each(SEPARATORS)('reads back whatever was written, separated by %j', (separator) => {
    fc.assert(
      fc.property(table, fc.constantFrom('\r\n', '\n', '\r'), ([names, rows], lineBreak) => {
        const all = [names, ...rows];
        expect(readCells(encode(written(all, separator, lineBreak)))).toEqual(all);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a table', () => {
  const read = (text: string) => readCells(Buffer.from(text));

  it.each([
    ['a blank first line', '\r\n \r\nname;email\r\nSokha;x'],
    ['a line break within a name', '"name,\nas, on, it";email\r\nSokha;x'],
  ])('is told its separator after %s', (_, text) => {
    expect(read(text)?.at(-1)).toEqual(['Sokha', 'x']);
  });

  it('leaves out lines in which nothing stands', () => {
    expect(read('name,email\r\n,\r\n\r\nSokha,\r\n , \r\n')).toEqual([
      ['name', 'email'],
      ['Sokha', ''],
    ]);
  });

  it('numbers rows as the spreadsheet does that wrote them, whatever they hold', () => {
    const numbers = (text: string) => readTable(Buffer.from(text))?.map(({ number }) => number);
    expect(numbers('name,email\r\n,\r\n\r\nSokha,\r\n"two\r\nlines",\r\nDara,\r\n')).toEqual([1, 4, 5, 6]);
    expect(numbers('sep=;\r\nname;email\r\n\r\nSokha;')).toEqual([1, 3]);
    expect(numbers('\n\nname\n\nSokha')).toEqual([3, 5]);
  });

  it('needs no line break at its end', () => {
    expect(read('name;email\nSokha;a@example.org')).toEqual([
      ['name', 'email'],
      ['Sokha', 'a@example.org'],
    ]);
  });

  it('says its separator, as Excel writes it', () => {
    expect(read('sep=;\r\nname;a,b,c\r\nx;y')).toEqual([
      ['name', 'a,b,c'],
      ['x', 'y'],
    ]);
  });

  it('AB7: comes back from what we export ourselves, formulas made harmless', () => {
    const rows = [
      ['name', 'note'],
      ['Sokha', '=1+1'],
    ];
    expect(readCells(Buffer.from(csvOf(rows)))).toEqual([rows[0], ['Sokha', "'=1+1"]]);
  });

  it.each([
    ['a quotation that does not end', Buffer.from('name,email\n"Sokha,x\n')],
    ['Windows-1252', Buffer.from([0x6e, 0x61, 0x6d, 0x65, 0x2c, 0xe9, 0x0a])],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00])],
    ['a spreadsheet’s own format', Buffer.from('PK\u0003\u0004\u0014\u0000', 'latin1')],
    ['UTF-16 without its mark', Buffer.from('name,email', 'utf16le')],
    ['half a UTF-16 character', Buffer.from([0xff, 0xfe, 0x41])],
  ])('is nothing for %s', (_, bytes) => {
    expect(readTable(bytes)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        readTable(bytes);
      }),
    );
  });

  it('AB11: reads 256 KB of anything within a moment', () => {
    for (const text of ['"', '""', ',', '"a', 'x\r', '\n', '" ,']) {
      const bytes = Buffer.from(text.repeat(Math.floor((256 * 1024) / text.length)));
      expect(processorTime(() => readTable(bytes), 1000, 3)).toBeLessThan(1000);
    }
  });
});
