import { stands } from '../event/attendee.ts';
import type { EventDefinition } from '../event/event.ts';
import { isEventOver } from '../event/event-times.ts';
import type { GuardianChange, Registration } from './registration.schema.ts';

/*
 * What the holder of a link changes only with a code that is mailed to them (AU4): a minor's guardian, an attendee's address.
 */

/** A code that was mailed; it is made from when it was, and stored nowhere. */
export interface MailedCode {
  /** ISO 8601. */
  readonly codeAt: string;
  /** HMAC of what was sent with it: it works once, and the same sent twice is one. */
  readonly request?: string | undefined;
}

const HOUR = 60 * 60 * 1000;

/** Milliseconds. The cap on mails may hold a code back for an hour. */
const CODE_LASTS = 2 * HOUR;
const CODE_INTERVAL = HOUR / 6;

const ageOf = ({ codeAt }: MailedCode, now: Date): number => now.getTime() - Date.parse(codeAt);

/** Until when a code can be used. */
export const codeUntil = ({ codeAt }: MailedCode): Date => new Date(Date.parse(codeAt) + CODE_LASTS);

/** Whether the code that was last mailed can be used: once, for two hours. */
export const isCodeOpen = <Of extends MailedCode>(change: Of | undefined, now: Date): change is Of =>
  change !== undefined && change.request === undefined && ageOf(change, now) < CODE_LASTS;

/** Whether another code may be mailed: nobody's inbox is filled by a button. */
export const isCodeDue = (change: MailedCode | undefined, now: Date): boolean =>
  !isCodeOpen(change, now) || ageOf(change, now) >= CODE_INTERVAL;

/**
 * Whether a mail to a guardian is about the request that stands: not to the guardian who was asked before.
 *
 * @param madeAt when the message was made, ISO 8601
 */
export const isToCurrentGuardian = (change: GuardianChange | undefined, madeAt: string): boolean =>
  change?.askedAt === undefined || madeAt >= change.askedAt;

/** Milliseconds in which the reader of a new address is to press, and in which the reader of the former one may undo it. */
const PRESS_WITHIN = 24 * HOUR;
const UNDO_WITHIN = 72 * HOUR;

/** A step of a change of address. */
interface Step {
  /** ISO 8601. */
  readonly at: string;
}

const after = ({ at }: Step, milliseconds: number): Date => new Date(Date.parse(at) + milliseconds);

/** Until when a new address waits for the press there. */
export const pressUntil = (asked: Step): Date => after(asked, PRESS_WITHIN);

export const waitsForPress = <Of extends Step>(asked: Of | undefined, now: Date): asked is Of =>
  asked !== undefined && now < pressUntil(asked);

/** Until when the former address is kept, and may undo the change; from when the address may be changed again. */
export const addressUndoEnd = (changed: Step): Date => after(changed, UNDO_WITHIN);

export const mayUndoAddress = <Of extends Step>(changed: Of | undefined, now: Date): changed is Of =>
  changed !== undefined && now < addressUndoEnd(changed);

/** When nothing of a change of address is needed any more. */
export function addressChangeEnd({
  codeAt,
  asked,
  changed,
  undone,
}: MailedCode & Readonly<Record<'asked' | 'changed' | 'undone', Step | undefined>>): Date {
  const ends = [
    codeUntil({ codeAt }).getTime(),
    ...(asked ? [pressUntil(asked).getTime()] : []),
    ...[changed, undone].flatMap((step) => (step ? [addressUndoEnd(step).getTime()] : [])),
  ];
  return new Date(Math.max(...ends));
}

type Mailed = Pick<Registration, 'ageBand' | 'email' | 'delegation'>;

/** Whether a code can be mailed to an adult: not one who is reached through a coordinator, nor a walk-in without an address. */
export const hasOwnMailbox = ({ ageBand, email, delegation }: Mailed): boolean =>
  ageBand !== 'minor' && email !== '' && !delegation?.throughCoordinator;

/** Whether an attendee may change their address themselves: as long as news of the event may be mailed to them. */
export const mayChangeAddress = (
  registration: Mailed & Pick<Registration, 'status'>,
  event: EventDefinition<string>,
  now: Date,
): boolean =>
  stands(registration) && hasOwnMailbox(registration) && event.status !== 'cancelled' && !isEventOver(event, now);
