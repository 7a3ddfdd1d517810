import { strToU8, zipSync } from 'fflate';

export type Cell = string | number;

const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const [MAIN, OFFICE, PACKAGE] = [
  'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
  'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
  'http://schemas.openxmlformats.org/package/2006',
];

type Attributes = Readonly<Record<string, string | number>>;

/** An element of XML; @param inside elements, or text that is escaped */
function xml(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  const said = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}="${value}"`);
  return `<${name}${said.join('')}>${inside.join('')}</${name}>`;
}

const part = (file: string, type: string): string =>
  xml('Override', { PartName: `/xl/${file}.xml`, ContentType: `${TYPE}.${type}+xml` });
const relations = (...targets: readonly (readonly [type: string, file: string])[]): string => {
  const each = ([type, file]: (typeof targets)[number], at: number): string =>
    xml('Relationship', { Id: `r${at}`, Type: `${OFFICE}/${type}`, Target: `${file}.xml` });
  return xml('Relationships', { xmlns: `${PACKAGE}/relationships` }, ...targets.map(each));
};
const font = (...weight: readonly string[]): string =>
  xml('font', {}, ...weight, xml('sz', { val: 11 }), xml('name', { val: 'Calibri' }));
const fill = (patternType: string): string => xml('fill', {}, xml('patternFill', { patternType }));
const format = (numFmtId: number, fontId: number): string => xml('xf', { numFmtId, fontId, fillId: 0, borderId: 0 });
const RELATIONS = 'application/vnd.openxmlformats-package.relationships+xml';

/** All but the cells: one sheet, whose formats are those of numbers, of text, and of the names of columns (ECMA-376, part 1, 18.8.45). */
const PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml': xml(
    'Types',
    { xmlns: `${PACKAGE}/content-types` },
    xml('Default', { Extension: 'rels', ContentType: RELATIONS }),
    ...[part('workbook', 'sheet.main'), part('worksheets/sheet1', 'worksheet'), part('styles', 'styles')],
  ),
  '_rels/.rels': relations(['officeDocument', 'xl/workbook']),
  'xl/workbook.xml': xml(
    'workbook',
    { xmlns: MAIN, 'xmlns:r': OFFICE },
    xml('bookViews', {}, xml('workbookView', {})),
    xml('sheets', {}, xml('sheet', { name: 1, sheetId: 1, 'r:id': 'r0' })),
  ),
  'xl/_rels/workbook.xml.rels': relations(['worksheet', 'worksheets/sheet1'], ['styles', 'styles']),
  'xl/styles.xml': xml(
    'styleSheet',
    { xmlns: MAIN },
    xml('fonts', {}, font(), font(xml('b', {}))),
    xml('fills', {}, fill('none'), fill('gray125')),
    xml('borders', {}, xml('border', {})),
    xml('cellStyleXfs', {}, format(0, 0)),
    xml('cellXfs', {}, format(0, 0), format(49, 0), format(49, 1)),
  ),
};
/** Places of these formats. */
const [TEXT, HEAD] = [1, 2];

/** Letters of a column that are seen at once. */
const [NARROWEST, WIDEST] = [12, 40];

/**
 * A workbook, which Excel reads the same in every country. Of CSV it takes what ends a cell from the settings of a computer, so that in
 * Indonesia, Vietnam or Germany all of a line stands in one column; drops the noughts that telephone numbers begin with; and makes dates of
 * what looks like one. What is text here stays text, also when somebody edits it: no formula comes of it (AB7).
 *
 * @param rows names of columns first
 */
export function workbook(rows: readonly (readonly Cell[])[]): Blob {
  const letters = (rows[0] ?? []).map((_, at) => lettersOf(at));
  const widths = (rows[0] ?? []).map((name, at) => {
    const width = Math.min(Math.max(NARROWEST, `${name}`.length + 2), WIDEST);
    return xml('col', { min: at + 1, max: at + 1, width, customWidth: 1 });
  });
  const lines = rows.map((row, at) => {
    const cells = row.map((cell, column) => cellOf(cell, `${letters[column]}${at + 1}`, at === 0 ? HEAD : TEXT));
    return `<row r="${at + 1}">${cells.join('')}</row>`;
  });
  const pane = xml('pane', { ySplit: 1, topLeftCell: 'A2', activePane: 'bottomLeft', state: 'frozen' });
  const sheet = xml(
    'worksheet',
    { xmlns: MAIN },
    xml('sheetViews', {}, xml('sheetView', { workbookViewId: 0 }, pane)),
    xml('cols', {}, ...widths),
    `<sheetData>${lines.join('')}</sheetData>`,
  );
  const files = Object.entries({ ...PARTS, 'xl/worksheets/sheet1.xml': sheet });
  const bytes = files.map(([name, text]) => [name, strToU8(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`)]);
  return new Blob([zipSync(Object.fromEntries(bytes))], { type: `${TYPE}.sheet` });
}

/** `A` to `Z`, `AA` and so on. */
const lettersOf = (column: number): string =>
  (column < 26 ? '' : lettersOf(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));

function cellOf(cell: Cell, place: string, style: number): string {
  if (cell === '') return '';
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** No XML holds these, however they are written. */
const UNWRITABLE = /[\0-\x08\v\f\x0E-\x1F\uFFFE\uFFFF\p{Surrogate}]/gu;
const escaped = (text: string): string =>
  text.replace(UNWRITABLE, '').replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign);
