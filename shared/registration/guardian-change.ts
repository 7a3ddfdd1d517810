/** That a minor wants someone else to be asked, or the same guardian at another address (AU4). */
export interface GuardianChange {
  /** When the code was last mailed that allows it, ISO 8601: the code is made from this, and stored nowhere. */
  readonly codeAt: string;
  /** HMAC of what was sent with that code, which works once; the same sent twice is one. */
  readonly request?: string | undefined;
  /** When the guardian was last replaced, ISO 8601. */
  readonly askedAt?: string | undefined;
}

/** Milliseconds. The cap on mails may hold a code back for an hour. */
const LASTS = 2 * 60 * 60 * 1000;
const INTERVAL = 10 * 60 * 1000;

const ageOf = ({ codeAt }: GuardianChange, now: Date): number => now.getTime() - Date.parse(codeAt);

/** Whether the code that was last mailed can be used: once, for two hours. */
export const isCodeOpen = (change: GuardianChange | undefined, now: Date): change is GuardianChange =>
  change !== undefined && change.request === undefined && ageOf(change, now) < LASTS;

/** Whether another code may be mailed: nobody's inbox is filled by a button. */
export const isCodeDue = (change: GuardianChange | undefined, now: Date): boolean =>
  !isCodeOpen(change, now) || ageOf(change, now) >= INTERVAL;

/**
 * Whether a mail to a guardian is about the request that stands: not to whoever was asked before.
 *
 * @param madeAt when the message was made, ISO 8601
 */
export const isToCurrentGuardian = (change: GuardianChange | undefined, madeAt: string): boolean =>
  change?.askedAt === undefined || madeAt >= change.askedAt;
