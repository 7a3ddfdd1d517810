/** Work that follows a change, written in the transaction that makes it: `promote` looks for who may leave the waiting list. */
export const JOB_KINDS = ['promote'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** It may be done twice, or by two at once: what it does is decided on what it finds. */
export interface Job {
  /** 128 random bits, base64url. */
  readonly id: string;
  readonly job: JobKind;
  readonly eventId: string;
  /** ISO 8601. */
  readonly createdAt: string;
}
