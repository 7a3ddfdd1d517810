import { type EventDefinition, type Quota, RELEASES, type RegistrationRules } from '../event/event.ts';
import { eventStart } from '../event/event-times.ts';
import { type DefinitionProblem, unfit } from '../kernel/text/field-problem.ts';
import { poolName, type SeatHolder } from './quota.ts';
import type { PoolId, UnprovenSeat } from './seat.schema.ts';

/** A registration, as far as it says whether its seat may give way. */
interface Provable extends Pick<SeatHolder, 'status' | 'seats'> {
  readonly reference: string;
  readonly submittedAt: string;
  readonly email: string;
  readonly unproven?: true | undefined;
  /** Given by an organiser, where it is not `attendee`. */
  readonly role: string;
  /** Of a minor. */
  readonly ageBand?: 'minor' | undefined;
  /** Of an adult who was asked to look after minors. */
  readonly chaperoning?: object | undefined;
}

/** A list of unproven seats: of each quota there are several, so that a rush does not meet at one. */
export interface UnprovenList {
  readonly quota: string;
  readonly part: number;
}

/** A partition of DynamoDB takes 500 such seats a second (1,000 write units, two for each in a transaction). */
const LIST_PARTS = 8;

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const UNITS = { hour: HOUR, day: DAY } as const;

/** `7 days`, `96 hours`. */
export const TIME_TO_PROVE = /^(\d{1,3}) (hour|day)s?$/;
const USUAL_TIME = '7 days';
/** Milliseconds: the second of two mails, 48 hours apart, is to be there for a day at least. */
const LEAST_TIME = 72 * HOUR;
const SECOND_MAIL_AFTER = 48 * HOUR;
const SECOND_MAIL_BEFORE = 24 * HOUR;
/** Before the event nobody's seat goes any more: people who travel do not read mail. */
const LAST_HOURS = 72 * HOUR;

/** Whether a time is too short for two mails, 48 hours apart, and a day to answer the second. */
const isTooShort = (rules: Pick<RegistrationRules, 'proveWithin'>): boolean =>
  timeToProve(rules).milliseconds < LEAST_TIME;

/** What is wrong with what a definition says of seats that nobody proves, beyond what a schema sees. */
export const unprovenProblems = ({
  registration,
}: Pick<EventDefinition<unknown>, 'registration'>): DefinitionProblem[] =>
  isTooShort(registration)
    ? [
        {
          path: ['registration', 'proveWithin'],
          unfit: unfit('prove-within'),
        },
      ]
    : [];

interface TimeToProve {
  readonly number: number;
  readonly unit: keyof typeof UNITS;
  readonly milliseconds: number;
}

/** Within which a seat has to be proven while others wait for it. */
export function timeToProve({ proveWithin = USUAL_TIME }: Pick<RegistrationRules, 'proveWithin'>): TimeToProve {
  const [, digits, unit] = TIME_TO_PROVE.exec(proveWithin) ?? [];
  if (digits === undefined || (unit !== 'hour' && unit !== 'day')) throw new Error(`${proveWithin} is no time`);
  return { number: Number(digits), unit, milliseconds: Number(digits) * UNITS[unit] };
}

/** What is so of seats that nobody proves, in the words of a definition, also where it says nothing of them. */
export function rulesOfUnproven(rules: Pick<RegistrationRules, 'proveWithin' | 'releaseUnproven'>) {
  const { number, unit } = timeToProve(rules);
  return {
    proveWithin: `${number} ${unit}${number === 1 ? '' : 's'}`,
    releaseUnproven: rules.releaseUnproven ?? RELEASES[0],
  };
}

/**
 * The seat that a registration keeps without being proven, where it may give way: never one of a minor, of a chaperone, or of a person with
 * a task.
 */
export function unprovenSeatOf(holder: Provable): UnprovenSeat | undefined {
  const { unproven, status, role, ageBand, chaperoning, reference, submittedAt, email, seats } = holder;
  if (unproven === undefined || status !== 'confirmed') return undefined;
  if (role !== 'attendee' || ageBand !== undefined || chaperoning !== undefined) return undefined;
  const pools = seats.flatMap(({ state, quota, group }) =>
    state === 'taken' ? [{ quota, ...(group !== undefined && { group }) }] : [],
  );
  return pools.length === 0 ? undefined : { reference, submittedAt, domain: domainOf(email), pools };
}

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase();

/** The list in which the seat of a registration stands: that of the first quota in which it takes one. */
export function unprovenListOf({ seats }: Pick<SeatHolder, 'seats'>): UnprovenList | undefined {
  const first = seats.find(({ state }) => state === 'taken');
  return first && { quota: first.quota, part: first.shard % LIST_PARTS };
}

/** All lists of an event in which seats of any of its quotas may stand. */
export const unprovenLists = (quotas: readonly Pick<Quota<unknown>, 'id' | 'shards'>[]): readonly UnprovenList[] =>
  quotas.flatMap(({ id: quota, shards }) =>
    Array.from({ length: Math.min(LIST_PARTS, shards) }, (_, part) => ({ quota, part })),
  );

/** All lists in which seats of a quota may stand, however many counters it had. */
export const allUnprovenLists = (quota: string): readonly UnprovenList[] =>
  Array.from({ length: LIST_PARTS }, (_, part) => ({ quota, part }));

type Timed = Pick<EventDefinition<unknown>, 'registration' | 'days' | 'timeZone'>;

/** Whether any seat may go at all. */
export const mayGiveWay = (event: Timed, now: Date): boolean =>
  now.getTime() < eventStart(event).getTime() - LAST_HOURS;

/** Whether the time to prove a seat is over: counted from when the first mail reached its address, and never without two mails. */
export function isOver({ deliveredAt, askedAt }: UnprovenSeat, event: Timed, now: Date): boolean {
  return deliveredAt !== undefined && askedAt !== undefined && now.getTime() >= endAt(deliveredAt, askedAt, event);
}

const endAt = (from: string, askedAt: string, { registration }: Timed): number =>
  Math.max(Date.parse(from) + timeToProve(registration).milliseconds, Date.parse(askedAt) + SECOND_MAIL_BEFORE);

/** Until when a seat stays for certain once the second mail asked: the first one was delivered after the form had come. */
export const keptUntil = ({ submittedAt }: Pick<UnprovenSeat, 'submittedAt'>, event: Timed, askedAt: string): Date =>
  new Date(endAt(submittedAt, askedAt, event));

/** Whether a second mail is to ask: 48 hours after the first. */
export const isToBeAsked = ({ submittedAt, deliveredAt = submittedAt, askedAt }: UnprovenSeat, now: Date): boolean =>
  askedAt === undefined && now.getTime() >= Date.parse(deliveredAt) + SECOND_MAIL_AFTER;

/** Until when a seat must have been registered for a second mail to be due by now. */
export const askedIfBefore = (now: Date): Date => new Date(now.getTime() - SECOND_MAIL_AFTER);

/** Whether nothing was delivered to an address although two mails could have been: the seat stays, and organisers see it. */
export const isNeverReached = ({ submittedAt, deliveredAt }: UnprovenSeat, now: Date): boolean =>
  deliveredAt === undefined && now.getTime() >= Date.parse(submittedAt) + LEAST_TIME;

/** An attendee who is proven and waits, in their order. */
export interface Waiter {
  readonly waitsFor: readonly PoolId[];
}

/**
 * The seats that go so that those who wait get theirs: the oldest first, and none that helps nobody.
 *
 * @param waiters the longest first
 * @param over seats whose time is over, in any order
 * @param free how many seats of a pool are free for those who wait
 */
export function seatsToRelease(
  waiters: readonly Waiter[],
  over: readonly UnprovenSeat[],
  free: (pool: PoolId) => number,
): readonly UnprovenSeat[] {
  const left = byAge(over);
  const gone: UnprovenSeat[] = [];
  const given = new Map<string, number>();
  const spare = (pool: PoolId) => free(pool) + (given.get(poolName(pool)) ?? 0);
  const add = (pools: readonly PoolId[], by: 1 | -1) => {
    for (const pool of pools) given.set(poolName(pool), (given.get(poolName(pool)) ?? 0) + by);
  };
  for (const { waitsFor } of waiters) {
    const chosen: UnprovenSeat[] = [];
    for (const pool of waitsFor) {
      if (spare(pool) > 0 || chosen.some((seat) => isIn(seat, pool))) continue;
      const next = left.find((seat) => !chosen.includes(seat) && isIn(seat, pool));
      if (next !== undefined) chosen.push(next);
    }
    const canHave = waitsFor.every((pool) => spare(pool) > 0 || chosen.some((seat) => isIn(seat, pool)));
    // An attendee who still has to wait for something else takes nothing from those behind them.
    if (!canHave) continue;
    for (const seat of chosen) {
      left.splice(left.indexOf(seat), 1);
      gone.push(seat);
      add(seat.pools, 1);
    }
    add(waitsFor, -1);
  }
  return gone;
}

export const isIn = ({ pools }: Pick<UnprovenSeat, 'pools'>, pool: PoolId): boolean =>
  pools.some((each) => poolName(each) === poolName(pool));

/** Whether a seat would help any of those who wait. */
export const isWaitedFor = (seat: Pick<UnprovenSeat, 'pools'>, waiters: readonly Waiter[]): boolean =>
  waiters.some(({ waitsFor }) => waitsFor.some((pool) => isIn(seat, pool)));

const byAge = (seats: readonly UnprovenSeat[]): UnprovenSeat[] =>
  [...seats].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
const keyOf = ({ submittedAt, reference }: UnprovenSeat): string => `${submittedAt}#${reference}`;

/** Seats that came together: of addresses at one domain, in one minute. */
export interface SeatGroup {
  readonly domain: string;
  /** UTC, `2027-03-01T08:15`. */
  readonly minute: string;
  readonly seats: number;
}

const minuteOf = ({ submittedAt }: UnprovenSeat): string => submittedAt.slice(0, 'YYYY-MM-DDTHH:MM'.length);

/** The largest groups first. */
export function groupSeats(seats: readonly UnprovenSeat[]): readonly SeatGroup[] {
  const groups = new Map<string, SeatGroup>();
  for (const seat of seats) {
    const { domain } = seat;
    const minute = minuteOf(seat);
    const name = releaseName({ domain, minute });
    groups.set(name, { domain, minute, seats: (groups.get(name)?.seats ?? 0) + 1 });
  }
  return [...groups.values()].sort((a, b) => b.seats - a.seats || (releaseName(a) < releaseName(b) ? -1 : 1));
}

/** Unusually many of one domain: more than an office registers, and a tenth of all that are not proven. */
const UNUSUAL_SEATS = 20;
const UNUSUAL_SHARE = 0.1;

export interface DomainSeats {
  readonly domain: string;
  readonly seats: number;
}

/** Domains with unusually many unproven seats, the largest first. */
export function crowdedDomains(seats: readonly UnprovenSeat[]): readonly DomainSeats[] {
  const domains = new Map<string, number>();
  for (const { domain } of seats) domains.set(domain, (domains.get(domain) ?? 0) + 1);
  return [...domains]
    .map(([domain, number]) => ({ domain, seats: number }))
    .filter(({ seats: number }) => number >= UNUSUAL_SEATS && number >= seats.length * UNUSUAL_SHARE)
    .sort((a, b) => b.seats - a.seats);
}

/** Which seats an organiser releases: a group of those whose time is over; or, without a minute, all of a domain at once. */
export interface Release {
  readonly domain: string;
  readonly minute?: string | undefined;
}

/** Names it in a job. */
export const releaseName = ({ domain, minute }: Release): string =>
  minute === undefined ? domain : `${domain}#${minute}`;

export function parseRelease(name: string): Release {
  const [domain = '', minute] = name.split('#');
  return minute === undefined ? { domain } : { domain, minute };
}

export const isReleased = (seat: UnprovenSeat, { domain, minute }: Release, event: Timed, now: Date): boolean =>
  seat.domain === domain && (minute === undefined || (minuteOf(seat) === minute && isOver(seat, event, now)));
