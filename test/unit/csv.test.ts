import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf } from '../../shared/kernel/text/csv.ts';

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
  fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', "'", 'a', '=') }),
);

describe('a table', () => {
  it.each(FORMULA)('AB7: a cell that begins with %j is text', (first) => {
    expect(parse(csvOf([[`${first}1+1`]]))).toEqual([[`'${first}1+1`]]);
  });

  it.each(FORMULA)('AB7: nor does one begin with %j where a semicolon ends cells', (first) => {
    expect(parse(csvOf([[`a;${first}1+1;b`]]))).toEqual([[`a;'${first}1+1;b`]]);
  });

  it('AB7: nothing begins like a formula, and nothing else is changed or moved', () => {
    const width = 3;
    const rows = fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(rows, (table) => {
        const read = parse(csvOf(table));
        const begins = (text: string) => FORMULA.some((first) => text.startsWith(first));
        const harmless = (text: string) =>
          text
            .split(';')
            .map((part) => (begins(part) ? `'${part}` : part))
            .join(';');
        expect(read.flat().some((text) => text.split(';').some(begins))).toBe(false);
        expect(read).toEqual(table.map((row) => row.map(harmless)));
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
