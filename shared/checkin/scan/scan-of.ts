import { reasonOf } from '../walk-in/walk-in.ts';
import type { Scan } from './scan.ts';
import type { SentScan } from './scans.schema.ts';

/** What is kept of a scan that a device tells: neither whose ticket it may be, nor who comes with it; a reason is cleaned. */
export function scanOf({ reference: _, walkIn: __, reason: typed, ...rest }: SentScan, device: string): Scan {
  const reason = reasonOf(typed);
  return { ...rest, ...(reason !== undefined && { reason }), device };
}
