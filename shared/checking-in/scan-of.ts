import type { ToldScan } from '../contract/checkin/scans.ts';
import type { Scan } from '../domain/check-in/scan.ts';
import { reasonOf } from '../domain/check-in/walk-in.ts';

/** What is kept of a scan that a phone told of. */
export function scanOf({ reference: _, walkIn: __, reason: typed, ...rest }: ToldScan, device: string): Scan {
  const reason = reasonOf(typed);
  return { ...rest, ...(reason !== undefined && { reason }), device };
}
