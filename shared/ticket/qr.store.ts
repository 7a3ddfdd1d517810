import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'uqr';
import { type Html, html } from '../kernel/html.ts';
import { QUIET_ZONE, qrPath } from './qr-path.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Header fields: one bit a pixel, greyscale, the one compression and filter method there is, not interlaced. */
const ONE_BIT_GREY = [1, 0, 0, 0, 0];
const NO_FILTER = 0;
/** Each byte is what it adds to the one above it. */
const UP_FILTER = 2;

/**
 * A black and white picture as PNG, at one bit a pixel: mail programs show PNG everywhere, SVG almost nowhere.
 *
 * @param dark rows of equal length; `true` is black
 * @param scale pixels a side of each module
 */
function encodePng(dark: readonly (readonly boolean[])[], scale: number): Buffer {
  const width = (dark[0]?.length ?? 0) * scale;
  const height = dark.length * scale;
  const stride = 1 + Math.ceil(width / 8);
  const pixels = Buffer.alloc(stride * height);
  for (const [y, row] of dark.entries()) {
    const first = y * scale * stride;
    packRow(pixels, first, row, scale);
    // The rows of one module are alike: all but the first are zeros, which cost nothing to compress.
    for (let below = 1; below < scale; below += 1) pixels[first + below * stride] = UP_FILTER;
  }
  const header = Buffer.alloc(8);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', Buffer.concat([header, Buffer.from(ONE_BIT_GREY)])),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** In greyscale of one bit, 1 is white. @param at where the row's filter stands */
function packRow(pixels: Buffer, at: number, row: readonly boolean[], scale: number): void {
  pixels[at] = NO_FILTER;
  for (const [column, isDark] of row.entries()) {
    if (isDark) continue;
    for (let x = column * scale; x < (column + 1) * scale; x += 1) {
      const byte = at + 1 + (x >> 3);
      pixels[byte] = (pixels[byte] ?? 0) | (0x80 >> (x & 7));
    }
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** CSS pixels of each module in mail: a ticket of 49 modules and its border are 285 wide, which any phone has room for. */
const MODULE_SIDE = 5;
/** Twice as many in the file, for dense screens. */
const PNG_SCALE = 2 * MODULE_SIDE;

/**
 * Level Q still reads with a quarter of it spoiled. Masks keep regular contents from looking like the marks of the code
 * itself. A ticket is a signature, as irregular as chance, so that masks hardly differ: the best of all eight is 4 %
 * better by the standard's own measure (ISO/IEC 18004), and to find it costs ten times what the code does.
 */
const CODE = { ecc: 'Q', boostEcc: false, maskPattern: 0 } as const;

/** The modules of a ticket's QR code, without border; `true` is dark. */
export const qrMatrix = (ticket: string): boolean[][] => encode(ticket, { ...CODE, border: 0 }).data;

/** A ticket's QR code for mail, with its border, and the width in CSS pixels at which to show it. */
export function qrPng(ticket: string): { png: Buffer; side: number } {
  const { data, size } = encode(ticket, { ...CODE, border: QUIET_ZONE });
  return { png: encodePng(data, PNG_SCALE), side: size * MODULE_SIDE };
}

/**
 * A ticket's QR code for pages, with its border: black on white in any colour scheme, and sized by the page's own styles.
 *
 * @param label what it is, for those who do not see it
 */
export function qrSvg(ticket: string, label: string): Html {
  const matrix = qrMatrix(ticket);
  const side = matrix.length + 2 * QUIET_ZONE;
  const border = html`<path fill="#fff" d="M0 0h${side}v${side}H0z"/>`;
  const modules = html`<path fill="#000" d="${qrPath(matrix)}"/>`;
  const attributes = html`viewBox="0 0 ${side} ${side}" role="img" aria-label="${label}" shape-rendering="crispEdges"`;
  return html`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${border}${modules}</svg>`;
}
