/*
 * How many people an account carries as registration opens, from numbers that AWS says and numbers that were measured here. Pure: what was
 * asked of AWS comes in as facts, and each fact that nobody could ask for is absent.
 */

/** What AWS says of an account in a region; absent where it could not be asked. */
export interface AccountFacts {
  /** Functions that may run at once. */
  readonly concurrency?: number | undefined;
  /** Requests a second that API Gateway takes in the region. */
  readonly requestsPerSecond?: number | undefined;
  /** Write units a second that the Registry table takes at once; a new table's before there is one. */
  readonly writeUnitsPerSecond?: number | undefined;
  /** Mails a second, and in 24 hours. */
  readonly mailsPerSecond?: number | undefined;
  readonly mailsPerDay?: number | undefined;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html */
export const NEW_TABLE_WRITES = 4000;

/**
 * What one registration takes of each: all who want to come press within one minute, as the guard against attacks reckons, too.
 *
 * - a form that is sent lasts 200 ms at least and a second on a new instance, and its page was asked for before: one function for a second;
 * - page, sending, thanks and their own page are four requests, of which CloudFront answers one itself;
 * - `shared/registration/README.md`: 12 write units and 2 a counter, and 4 for the index of people.
 */
const ONE = { functionSeconds: 1, requests: 3, writeUnits: 18 } as const;

/** Of functions and requests a part is for others: the outbox, organisers, phones at the doors. */
export const SPARE = 0.2;

/** Minutes until the last of those who registered has a confirmation. */
const LONGEST_WAIT_FOR_MAIL = 60;

export interface Opening {
  readonly people: number;
  /** What has to be raised, and to what; nothing where the account carries it. */
  readonly raise: readonly Raise[];
  /** What could not be asked, so that nobody knows. */
  readonly unknown: readonly (keyof AccountFacts)[];
  /** Minutes after which the last confirmation has left; absent where SES did not say. */
  readonly mailMinutes?: number | undefined;
}

export interface Raise {
  readonly fact: keyof AccountFacts;
  readonly is: number;
  readonly needed: number;
}

/**
 * @param people who all register within one minute
 * @param sending functions that send mail at once, beside those that do in any account
 */
export function openingOf(facts: AccountFacts, people: number, sending = 0): Opening {
  const perSecond = people / 60;
  const needed: Readonly<Record<keyof AccountFacts, number>> = {
    concurrency: Math.ceil((perSecond * ONE.functionSeconds) / (1 - SPARE)) + BACKGROUND + sending,
    requestsPerSecond: Math.ceil((perSecond * ONE.requests) / (1 - SPARE)),
    writeUnitsPerSecond: Math.ceil(perSecond * ONE.writeUnits),
    mailsPerSecond: Math.ceil(people / (LONGEST_WAIT_FOR_MAIL * 60)),
    mailsPerDay: people,
  };
  const names = Object.keys(needed) as (keyof AccountFacts)[];
  const { mailsPerSecond } = facts;
  return {
    people,
    raise: names.flatMap((fact) => {
      const is = facts[fact];
      return is !== undefined && is < needed[fact] ? [{ fact, is, needed: needed[fact] }] : [];
    }),
    unknown: names.filter((fact) => facts[fact] === undefined),
    mailMinutes: mailsPerSecond === undefined ? undefined : Math.ceil(people / mailsPerSecond / 60),
  };
}

/** Functions that run all the time while mail leaves: the outbox and what hears of mail. */
const BACKGROUND = 3;
