import type { GuardianChange } from './registration.schema.ts';

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
 * Whether a mail to a guardian is about the request that stands: not to the guardian who was asked before.
 *
 * @param madeAt when the message was made, ISO 8601
 */
export const isToCurrentGuardian = (change: GuardianChange | undefined, madeAt: string): boolean =>
  change?.askedAt === undefined || madeAt >= change.askedAt;
