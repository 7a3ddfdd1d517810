import type { MailCap } from './sending.schema.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** Mails that one recipient gets at most, of all kinds and events; `within` in milliseconds. */
export const MAIL_CAPS = [
  { most: 3, within: HOUR },
  { most: 10, within: DAY },
] as const;

/**
 * Mails that anyone can ask for again and again who knows an address, as the link is by a form, are fewer a day: so there is always
 * room for what is told once.
 */
export const REPEATED_CAPS = [
  { most: 3, within: HOUR },
  { most: 7, within: DAY },
] as const;

/** Milliseconds after which such a mail is not sent any more that has no turn: a recipient who wants it still then asks again. */
const WORTH_WAITING = DAY;

/**
 * Mails of one kind that those whom an event names as its team get at most of it. Their addresses were not typed by a
 * stranger, and must not be silenced by one: there is no limit of a day, which ten junk reports would use up.
 */
export const TEAM_CAPS = [{ most: 3, within: HOUR }] as const;

/** As far back and as many as a cap looks. */
export const LONGEST_WINDOW = DAY;
const MOST_TIMES = 10;
/** Where no cap keeps them few. */
const MOST_CLAIMS = 100;

interface Cap {
  readonly most: number;
  readonly within: number;
}

export const NO_MAIL_YET: MailCap = { claims: [], turns: [] };

export interface MailAsking {
  readonly id: string;
  /** Whether it waits for a turn that it was promised. */
  readonly promised: boolean;
  /** Whether an earlier claim of it may have sent it: then it counts twice. */
  readonly mayHaveLeft: boolean;
  /** Whether anyone who knows the address can ask for it again. */
  readonly isRepeated?: boolean | undefined;
}

export interface Turn {
  /** Now, or when to ask again. */
  readonly at: Date;
  /** What is to be remembered from now on. */
  readonly cap: MailCap;
}

/**
 * Whether a mail's turn is now or when it comes. Mails that wait are promised turns one after another, so that each is
 * looked at about twice however many of them wait, and a later one does not overtake them. A promise counts for those who come
 * after; the mail it was made to must still fit the caps once it asks again, for clocks and sweeps are not exact.
 */
export function askForTurn(cap: MailCap, mail: MailAsking, now: Date, caps: readonly Cap[] = MAIL_CAPS): Turn {
  const claims = cap.claims
    .filter(({ at }) => Date.parse(at) > now.getTime() - LONGEST_WINDOW)
    .filter(({ message }) => mail.mayHaveLeft || message !== mail.id)
    .slice(-MOST_CLAIMS);
  const isToCome = (turn: string): boolean => Date.parse(turn) > now.getTime();
  const turns = cap.turns.filter(isToCome);
  const repeats = (cap.repeats ?? []).filter(isToCome);
  const before = mail.isRepeated ? [...turns, ...repeats] : turns;
  const counted = [...claims.map(({ at }) => at), ...(mail.promised ? [] : before)].sort();
  const at = new Date(Math.max(now.getTime(), ...caps.map((each) => earliest(counted, each))));
  const after = { claims, turns, repeats };
  if (at <= now) return { at, cap: { ...after, claims: [...claims, { message: mail.id, at: at.toISOString() }] } };
  if (mail.promised) return { at, cap: after };
  const more = (promised: readonly string[]) => [...promised, at.toISOString()].slice(-MOST_TIMES);
  return { at, cap: { ...after, ...(mail.isRepeated ? { repeats: more(repeats) } : { turns: more(turns) }) } };
}

/**
 * Whether a mail waits for its turn, or is given up: a person who fills an inbox with links must not fill the days to come.
 *
 * @param since when it was written
 */
export function isWorthWaiting({ isRepeated, mayHaveLeft }: MailAsking, { at }: Turn, since: Date, now: Date): boolean {
  return !isRepeated || mayHaveLeft || at <= now || at.getTime() - since.getTime() <= WORTH_WAITING;
}

/** Milliseconds within which a mail may have been written before what it is about could be read. */
const UNREADABLE = 60 * 1000;

/**
 * Whether another mail left since this one was written, so that a recipient who followed it has seen what this one is about:
 * only for mails of one kind that all say the same, that there is something to look at.
 */
export const isToldAlready = (cap: MailCap, { id, createdAt }: { readonly id: string; readonly createdAt: string }) =>
  cap.claims.some(({ message, at }) => message !== id && Date.parse(at) >= Date.parse(createdAt) + UNREADABLE);

function earliest(times: readonly string[], { most, within }: Cap): number {
  const last = times.at(-most);
  return last === undefined ? 0 : Date.parse(last) + within;
}
