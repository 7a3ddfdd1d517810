import { amountsOf, CALL, DEEDS, type Deed, GB, MAIL_BYTES, PRICES, quantitiesOf } from '../../shared/kernel/cost.ts';

/*
 * What the system costs, from units that were measured and prices that AWS lists. Pure: `docs/cost.md` holds its tables, and a test that they are
 * these.
 */

/** What each account has for nothing, month by month, for as long as it exists. */
const FREE = {
  ...{
    lambdaCalls: 1e6,
    lambdaGbSeconds: 400_000,
    sqsRequests: 1e6,
    logGb: 5,
    tableGb: 25,
    alarmMetrics: 10,
    dashboards: 3,
  },
  kmsRequests: 20_000,
} as const;

/** Of what is deployed, as it is counted in the templates. */
export interface Deployed {
  readonly keys: number;
  /** Rotations so far that are charged: two of a key at most. */
  readonly rotations: number;
  readonly timers: readonly { readonly memory: number; readonly everyMinutes: number }[];
  readonly alarmMetrics: number;
  readonly composites: number;
  readonly dashboards: number;
}

export interface Line {
  readonly part: string;
  /** USD without and with what an account has for nothing. */
  readonly full: number;
  readonly allowed: number;
}

const MONTH = { minutes: 730 * 60, seconds: 730 * 3600 } as const;

/**
 * One call of a timer where nothing is to be done, on the average of all, by `npm run bench -- idle`; what Lambda and the function write into the log of it,
 * in bytes.
 */
export const IDLE_CALL = { seconds: 0.025, logBytes: 800 } as const;
/** Units that all timers take in an hour in which nothing is to be done: `idle-hour.test.ts` holds it. */
export const IDLE_HOUR = { reads: 640, writes: 20 } as const;

/** Of a queue that nothing is in: five pollers of 20 seconds. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
const POLLS = (5 * MONTH.seconds) / 20;
const BUCKETS_GB = { first: 0.4, third: 1.2 } as const;

/** A month in which nobody uses it. */
export function idleCost(deployed: Deployed, year: keyof typeof BUCKETS_GB): readonly Line[] {
  const { keys, rotations, timers } = deployed;
  const calls = sum(timers.map(({ everyMinutes }) => MONTH.minutes / everyMinutes));
  const gbSeconds = sum(
    timers.map(({ memory, everyMinutes }) => (MONTH.minutes / everyMinutes) * (memory / 1024) * IDLE_CALL.seconds),
  );
  const line = (part: string, full: number, allowed = full): Line => ({ part, full, allowed });
  return [
    line(`KMS: ${keys} keys`, PRICES.kmsKeyMonth * (keys + rotations)),
    line(
      `Lambda: ${thousands(calls)} calls of timers`,
      PRICES.lambdaCalls * calls + PRICES.lambdaGbSeconds * gbSeconds,
      PRICES.lambdaCalls * beyond(calls, FREE.lambdaCalls) +
        PRICES.lambdaGbSeconds * beyond(gbSeconds, FREE.lambdaGbSeconds),
    ),
    line(
      'DynamoDB: what timers read and write',
      (MONTH.minutes / 60) * (PRICES.reads * IDLE_HOUR.reads + PRICES.writes * IDLE_HOUR.writes),
    ),
    line(`CloudWatch Logs: ${thousands(calls)} calls of timers`, (PRICES.logGb * IDLE_CALL.logBytes * calls) / GB, 0),
    line(`SQS: ${thousands(POLLS)} requests of Lambda's pollers`, PRICES.sqsRequests * POLLS, 0),
    line('S3: files of the site, assets of the CDK', PRICES.s3GbMonth * BUCKETS_GB[year]),
    line('The canary', total(canaryCost(), 'full')),
    line('HTTP API, CloudFront, EventBridge, Cognito, SES', 0),
  ];
}

/**
 * One time that the canary tries the system: requests, calls of all functions that they lead to, and units, as `test/integration/canary.test.ts` counts
 * them at most; seconds that it takes itself at 512 MB, most of which it waits for its mail, are assumed.
 */
export const CANARY = {
  ...{ everyMinutes: 180, requests: 11, calls: 14, seconds: 10 },
  ...{ reads: 50, writes: 50, macs: 16, keys: 3 },
} as const;

/** All that the canary causes in a month, its alarm apart. */
export function canaryCost(): readonly Line[] {
  const times = MONTH.minutes / CANARY.everyMinutes;
  const line = (part: string, full: number): Line => ({ part, full, allowed: full });
  const gbSeconds = CALL.gb * (CANARY.seconds + CANARY.calls * CALL.seconds);
  return [
    line('SES: a mail', times * (PRICES.mails + (PRICES.mailGb * MAIL_BYTES) / GB)),
    line(
      `Lambda: ${CANARY.seconds} seconds, and ${CANARY.calls} calls of others`,
      times * (PRICES.lambdaCalls * (1 + CANARY.calls) + PRICES.lambdaGbSeconds * gbSeconds),
    ),
    line(
      `DynamoDB: ${CANARY.reads} read and ${CANARY.writes} write units`,
      times * (PRICES.reads * CANARY.reads + PRICES.writes * CANARY.writes),
    ),
    line(`HTTP API: ${CANARY.requests} requests`, times * PRICES.apiRequests * CANARY.requests),
    line(
      `KMS: ${CANARY.macs} MACs, a signature, ${CANARY.keys} keys that Systems Manager opens`,
      times * (PRICES.kmsMacs * (CANARY.macs + CANARY.keys) + PRICES.kmsSignatures),
    ),
    line('CloudWatch Logs', (times * PRICES.logGb * CALL.logBytes * (1 + CANARY.calls)) / GB),
  ];
}

/** The stack `Watch`, a month. */
export const watchCost = ({ alarmMetrics, composites, dashboards }: Deployed): Line => ({
  part: `CloudWatch: alarms look at ${alarmMetrics} metrics, ${composites} stand for them, ${dashboards} dashboards`,
  full:
    PRICES.alarmMetricMonth * alarmMetrics + PRICES.compositeMonth * composites + PRICES.dashboardMonth * dashboards,
  allowed:
    PRICES.alarmMetricMonth * beyond(alarmMetrics, FREE.alarmMetrics) +
    PRICES.compositeMonth * composites +
    PRICES.dashboardMonth * beyond(dashboards, FREE.dashboards),
});

const NAMES: Readonly<Record<Deed, string>> = {
  register: 'registering, two quotas, and the index of people',
  prove: 'saying "Yes, this is me"',
  mail: 'a mail: written, claimed, sent, its fate noted',
  page: 'a page of their own, or of the event',
  change: 'a change, a decision, a place in a session',
  scan: 'a scan, told to other phones and kept for lists',
  form: 'a feedback form',
};

/** What one attendee causes from the form to the certificate. */
export const ATTENDEE = Object.entries(NAMES).map(([deed, name]) => [name, DEEDS[deed as Deed]] as const);

/** Months for which what is known of an attendee is kept. */
const KEPT_MONTHS = 6;
/** People whose names one phone at the doors holds; a phone asks for all of them once a day. */
const PHONE = { people: 500, days: 3, readsOfAll: 0.07 } as const;
/** How often organisers open the list of people anew on a new instance. */
const LISTS = { times: 500, readsOfAll: 111 / 20_000 } as const;

/** All that so many attendees of one event cause, besides the idle months. */
export function eventCost(people: number): readonly Line[] {
  const deeds = Object.fromEntries(Object.entries(DEEDS).map(([deed, { times }]) => [deed, people * times]));
  const phones = Math.ceil(people / PHONE.people) * PHONE.days * PHONE.readsOfAll * people;
  const otherReads = phones + LISTS.times * LISTS.readsOfAll * people;
  const caused = { deeds: deeds as Record<Deed, number>, people, months: KEPT_MONTHS, otherReads };
  const counted = quantitiesOf(caused);
  const { gb, calls, gbSeconds, logGb, signatures, macs } = counted;
  const full = amountsOf(counted);
  const line = (part: string, full: number, allowed = full): Line => ({ part, full, allowed });
  return [
    line('SES', full.mail),
    line('DynamoDB: reads and writes', full.units),
    line(
      `DynamoDB: ${KEPT_MONTHS} months`,
      full.kept,
      KEPT_MONTHS * (PRICES.tableGbMonth * beyond(gb, FREE.tableGb) + PRICES.recoveryGbMonth * gb),
    ),
    line(
      'Lambda',
      full.functions,
      PRICES.lambdaCalls * beyond(calls, FREE.lambdaCalls) +
        PRICES.lambdaGbSeconds * beyond(gbSeconds, FREE.lambdaGbSeconds),
    ),
    line('HTTP API', full.requests),
    line('CloudWatch Logs', full.logs, PRICES.logGb * beyond(logGb, FREE.logGb)),
    line('KMS', full.keys, signatures + macs <= FREE.kmsRequests ? 0 : full.keys),
  ];
}

export const total = (lines: readonly Line[], which: 'full' | 'allowed'): number =>
  sum(lines.map((line) => line[which]));

const beyond = (number: number, free: number): number => Math.max(0, number - free);
function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
const thousands = (number: number): string => (Math.round(number / 1000) * 1000).toLocaleString('en-US');
