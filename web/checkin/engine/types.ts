import type * as z from 'zod';
import type { enrolledDevice } from '../../../shared/contract/checkin/device.ts';
import type { roster } from '../../../shared/contract/checkin/roster.ts';
import type { ScanAnswer, ToldScan, ToldWalkIn } from '../../../shared/contract/checkin/scans.ts';
import type { Mark } from '../../../shared/domain/check-in/scan.ts';

export type Roster = z.output<typeof roster>;
export type Terms = Roster['device'];
export type EnrolledDevice = z.output<typeof enrolledDevice>;
export type { ScanAnswer, ToldScan, ToldWalkIn };
export type RefusedWhy = Extract<ScanAnswer, { result: 'refused' }>['why'];

/** A scan that is not on the server yet, with the device that made it: nobody else may send it. */
export interface KeptScan {
  readonly scan: ToldScan;
  readonly device: string;
  readonly eventId: string;
}

/** A scan that the server refused for good. */
export interface RefusedScan extends KeptScan {
  readonly why: RefusedWhy;
}

/** All scans of one ticket on one list that this phone knows: its own and those of others. */
export interface CheckIn {
  readonly list: string;
  /** `ticketHash`, base64url. */
  readonly ticket: string;
  readonly marks: readonly Mark[];
}
