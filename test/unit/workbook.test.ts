import fc from 'fast-check';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { isWorkbook, readWorkbook, workbook } from '../../shared/kernel/text/workbook.ts';
import { processorTime } from '../support/processor-time.ts';

const rowsIn = (bytes: Uint8Array) => readWorkbook(bytes)?.map(({ cells }) => cells);

interface Written {
  readonly sheets?: string;
  readonly properties?: string;
  readonly relations?: string;
  readonly shared?: string;
  readonly styles?: string;
}

/** A workbook as others write it. @param sheet inside of `sheetData` */
function packed(sheet: string, { sheets, properties = '', relations, shared = '', styles = '' }: Written = {}) {
  const files = {
    'xl/workbook.xml': `<workbook>${properties}<sheets>${sheets ?? '<sheet name="a" sheetId="1" r:id="rId7"/>'}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${relations ?? '<Relationship Target="worksheets/sheet1.xml" Id="rId7"/>'}</Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet><cols><col min="1"/></cols><sheetData>${sheet}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `<sst>${shared}</sst>`,
    'xl/styles.xml': `<styleSheet>${styles}</styleSheet>`,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])) as Zippable);
}

describe('a workbook', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((each) => each.trim() !== '');
  const cell = fc.oneof(text, fc.constantFrom('_x000D_', '&amp;', '<b>', 'a\nb', '=1+1', 'សុខា'), fc.integer());

  it('reads back whatever was written', () => {
    const unwritable = /[\0-\x08\v\f\x0E-\x1F\uFFFE\uFFFF\p{Surrogate}]/u;
    const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rows, (all) => {
        fc.pre(!unwritable.test(all.flat().join('')));
        const bytes = workbook(all);
        expect(isWorkbook(bytes)).toBe(true);
        expect(rowsIn(bytes)).toEqual(all.map((row) => row.map((each) => `${each}`)));
      }),
      { numRuns: 100 },
    );
  });

  it('is read as others write it: shared and rich texts, days, truths, formulas, gaps', () => {
    const shared =
      '<si><t>Full name</t></si><si><r><t>So</t></r><r><rPr><b/></rPr><t>kha &amp; </t></r><rPh><t>no</t></rPh></si>';
    const styles =
      '<numFmts><numFmt numFmtId="164" formatCode="[$-409]d mmm yyyy"/><numFmt numFmtId="165" formatCode="&quot;day &quot;0"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/></cellXfs>';
    const sheet =
      '<row r="3"><c r="B3" t="s"><v>0</v></c><c r="D3" t="inlineStr"><is><t>When</t></is></c></row><row r="4"/>' +
      '<row r="6"><c r="B6" t="s"><v>1</v></c><c r="C6" t="b"><v>1</v></c><c r="D6" s="1"><v>46693</v></c><c r="E6" s="2"><v>2</v></c>' +
      '<c r="F6" t="str"><f>A1&amp;B1</f><v>a&lt;b</v></c><c r="G6" s="3"><v>46694.5</v></c><c r="H6"><v>85512345678</v></c></row>';
    expect(readWorkbook(packed(sheet, { shared, styles }))).toEqual([
      { number: 3, cells: ['', 'Full name', '', 'When'] },
      { number: 6, cells: ['', 'Sokha & ', 'TRUE', '2027-11-02', '2', 'a<b', '2027-11-03', '85512345678'] },
    ]);
    const properties = '<workbookPr date1904="1"/>';
    expect(rowsIn(packed('<row><c s="1"><v>45231</v></c></row>', { styles, properties }))).toEqual([['2027-11-02']]);
  });

  it('is read where elements have prefixes, its first sheet is hidden, and where its parts lie is said in full', () => {
    const sheets =
      '<x:sheet name="h" sheetId="1" state="hidden" d:id="a"/><x:sheet name="s" sheetId="2" state="visible" d:id="b"/>';
    const relations =
      '<Relationship Id="a" Target="worksheets/none.xml"/><Relationship Id="b" Target="/xl/worksheets/sheet1.xml"/>';
    const sheet = '<x:row><x:c t="str"><x:v>Name</x:v></x:c></x:row>';
    expect(rowsIn(packed(sheet, { sheets, relations }))).toEqual([['Name']]);
  });

  it.each([
    ['what is packed otherwise', zipSync({ 'word/document.xml': strToU8('<a/>') })],
    ['what is cut off', workbook([['a']]).subarray(0, 300)],
    ['more than any list of people', packed('<row/>'.repeat(700_000))],
    ['a sheet that is not there', packed('', { relations: '' })],
  ])('is none: %s', (_, bytes) => {
    expect(isWorkbook(bytes)).toBe(true);
    expect(readWorkbook(bytes)).toBeUndefined();
  });

  it('that is hostile takes no longer, and no more room, than it has bytes', () => {
    const far = '<row r="1048576"><c r="XFD1048576" t="str"><v>far</v></c><c r="B1" t="str"><v>near</v></c></row>';
    expect(rowsIn(packed(far))).toEqual([['', 'near']]);
    for (const sheet of [
      '<row>'.repeat(600_000),
      `<row>${'<c>'.repeat(900_000)}</row>`,
      '<c '.repeat(900_000),
      '&#x'.repeat(900_000),
    ]) {
      const bytes = packed(sheet, { shared: '<si><rPh'.repeat(10_000) });
      expect(processorTime(() => readWorkbook(bytes), 1500)).toBeLessThan(1500);
    }
    const many = packed('<row><c r="KN1" t="str"><v>x</v></c></row>'.repeat(60_000));
    expect(readWorkbook(many)?.length).toBeLessThan(6000);
  });
});
