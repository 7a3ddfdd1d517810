import { SETTLED_DAYS } from '../../shared/domain/message.ts';

/** When a message that is settled now is forgotten, in epoch seconds. */
export const settledUntil = (now: Date): number => Math.floor(now.getTime() / 1000) + SETTLED_DAYS * 24 * 60 * 60;
