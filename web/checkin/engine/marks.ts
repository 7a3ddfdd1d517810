import type { Mark } from '../../../shared/checkin/scan/scan.ts';
import type { KeptScan } from './types.ts';

/**
 * All scans of both, each once. Where both know one, the second is believed: what the server says of a time is what all devices go by.
 *
 * @returns the first itself where the second says nothing new
 */
export function unionOf(known: readonly Mark[], told: readonly Mark[]): readonly Mark[] {
  const all = new Map(known.map((mark) => [mark.scanId, mark]));
  const news = told.filter((mark) => !isSame(all.get(mark.scanId), mark));
  if (news.length === 0) return known;
  for (const mark of news) all.set(mark.scanId, mark);
  return [...all.values()];
}

/** What of a scan decides. */
export function markOf({ scan, device }: KeptScan): Mark {
  const { scanId, kind, undoes, correctedAt } = scan;
  return { scanId, device, kind, correctedAt, ...(undoes !== undefined && { undoes }) };
}

const isSame = (a: Mark | undefined, b: Mark): boolean =>
  a?.correctedAt === b.correctedAt && a.kind === b.kind && a.device === b.device && a.undoes === b.undoes;
