import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf, rowsOfCsv } from '../../shared/kernel/text/csv.ts';
import { workbook } from '../../shared/kernel/text/workbook.ts';
import { peopleInWords } from '../../web/console/checkin/who-came.tsx';
import type { PublicEvent } from '../../web/console/desk.ts';
import { oneTable } from '../../web/console/kernel/form/save-table.tsx';
import { fetchWords } from '../../web/console/words.ts';
import { readWorkbook } from '../support/workbook.ts';

/** Reads a table back as RFC 4180 says, strictly. */
function parse(csv: string): string[][] {
  expect(csv.startsWith('\uFEFF')).toBe(true);
  const rows: string[][] = [];
  let row: string[] = [];
  let rest = csv.slice(1);
  while (rest !== '') {
    const quoted = /^"((?:[^"]|"")*)"(,|\r\n)/.exec(rest);
    const [all = '', text = '', end] = quoted ?? /^([^",\r\n]*)(,|\r\n)/.exec(rest) ?? [];
    expect(all).not.toBe('');
    row.push(quoted ? text.replaceAll('""', '"') : text);
    rest = rest.slice(all.length);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

const FORMULA = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];
const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.tuple(fc.constantFrom(...FORMULA), fc.string({ maxLength: 8 })).map(([first, rest]) => first + rest),
  fc.string({ unit: fc.constantFrom('"', ',', ';', '\r', '\n', "'", 'a', '=') }),
);

describe('a table', () => {
  it.each(FORMULA)('AB7: a cell that begins with %j is text', (first) => {
    expect(parse(csvOf([[`${first}1+1`]]))).toEqual([[`'${first}1+1`]]);
  });

  it.each(FORMULA)('AB7: nor does one begin with %j where a semicolon ends cells', (first) => {
    expect(parse(csvOf([[`a;${first}1+1;b`]]))).toEqual([[`a;'${first}1+1;b`]]);
    expect(parse(csvOf([[`a;"${first}1+1;b`]])), 'nor behind a quotation mark').toEqual([[`a;'"${first}1+1;b`]]);
  });

  it('AB7: nothing begins like a formula, and nothing else is changed or moved', () => {
    const width = 3;
    const rows = fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(rows, (table) => {
        const read = parse(csvOf(table));
        const begins = (text: string) => FORMULA.some((first) => text.startsWith(first));
        const quoted = (text: string) => begins(text.replace(/^"*/, ''));
        const harmless = (text: string) =>
          text
            .split(';')
            .map((part, at) => (begins(part) || (at > 0 && quoted(part)) ? `'${part}` : part))
            .join(';');
        expect(read.flat().some((text) => text.split(';').some(begins))).toBe(false);
        expect(read).toEqual(table.map((row) => row.map(harmless)));
        const unharmed = (text: string) => text.replace(/(^|;)'(?="*[=+\-@＝＋－＠\t\r\n\0])/g, '$1');
        expect(rowsOfCsv(csvOf(table))).toEqual(table.map((row) => row.map(unharmed)));
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves text of any script as it is', () => {
    expect(
      csvOf([
        ['សុខា', 'a "b"'],
        ['x,y', ''],
      ]),
    ).toBe('\uFEFFសុខា,"a ""b"""\r\n"x,y",\r\n');
  });
});

describe('RE11: a file of the console', () => {
  it('AB7: holds text as text and numbers as numbers, whatever a spreadsheet would make of them', async () => {
    const rows = [
      ['Reference', 'Telephone', 'Consent', 'Times'],
      ['12345678E9', '012345678', '2027-1', 3],
      ['=1+1', '+855 12 345 678', 'a;@b', 0],
      ["'quoted'", 'two\nlines, <b>&</b>', 'សុខា', 4.25],
    ];
    expect(await readWorkbook(workbook(rows))).toEqual(rows);
    expect(await readWorkbook(workbook([['a'], ['\0\uD800'], ['b']]))).toEqual([['a'], [null], ['b']]);
  });

  it('says in words what the API calls by ids, its parts one below another', async () => {
    await fetchWords('doors');
    const event = { categories: [{ id: 'media', title: 'Media' }] } as unknown as PublicEvent;
    const part = (...rows: string[][]) =>
      new Blob([csvOf([['reference', 'fullName', 'country', 'category', 'mode', 'given', 'status'], ...rows])]);
    const parts = [
      part(['A', '-Dara, "D"', 'KH', 'media', 'online', '2', 'out'], ['B', 'Sokha', '', 'gone', '', '1', '']),
      part(['C', 'Chan', 'TH', 'media', 'in-person', '1', 'not-yet']),
    ];
    expect(await oneTable(parts, peopleInWords(event))).toEqual([
      ['Reference', 'Full name', 'Country', 'Group', 'Takes part', 'Times', 'Status'],
      ['A', '-Dara, "D"', 'Cambodia', 'Media', 'Online', 2, 'Not back yet'],
      ['B', 'Sokha', '', 'gone', '', 1, ''],
      ['C', 'Chan', 'Thailand', 'Media', 'In person', 1, 'Not yet'],
    ]);
  });
});
