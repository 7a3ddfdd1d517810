import type * as z from 'zod';
import type { enrolledDevice } from '../../../shared/checkin/device/device.schema.ts';
import type { roster } from '../../../shared/checkin/roster/roster.schema.ts';
import type { Mark } from '../../../shared/checkin/scan/scan.ts';
import type { ScanAnswer, SentScan, SentWalkIn } from '../../../shared/checkin/scan/scans.schema.ts';

export type Roster = z.output<typeof roster>;
export type Terms = Roster['device'];
export type EnrolledDevice = z.output<typeof enrolledDevice>;
export type { ScanAnswer, SentScan, SentWalkIn };
export type RefusedWhy = Extract<ScanAnswer, { result: 'refused' }>['why'];

/** A scan that is not on the server yet, with the device that made it: nobody else may send it. */
export interface KeptScan {
  readonly scan: SentScan;
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
