import type { Pixels } from './read-code.ts';

/** Of each, the bytes of a pixel in its first plane, which says how light it is; a browser that hides the pixels gives none of these. */
const BYTES: Readonly<Record<string, number>> = {
  ...{ I420: 1, I420A: 1, I422: 1, I444: 1, NV12: 1 },
  ...{ RGBA: 4, RGBX: 4, BGRA: 4, BGRX: 4 },
};

export const hasGrey = ({ format }: VideoFrame): boolean => format !== null && format in BYTES;

/** The square in the middle of a frame. */
interface Grey {
  readonly bytes: Uint8Array;
  /** Of the first pixel, from one to the next on its right, and to the next below. */
  readonly first: number;
  readonly right: number;
  readonly below: number;
  /** Pixels; even. */
  readonly side: number;
}

/** What a camera's frame says without making colours of it, which took a slow phone longer than finding the code. */
export async function greyOf(frame: VideoFrame): Promise<Grey> {
  const { x: left, y: top, width, height } = frame.visibleRect ?? new DOMRectReadOnly();
  const side = even(Math.min(width, height));
  const rect = { x: even(left + (width - side) / 2), y: even(top + (height - side) / 2), width: side, height: side };
  const bytes = new Uint8Array(frame.allocationSize({ rect }));
  const [plane] = await frame.copyTo(bytes, { rect });
  const right = BYTES[frame.format ?? ''] ?? 1;
  // Of colours, green stands for how light it is.
  const first = (plane?.offset ?? 0) + (right === 4 ? 1 : 0);
  return { bytes, first, right, below: plane?.stride ?? 0, side };
}

export function wholeOf({ bytes, first, right, below, side }: Grey): Pixels {
  const pixels = new Int32Array(side * side);
  for (let row = 0, to = 0; row < side; row += 1) {
    const end = to + side;
    for (let at = first + row * below; to < end; at += right, to += 1) pixels[to] = grey(bytes[at] as number);
  }
  return { data: new Uint8ClampedArray(pixels.buffer), width: side, height: side };
}

/** Half as wide and high, each pixel the mean of four: a quarter of the work. */
export function halfOf({ bytes, first, right, below, side }: Grey): Pixels {
  const half = side / 2;
  const pixels = new Int32Array(half * half);
  for (let row = 0, to = 0; row < half; row += 1) {
    const end = to + half;
    for (let at = first + 2 * row * below; to < end; at += 2 * right, to += 1) {
      const upper = (bytes[at] as number) + (bytes[at + right] as number);
      const lower = (bytes[at + below] as number) + (bytes[at + below + right] as number);
      pixels[to] = grey((upper + lower) >> 2);
    }
  }
  return { data: new Uint8ClampedArray(pixels.buffer), width: half, height: half };
}

/** Red, green, blue and no transparency. */
const grey = (light: number): number => (light * 0x01_01_01) | 0xff_00_00_00;

const even = (value: number): number => value & ~1;
