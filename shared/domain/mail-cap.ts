const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** Mails that one recipient gets at most, of all kinds and events; `within` in milliseconds. */
export const MAIL_CAPS = [
  { most: 3, within: HOUR },
  { most: 10, within: DAY },
] as const;

/**
 * Mails of one kind that those whom an event names as its team get at most of it. Their addresses were not typed by a
 * stranger, and must not be silenced by one: there is no limit of a day, which ten junk reports would use up.
 */
export const TEAM_CAPS = [{ most: 3, within: HOUR }] as const;

/** As far back and as many as a cap looks. */
export const LONGEST_WINDOW = DAY;
const MOST_TIMES = 10;

interface Cap {
  readonly most: number;
  readonly within: number;
}

/** What is remembered of one recipient. Instants are ISO 8601, UTC. */
export interface MailCap {
  /** Mails claimed within the last day. */
  readonly claims: readonly { readonly message: string; readonly at: string }[];
  /** Turns promised to mails that wait, of which only the last count. */
  readonly turns: readonly string[];
}

export const NO_MAIL_YET: MailCap = { claims: [], turns: [] };

export interface MailAsking {
  readonly id: string;
  /** Whether it waits for a turn that it was promised. */
  readonly promised: boolean;
  /** Whether an earlier claim of it may have sent it: then it counts twice. */
  readonly mayHaveLeft: boolean;
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
    .filter(({ message }) => mail.mayHaveLeft || message !== mail.id);
  const turns = cap.turns.filter((at) => Date.parse(at) > now.getTime());
  const counted = [...claims.map(({ at }) => at), ...(mail.promised ? [] : turns)].sort();
  const at = new Date(Math.max(now.getTime(), ...caps.map((each) => earliest(counted, each))));
  if (at <= now) return { at, cap: { claims: [...claims, { message: mail.id, at: at.toISOString() }], turns } };
  if (mail.promised) return { at, cap: { claims, turns } };
  return { at, cap: { claims, turns: [...turns, at.toISOString()].slice(-MOST_TIMES) } };
}

/** Milliseconds within which a mail may have been written before what it is about could be read. */
const UNREADABLE = 60 * 1000;

/**
 * Whether another mail left since this one was written, so that whoever followed it has seen what this one is about:
 * only for mails of one kind that all say the same, that there is something to look at.
 */
export const isToldAlready = (cap: MailCap, { id, createdAt }: { readonly id: string; readonly createdAt: string }) =>
  cap.claims.some(({ message, at }) => message !== id && Date.parse(at) >= Date.parse(createdAt) + UNREADABLE);

function earliest(times: readonly string[], { most, within }: Cap): number {
  const last = times.at(-most);
  return last === undefined ? 0 : Date.parse(last) + within;
}
