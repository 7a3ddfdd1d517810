/** Modules of light border that readers need around a QR code (ISO/IEC 18004). */
export const QUIET_ZONE = 4;

/**
 * The dark modules of a QR code as the path of an SVG, one unit a module, moved in by the border. One stroke for each run in a
 * row: a third of the size of one square for each module.
 *
 * @param matrix without border; `true` is dark
 */
export function qrPath(matrix: readonly (readonly boolean[])[]): string {
  return matrix
    .map((row, y) =>
      runs(row)
        .map(([x, length]) => `M${x + QUIET_ZONE} ${y + QUIET_ZONE}h${length}v1h-${length}z`)
        .join(''),
    )
    .join('');
}

function runs(row: readonly boolean[]): [start: number, length: number][] {
  const found: [number, number][] = [];
  row.forEach((dark, x) => {
    const last = found.at(-1);
    if (!dark) return;
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1;
    else found.push([x, 1]);
  });
  return found;
}
