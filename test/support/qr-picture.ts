import { qrMatrix } from '../../shared/ticket/qr.store.ts';
import type { Pixels } from '../../web/checkin/scan/read-code.ts';

/** Grey levels from 0 to 255, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

const WALL = 180;
const PAPER = 255;
const INK = 0;
/** Modules of paper around a code. */
const BORDER = 4;

/** A ticket held before a wall, in the middle. @param side of the code with its border, in pixels; without a code the wall alone */
export function heldUp(code: string | undefined, { width = 640, height = 480, side = 400 } = {}): Picture {
  const grey = new Uint8Array(width * height).fill(WALL);
  if (code === undefined) return { width, height, grey };
  const matrix = qrMatrix(code);
  const scale = side / (matrix.length + 2 * BORDER);
  const left = Math.round((width - side) / 2);
  const top = Math.round((height - side) / 2);
  for (let y = 0; y < side; y += 1) {
    const row = matrix[Math.floor(y / scale) - BORDER];
    for (let x = 0; x < side; x += 1) {
      const isDark = row?.[Math.floor(x / scale) - BORDER] === true;
      grey[(top + y) * width + left + x] = isDark ? INK : PAPER;
    }
  }
  return { width, height, grey };
}

/** As a camera's frames reach a page: four bytes for each pixel. */
export function pixelsOf({ width, height, grey }: Picture): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  grey.forEach((level, index) => {
    data.fill(level, index * 4, index * 4 + 3);
    data[index * 4 + 3] = 255;
  });
  return { data, width, height };
}
