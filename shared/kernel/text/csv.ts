import { rowsOf } from './table.ts';

/**
 * What spreadsheets take for the beginning of a formula, or skip to find one: `= + - @`, also in full width, and
 * TAB, CR, LF and NUL (OWASP, "CSV Injection").
 */
const FORMULA = /^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n\0]/;
/** The same in the middle of a cell, for spreadsheets of countries where a semicolon ends one, and a quotation may begin the next. */
const FORMULA_AFTER_SEMICOLON = /;(?="*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n\0])/g;

/** What makes them harmless. */
const HARMLESS = /(^|;)'(?="*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n\0])/g;

/** Lets spreadsheets see that the table is in UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/** A table as text (RFC 4180) that no spreadsheet takes for anything but text. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  BYTE_ORDER_MARK + rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

function cell(text: string): string {
  const harmless = (FORMULA.test(text) ? `'${text}` : text).replaceAll(FORMULA_AFTER_SEMICOLON, ";'");
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Reads such a text back, with what begins like a formula as it was. @returns nothing for what is none */
export const rowsOfCsv = (csv: string): readonly (readonly string[])[] | undefined =>
  rowsOf(csv.replace(/^\uFEFF|\r\n$/g, ''), ',')?.map((cells) => cells.map((cell) => cell.replace(HARMLESS, '$1')));
