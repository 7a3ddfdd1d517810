import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { TableRow } from './table.ts';

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
export function workbook(rows: readonly (readonly Cell[])[]): Uint8Array<ArrayBuffer> {
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
  return zipSync(Object.fromEntries(bytes)) as Uint8Array<ArrayBuffer>;
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
/** What looks like a sign that is written by its number stays what it looks like. */
const escaped = (text: string): string =>
  text
    .replace(UNWRITABLE, '')
    .replace(/_(?=x[\dA-F]{4}_)/g, '_x005F_')
    .replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign);

/** Bytes of a part, unpacked: no list of people has more. */
const MOST_XML = 4_000_000;
/** Rows and columns that are read: whoever has more is told of too many people, and names no column there. */
const [MOST_ROWS, MOST_COLUMNS] = [5_000, 300];

/** Whether a file is packed as workbooks are; no text begins so. */
export const isWorkbook = (bytes: Uint8Array): boolean => [0x50, 0x4b, 3, 4].every((byte, at) => bytes[at] === byte);

/**
 * The first sheet that is shown of a workbook (ECMA-376, part 1, 18.3): text, numbers as they are computed with, days as `2027-11-02`, and what
 * formulas came to when it was saved. Linear, whatever was sent.
 *
 * @returns nothing for what is packed otherwise, locked by a password, or larger than any list of people
 */
export function readWorkbook(bytes: Uint8Array): readonly TableRow[] | undefined {
  const parts = unpacked(bytes);
  const book = parts?.['xl/workbook.xml'] ?? '';
  const [sheet = ''] = [...elements(book, 'sheet')]
    .map(({ tag }) => tag)
    .filter((tag) => !/ state="(?:hidden|veryHidden)"/.test(tag));
  const named = [...elements(parts?.['xl/_rels/workbook.xml.rels'] ?? '', 'Relationship')];
  const target = named.find(({ tag }) => attributeOf(tag, 'Id') === /:id="([^"]*)"/.exec(sheet)?.[1])?.tag ?? '';
  const cells = parts?.[`xl/${(attributeOf(target, 'Target') ?? '').replace(/^\/?xl\//, '')}`];
  if (parts === undefined || cells === undefined) return undefined;
  const texts = [...elements(parts['xl/sharedStrings.xml'] ?? '', 'si')].map(({ inside }) => textOf(inside));
  const [properties] = elements(book, 'workbookPr');
  const from1904 = /^(?:1|true)$/.test(attributeOf(properties?.tag ?? '', 'date1904') ?? '');
  const isDay = dayStyles(parts['xl/styles.xml'] ?? '');
  const textIn = ({ tag, inside }: Element): string => {
    const [type, value] = [attributeOf(tag, 't') ?? 'n', insideOf(inside, 'v')];
    if (type === 's') return texts[Number(value)] ?? '';
    if (type === 'inlineStr') return textOf(inside);
    if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
    if (type !== 'n' || value === '') return unescaped(value);
    return isDay(attributeOf(tag, 's') ?? '0') ? dayOf(Number(value), from1904) : `${Number(value)}`;
  };
  const rows: TableRow[] = [];
  for (const { tag, inside } of elements(cells, 'row')) {
    const row: string[] = [];
    for (const cell of elements(inside, 'c')) {
      const column = columnOf(attributeOf(cell.tag, 'r'), row.length);
      if (column < MOST_COLUMNS) row[column] = textIn(cell);
    }
    const number = Number(attributeOf(tag, 'r') ?? (rows.at(-1)?.number ?? 0) + 1);
    const filled = Array.from(row, (cell = '') => cell);
    if (filled.some((cell) => cell.trim() !== '')) rows.push({ number, cells: filled });
    if (rows.length > MOST_ROWS) break;
  }
  return rows;
}

const READ = /^xl\/(?:workbook|sharedStrings|styles|_rels\/workbook\.xml|worksheets\/[\w-]+)\.(?:xml|rels)$/;

/** The parts that are read, by name, as XML without prefixes of elements. */
function unpacked(bytes: Uint8Array): Readonly<Record<string, string>> | undefined {
  try {
    let size = 0;
    const filter = ({ name, originalSize }: { name: string; originalSize: number }): boolean => {
      if (!READ.test(name)) return false;
      size += originalSize;
      return size <= MOST_XML;
    };
    const files = Object.entries(unzipSync(bytes, { filter }));
    if (size > MOST_XML) return undefined;
    return Object.fromEntries(files.map(([name, file]) => [name, strFromU8(file).replace(/<(\/?)\w+:/g, '<$1')]));
  } catch {
    return undefined;
  }
}

interface Element {
  /** As it begins, without its end: `<c r="A1"`. */
  readonly tag: string;
  readonly inside: string;
}

/** Elements of a name that stand in none of the same name. */
function* elements(xml: string, name: string): Generator<Element, undefined> {
  for (let at = xml.indexOf(`<${name}`); at >= 0; at = xml.indexOf(`<${name}`, at + 1)) {
    const end = xml.indexOf('>', at);
    if (end < 0) return;
    if (!/[\s/>]/.test(xml[at + name.length + 1] ?? '')) continue;
    const isEmpty = xml[end - 1] === '/';
    const close = isEmpty ? end : xml.indexOf(`</${name}>`, end);
    if (close < 0) return;
    yield { tag: xml.slice(at, isEmpty ? end - 1 : end), inside: isEmpty ? '' : xml.slice(end + 1, close) };
    at = close;
  }
}

const insideOf = (xml: string, name: string): string => elements(xml, name).next().value?.inside ?? '';

function attributeOf(tag: string, name: string): string | undefined {
  const from = tag.indexOf(` ${name}="`) + name.length + 3;
  return from < name.length + 3 ? undefined : unescaped(tag.slice(from, tag.indexOf('"', from)));
}

/** Text of an item, whose parts may look different; without how it is read aloud, as Japanese has it beside it. */
function textOf(item: string): string {
  const [first = '', ...others] = item.split('<rPh');
  const spoken = [first, ...others.map((each) => each.slice(each.indexOf('</rPh>') + 1))].join('');
  return [...elements(spoken, 't')].map(({ inside }) => unescaped(inside)).join('');
}

const SIGNS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const LAST_SIGN = 0x10ffff;

/** Also of what no XML holds, as Excel writes it: `_x000D_`. */
const unescaped = (text: string): string =>
  text
    .replace(/_x([\dA-F]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|([a-z]{2,4}));/g, (sign, ten, sixteen, name) => {
      const code = ten === undefined ? Number.parseInt(sixteen, 16) : Number(ten);
      return SIGNS[name] ?? (code <= LAST_SIGN ? String.fromCodePoint(code) : sign);
    });

/** Of `AB12`, from 0. @param next where a cell does not say where it stands */
function columnOf(place: string | undefined, next: number): number {
  const [letters] = /^[A-Z]{1,3}/.exec(place ?? '') ?? [];
  if (letters === undefined) return next;
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** Formats of days that every workbook has: those of times alone are none (18.8.30). */
const DAY_FORMATS: readonly number[] = [14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58];

/** A format without texts, colours and languages: `[$-409]d mmm "at"` is `d mmm `. */
const signsOf = (format: string): string =>
  format
    .replace(/\\./g, '')
    .split('"')
    .filter((_, at) => at % 2 === 0)
    .flatMap((each) => each.split('[').map((part, at) => (at === 0 ? part : part.slice(part.indexOf(']') + 1))))
    .join('');

/** Whether cells of a style show a day. */
function dayStyles(styles: string): (style: string) => boolean {
  const written = [...elements(styles, 'numFmt')].filter(({ tag }) =>
    /[dy]/i.test(signsOf(attributeOf(tag, 'formatCode') ?? '')),
  );
  const days = new Set([...DAY_FORMATS.map(String), ...written.map(({ tag }) => attributeOf(tag, 'numFmtId') ?? '')]);
  const formats = [...elements(insideOf(styles, 'cellXfs'), 'xf')].map(({ tag }) => attributeOf(tag, 'numFmtId') ?? '');
  return (style) => days.has(formats[Number(style)] ?? '');
}

/** Milliseconds; Excel counts a 29 February of 1900, so that days count from the end of December 1899. */
const [DAY, FIRST, FIRST_1904] = [86_400_000, Date.UTC(1899, 11, 30), Date.UTC(1904, 0, 1)];

function dayOf(days: number, from1904: boolean): string {
  const date = new Date((from1904 ? FIRST_1904 : FIRST) + Math.floor(days) * DAY);
  return Number.isNaN(date.getTime()) ? `${days}` : date.toISOString().slice(0, 10);
}
