import type { ToldScan } from '../contract/checkin/scans.ts';
import type { Scan } from '../domain/check-in/scan.ts';
import { reasonOf } from '../domain/check-in/walk-in.ts';

/** What is kept of a scan that a device tells: neither whose ticket it may be, nor who comes with it; a reason is cleaned. */
export function scanOf({ reference: _, walkIn: __, reason: typed, ...rest }: ToldScan, device: string): Scan {
  const reason = reasonOf(typed);
  return { ...rest, ...(reason !== undefined && { reason }), device };
}
