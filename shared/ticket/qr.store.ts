import { encode } from 'uqr';
import { type Html, html } from '../kernel/html.ts';
import { encodePng } from './png.store.ts';
import { QUIET_ZONE, qrPath } from './qr-path.ts';

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
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" role="img" aria-label="${label}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#000" d="${qrPath(matrix)}"/></svg>`;
}
