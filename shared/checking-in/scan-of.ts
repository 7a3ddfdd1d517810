import type { ToldScan } from '../contract/checkin/scans.ts';
import type { Scan } from '../domain/check-in/scan.ts';

/** What is kept of a scan that a device tells: neither whose ticket it may be, nor who comes with it. */
export const scanOf = ({ reference: _, walkIn: __, ...rest }: ToldScan, device: string): Scan => ({ ...rest, device });
