import { qrMatrix } from '../../shared/ticket/qr.store.ts';
import type { Picture } from './qr-picture.ts';

/** How a ticket may look to a phone at a door: each as bad as it still has to be read. */
export const HARDSHIPS = [
  'far',
  'rotated',
  'skewed',
  'out of focus',
  'moved',
  'noisy',
  'low light',
  'half in shadow',
  'phone screen',
  'dark mode',
  'glare',
] as const;
export type Hardship = (typeof HARDSHIPS)[number];

/** As the app looks at what the camera shows. */
const SIDE = 640;
const BORDER = 4;
/** Looks at each pixel, in both directions: edges are grey where a pixel is half covered. */
const LOOKS = 2;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One frame of a camera. @param seed another picture for each */
export function hardFrame(code: string, hardship: Hardship, seed: number): Picture {
  const random = chance(seed);
  const between = (from: number, to: number): number => from + (to - from) * random();
  const view: View = {
    // Pixels to a module of the ticket, at a version of 49 modules.
    scale: hardship === 'far' ? between(2.3, 2.8) : between(5, 7.5),
    angle: hardship === 'rotated' ? between(0, 2 * Math.PI) : between(-0.15, 0.15),
    // How much nearer one side is than the other.
    lean: hardship === 'skewed' ? [between(-0.36, 0.36), between(-0.36, 0.36)] : [between(-0.06, 0.06), 0],
    at: [between(-20, 20), between(-20, 20)],
  };
  const isInverted = hardship === 'dark mode';
  let grey = drawn(qrMatrix(code), view, isInverted);
  if (hardship === 'out of focus') grey = blurred(grey, between(2.1, 2.5));
  if (hardship === 'moved') grey = moved(grey, Math.round(between(5, 7)));
  if (hardship === 'half in shadow') grey = lit(grey, (x) => (x < SIDE * 0.5 ? 0.22 : 1));
  if (hardship === 'low light') grey = lit(grey, (x, y) => 0.1 + 0.05 * ((x + y) / (2 * SIDE)));
  if (hardship === 'phone screen') grey = blurred(onScreen(grey, between(2.1, 3.4), between(-0.4, 0.4)), 0.6);
  if (hardship === 'glare')
    grey = glaring(grey, SIDE / 2 + between(-60, 60), SIDE / 2 + between(-60, 60), between(44, 56));
  const noise = hardship === 'noisy' ? 70 : hardship === 'low light' ? 9 : 5;
  return { width: SIDE, height: SIDE, grey: grainy(grey, noise, random) };
}

interface View {
  readonly scale: number;
  readonly angle: number;
  readonly lean: readonly [number, number];
  readonly at: readonly [number, number];
}

const TABLE = 150;
const PAPER = 235;
const INK = 25;

/** The ticket on its paper, seen from the side: each pixel is asked where on the paper it lies. */
function drawn(matrix: readonly (readonly boolean[])[], view: View, isInverted: boolean): Float32Array {
  const { scale, angle, lean, at } = view;
  const modules = matrix.length;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const level = (x: number, y: number): number => {
    const [dx, dy] = [x - SIDE / 2 - at[0], y - SIDE / 2 - at[1]];
    const [u, v] = [(dx * cos + dy * sin) / scale, (dy * cos - dx * sin) / scale];
    const depth = 1 - (lean[0] * u + lean[1] * v) / modules;
    const column = Math.floor(u / depth + modules / 2);
    const row = Math.floor(v / depth + modules / 2);
    if (Math.min(row, column) < -BORDER || Math.max(row, column) >= modules + BORDER) return TABLE;
    return (matrix[row]?.[column] ?? false) !== isInverted ? INK : PAPER;
  };
  return each((x, y) => {
    let sum = 0;
    for (let look = 0; look < LOOKS * LOOKS; look += 1) {
      sum += level(x + ((look % LOOKS) + 0.5) / LOOKS, y + (Math.floor(look / LOOKS) + 0.5) / LOOKS);
    }
    return sum / (LOOKS * LOOKS);
  });
}

function each(level: (x: number, y: number) => number): Float32Array {
  const grey = new Float32Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y += 1) for (let x = 0; x < SIDE; x += 1) grey[y * SIDE + x] = level(x, y);
  return grey;
}

const pick = (grey: Float32Array, x: number, y: number): number =>
  grey[Math.min(Math.max(y, 0), SIDE - 1) * SIDE + Math.min(Math.max(x, 0), SIDE - 1)] ?? 0;

/** Gaussian, in both directions. @param sigma pixels */
function blurred(grey: Float32Array, sigma: number): Float32Array {
  const reach = Math.ceil(3 * sigma);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, index) =>
    Math.exp(-((index - reach) ** 2) / (2 * sigma ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const along = (source: Float32Array, dx: number, dy: number): Float32Array =>
    each((x, y) => {
      let sum = 0;
      weights.forEach((weight, index) => {
        sum += weight * pick(source, x + dx * (index - reach), y + dy * (index - reach));
      });
      return sum / total;
    });
  return along(along(grey, 1, 0), 0, 1);
}

/** A hand that is not still. @param length of the way, pixels */
const moved = (grey: Float32Array, length: number): Float32Array =>
  each((x, y) => {
    let sum = 0;
    for (let step = 0; step < length; step += 1) sum += pick(grey, x + step, y + Math.round(step / 3));
    return sum / length;
  });

const lit = (grey: Float32Array, light: (x: number, y: number) => number): Float32Array =>
  each((x, y) => pick(grey, x, y) * light(x, y));

/** The grid of a screen's dots against that of the camera: stripes that are on neither. @param pitch of the dots, in pixels */
const onScreen = (grey: Float32Array, pitch: number, angle: number): Float32Array => {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const wave = (way: number): number => Math.cos((2 * Math.PI * way) / pitch);
  return each((x, y) => {
    const dots = 1 + 0.28 * wave(x * cos + y * sin) + 0.28 * wave(y * cos - x * sin);
    const refresh = 1 + 0.2 * Math.sin((2 * Math.PI * y) / 170);
    return pick(grey, x, y) * dots * refresh * 0.75 + 20;
  });
};

/** A lamp in the lamination: a spot of white over part of the code. */
const glaring = (grey: Float32Array, left: number, top: number, reach: number): Float32Array =>
  each((x, y) => pick(grey, x, y) + 260 * Math.exp(-((x - left) ** 2 + (y - top) ** 2) / (2 * reach ** 2)));

function grainy(grey: Float32Array, strength: number, random: () => number): Uint8Array {
  return Uint8Array.from(grey, (level) => {
    // Three throws are near enough to a bell.
    const bell = (random() + random() + random() - 1.5) * 2;
    return Math.min(255, Math.max(0, Math.round(level + strength * bell)));
  });
}
