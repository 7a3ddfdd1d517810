import { ENROLMENT_LASTS } from '../../../../shared/checkin/device/device.ts';

/** A code that was made. */
export interface Made {
  readonly deviceId: string;
  readonly name: string;
  readonly link: string;
  /** By this machine's clock, whatever the server's says: epoch milliseconds. */
  readonly until: number;
  /** How many may take it. */
  readonly phones: number;
}

export const madeOf = (
  { deviceId, link }: { readonly deviceId: string; readonly link: string },
  { name, phones, now }: { readonly name: string; readonly phones: number; readonly now: number },
): Made => ({ deviceId, name, link, until: now + ENROLMENT_LASTS, phones });
