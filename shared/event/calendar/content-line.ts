/** Octets of a line of iCalendar, without its end (RFC 5545, 3.1). */
const MAX_OCTETS = 75;

/** Joins the lines of an iCalendar object: folded where they are too long, never inside a letter, each ended by CRLF. */
export const joinLines = (lines: readonly string[]): string => lines.map((line) => `${fold(line)}\r\n`).join('');

/** A TEXT value: what has a meaning in iCalendar is escaped, controls are dropped (3.3.11). */
export const escapeText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\0-\t\v-\x1F\x7F]/g, '')
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\n/g, '\\n');

/** A quoted parameter value, which knows no escape: quotes become apostrophes, controls are dropped (3.2). */
export const quoteParameter = (text: string): string => `"${text.replace(/"/g, "'").replace(/[\0-\x1F\x7F]/g, '')}"`;

function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const letter of line) {
    const size = Buffer.byteLength(letter);
    if (octets + size > MAX_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += letter;
    octets += size;
  }
  return folded;
}
