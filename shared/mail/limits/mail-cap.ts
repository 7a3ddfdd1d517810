import { MAIL_RANKS, type MailRank } from '../kinds.ts';
import type { Claim, MailCap, WaitingMail } from './sending.schema.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** Mails that one recipient gets at most, of all kinds and events; `within` in milliseconds. */
export const MAIL_CAPS = [
  { most: 3, within: HOUR },
  { most: 10, within: DAY },
] as const;

/**
 * Mails that anyone can ask for again and again who knows an address, as the link is by a form, are fewer a day: so there is always
 * room for what is told once. Mail that can wait takes none of their seven.
 */
export const REPEATED_CAPS: readonly Cap[] = [
  { most: 3, within: HOUR },
  { most: 9, within: DAY },
  { most: 7, within: DAY, butLater: true },
];

/** Mail that can wait never takes the last of an hour, nor the last three of a day: a ticket finds room behind any of it. */
export const LATER_CAPS = [
  { most: 2, within: HOUR },
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

/** Milliseconds for which a turn that came is kept for the mail it was promised to: sweeps are a minute apart. */
const KEPT_TURN = 5 * 60 * 1000;

interface Cap {
  readonly most: number;
  readonly within: number;
  /** Whether mail that can wait is not counted. */
  readonly butLater?: boolean;
}

export const NO_MAIL_YET: MailCap = { claims: [], turns: [] };

export interface MailAsking {
  readonly id: string;
  /** Whether it waits for a turn that it was promised. */
  readonly promised: boolean;
  /** Whether an earlier claim of it may have sent it. */
  readonly mayHaveLeft: boolean;
  readonly rank?: MailRank | undefined;
}

export interface Turn {
  /** Now, or when to ask again. */
  readonly at: Date;
  /** What is to be remembered from now on. */
  readonly cap: MailCap;
}

const order = (rank: MailRank): number => MAIL_RANKS.indexOf(rank);

/**
 * Whether a mail's turn is now or when it comes. Mails that wait are promised turns one after another, so that each is
 * looked at about twice however many of them wait, and a later one does not overtake them, unless it is of a higher rank: no mail waits
 * for one of a lower. A promise counts for those who come after; the mail it was made to must still fit the caps once it asks again, for
 * clocks and sweeps are not exact. Whatever was claimed counts, until it is given back.
 */
export function askForTurn(cap: MailCap, mail: MailAsking, now: Date, caps: readonly Cap[] = MAIL_CAPS): Turn {
  const { id, promised, rank = 'own' } = mail;
  const claims = cap.claims.filter(({ at }) => Date.parse(at) > now.getTime() - LONGEST_WINDOW).slice(-MOST_CLAIMS);
  const waiting = waitingIn(cap, now);
  const others = waiting.filter(({ message }) => message !== id);
  const ahead = others.filter((other) => order(other.rank) < order(rank) + (promised ? 0 : 1));
  const counted = [
    ...claims.map(({ at, later }) => ({ at, later: later === true })),
    ...ahead.map((other) => ({ at: other.at, later: other.rank === 'later' })),
  ].sort((a, b) => (a.at < b.at ? -1 : 1));
  const at = new Date(Math.max(now.getTime(), ...caps.map((each) => earliest(counted, each))));
  const own = { message: id, at: at.toISOString() };
  if (at <= now) {
    return {
      at,
      cap: { claims: [...claims, { ...own, ...(rank === 'later' && { later: true }) }], turns: [], waiting: others },
    };
  }
  const isQueued = !promised || others.length < waiting.length;
  return { at, cap: { claims, turns: [], waiting: isQueued ? lastOfEach([...others, { ...own, rank }]) : others } };
}

/** Mails that were promised a turn which is still theirs. */
const waitingIn = ({ waiting = [] }: MailCap, now: Date): WaitingMail[] =>
  waiting.filter(({ at }) => Date.parse(at) > now.getTime() - KEPT_TURN);

/** No cap looks at more; they are in the order of their promises. */
const lastOfEach = (waiting: readonly WaitingMail[]): WaitingMail[] =>
  MAIL_RANKS.flatMap((rank) => waiting.filter((each) => each.rank === rank).slice(-MOST_TIMES));

/** Mails whose turns a mail of this rank has to let pass. */
export const waitingBefore = (cap: MailCap, { id, rank = 'own' }: MailAsking, now: Date): WaitingMail[] =>
  waitingIn(cap, now).filter((other) => other.message !== id && order(other.rank) <= order(rank));

/** Without the turns of mails that are not to leave any more. */
export const withoutTurns = (cap: MailCap, ids: readonly string[]): MailCap => ({
  ...cap,
  waiting: (cap.waiting ?? []).filter(({ message }) => !ids.includes(message)),
});

/** With the turn of a mail promised to another, which says the same. */
export const turnPassedOn = (cap: MailCap, older: string, newer: string): MailCap => ({
  ...cap,
  waiting: (cap.waiting ?? []).map((each) => (each.message === older ? { ...each, message: newer } : each)),
});

/**
 * Without one claim of a mail, of which it is certain that it did not send it.
 *
 * @param at when it was claimed: another claim of the same mail may have sent it
 */
export const withoutClaim = (cap: MailCap, claim: Claim): MailCap => ({
  ...cap,
  claims: cap.claims.filter(({ message, at }) => message !== claim.message || at !== claim.at),
});

/**
 * Whether a mail waits for its turn, or is given up: a person who fills an inbox with links must not fill the days to come.
 *
 * @param since when it was written
 */
export function isWorthWaiting({ rank, mayHaveLeft }: MailAsking, { at }: Turn, since: Date, now: Date): boolean {
  return rank !== 'repeated' || mayHaveLeft || at <= now || at.getTime() - since.getTime() <= WORTH_WAITING;
}

/** Milliseconds within which a mail may have been written before what it is about could be read. */
const UNREADABLE = 60 * 1000;

/**
 * Whether another mail left since this one was written, so that a recipient who followed it has seen what this one is about:
 * only for mails of one kind that all say the same, that there is something to look at.
 */
export const isToldAlready = (cap: MailCap, { id, createdAt }: { readonly id: string; readonly createdAt: string }) =>
  cap.claims.some(({ message, at }) => message !== id && Date.parse(at) >= Date.parse(createdAt) + UNREADABLE);

interface Counted {
  readonly at: string;
  readonly later: boolean;
}

function earliest(times: readonly Counted[], { most, within, butLater }: Cap): number {
  const last = (butLater ? times.filter(({ later }) => !later) : times).at(-most);
  return last === undefined ? 0 : Date.parse(last.at) + within;
}
