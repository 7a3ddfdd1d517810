import type { SentScan } from './scans.schema.ts';

/**
 * Scans in the fewest rounds in which no ticket and no id comes twice: a transaction writes an item once, and what was scanned of one
 * ticket is kept one after another.
 */
export function roundsOf<Each extends { readonly told: Pick<SentScan, 'ticket' | 'scanId'> }>(
  all: readonly Each[],
): readonly (readonly Each[])[] {
  const rounds: Each[][] = [];
  const next = new Map<string, number>();
  for (const each of all) {
    const names = [`ticket ${each.told.ticket}`, `id ${each.told.scanId}`];
    const round = Math.max(...names.map((name) => next.get(name) ?? 0));
    for (const name of names) next.set(name, round + 1);
    const scans = rounds[round] ?? [];
    scans.push(each);
    rounds[round] = scans;
  }
  return rounds;
}
