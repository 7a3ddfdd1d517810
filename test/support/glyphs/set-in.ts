import { expect } from 'vitest';
import type { DrawnGlyph } from './drawn.ts';

/** To be compared with what HarfBuzz makes of a text: glyphs of a sheet that are set in its largest letters, or the next to them. */
export function setIn(place: number, glyphs: readonly DrawnGlyph[]) {
  const sizes = [...new Set(glyphs.map(({ size }) => size))].sort((a, b) => b - a);
  const set = glyphs.filter(({ size }) => size === sizes[place]);
  const files = [...new Set(set.map(({ file }) => file))];
  return set.map(({ gid, x, y, file }) => ({ gid, x: near(x), y: near(y), file: files.indexOf(file) }));
}

/** Half a hundredth of an em: what the browser rounds, and less than any mark is moved by. */
const near = (em: number) => expect.closeTo(em, 2);
