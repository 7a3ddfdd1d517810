/*
 * What the system costs, from units that were measured and prices that AWS lists. Pure: `docs/cost.md` holds its tables, and a test that they are
 * these.
 */

/** USD, in Singapore where it differs by region; where each stands, `docs/cost.md` says. */
export const PRICES = {
  kmsKeyMonth: 1,
  kmsMacs: 0.03 / 10_000,
  kmsSignatures: 0.15 / 10_000,
  lambdaCalls: 0.2 / 1e6,
  /** Arm. */
  lambdaGbSeconds: 0.0000133334,
  apiRequests: 1.25 / 1e6,
  reads: 0.1425 / 1e6,
  writes: 0.71 / 1e6,
  tableGbMonth: 0.285,
  recoveryGbMonth: 0.228,
  logGb: 0.7,
  sqsRequests: 0.4 / 1e6,
  s3GbMonth: 0.025,
  mails: 0.1 / 1000,
  mailGb: 0.12,
  alarmMetricMonth: 0.1,
  compositeMonth: 0.5,
  dashboardMonth: 3,
} as const;

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
const GB = 1024 ** 3;

/**
 * One call of a timer where nothing is to be done, on the average of all, by `npm run bench -- idle`; what Lambda and the function write into the log of it,
 * in bytes.
 */
export const IDLE_CALL = { seconds: 0.06, reads: 17, logBytes: 1024 } as const;

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
    line('DynamoDB: what timers read', PRICES.reads * IDLE_CALL.reads * calls),
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

/** Read and write units, from the tables of access patterns of each capability's README. */
interface Units {
  readonly reads: number;
  readonly writes: number;
}

/** What one attendee causes from the form to the certificate. */
export const ATTENDEE: Readonly<Record<string, Units & { readonly times: number }>> = {
  'registering, two quotas, and the index of people': { times: 1, reads: 4, writes: 20 },
  'saying "Yes, this is me"': { times: 1, reads: 2, writes: 8 },
  'a mail: written, claimed, sent, its fate noted': { times: 5, reads: 16, writes: 11 },
  'a page of their own, or of the event': { times: 12, reads: 4, writes: 0 },
  'a change, a decision, a place in a session': { times: 1, reads: 11, writes: 14 },
  'a scan, told to other phones and kept for lists': { times: 4, reads: 3, writes: 10.5 },
  'a feedback form': { times: 1, reads: 10, writes: 18 },
};
const TIMES = (of: (name: string) => boolean) =>
  sum(Object.entries(ATTENDEE).flatMap(([name, { times }]) => (of(name) ? [times] : [])));
const MAILS = TIMES((name) => name.startsWith('a mail'));
/** Requests of browsers and phones; what is sent goes with each thing that is done. */
const REQUESTS = TIMES((name) => !name.startsWith('a mail'));
/** Beside those: each mail is sent by one, and its fate noted by another; a job follows each change. */
const CALLS = REQUESTS + 2 * MAILS + 3;
/** Seconds at 512 MB, of a warm call with its reads and a write on AWS: assumed, four times what a call takes of this machine's processor. */
const CALL = { seconds: 0.15, gb: 0.5, logBytes: 2048 } as const;
const SIGNATURES = 2;
const MACS = 10;
const MAIL_BYTES = 25_000;
/** Kept per attendee, with indexes, outbox and logs of who did what, and for how many months. */
const KEPT = { bytes: 15_000, months: 6 } as const;
/** People whose names one phone at the doors holds; a phone asks for all of them once a day. */
const PHONE = { people: 500, days: 3, readsOfAll: 0.07 } as const;
/** How often organisers open the list of people anew on a new instance. */
const LISTS = { times: 500, readsOfAll: 111 / 20_000 } as const;

/** All that so many attendees of one event cause, besides the idle months. */
export function eventCost(people: number): readonly Line[] {
  const units = Object.values(ATTENDEE);
  const reads = sum(units.map((each) => each.times * each.reads));
  const writes = sum(units.map((each) => each.times * each.writes));
  const phones = Math.ceil(people / PHONE.people) * PHONE.days * PHONE.readsOfAll * people;
  const allReads = people * reads + phones + LISTS.times * LISTS.readsOfAll * people;
  const gb = (people * KEPT.bytes) / GB;
  const logGb = (people * CALLS * CALL.logBytes) / GB;
  const gbSeconds = people * CALLS * CALL.seconds * CALL.gb;
  const kms = people * (SIGNATURES * PRICES.kmsSignatures + MACS * PRICES.kmsMacs);
  const recovery = KEPT.months * PRICES.recoveryGbMonth * gb;
  const line = (part: string, full: number, allowed = full): Line => ({ part, full, allowed });
  return [
    line('SES', people * MAILS * (PRICES.mails + (PRICES.mailGb * MAIL_BYTES) / GB)),
    line('DynamoDB: reads and writes', PRICES.reads * allReads + PRICES.writes * people * writes),
    line(
      `DynamoDB: ${KEPT.months} months`,
      KEPT.months * PRICES.tableGbMonth * gb + recovery,
      KEPT.months * PRICES.tableGbMonth * beyond(gb, FREE.tableGb) + recovery,
    ),
    line(
      'Lambda',
      PRICES.lambdaCalls * people * CALLS + PRICES.lambdaGbSeconds * gbSeconds,
      PRICES.lambdaCalls * beyond(people * CALLS, FREE.lambdaCalls) +
        PRICES.lambdaGbSeconds * beyond(gbSeconds, FREE.lambdaGbSeconds),
    ),
    line('HTTP API', PRICES.apiRequests * people * REQUESTS),
    line('CloudWatch Logs', PRICES.logGb * logGb, PRICES.logGb * beyond(logGb, FREE.logGb)),
    line('KMS', kms, people * (SIGNATURES + MACS) <= FREE.kmsRequests ? 0 : kms),
  ];
}

export const total = (lines: readonly Line[], which: 'full' | 'allowed'): number =>
  sum(lines.map((line) => line[which]));

const beyond = (number: number, free: number): number => Math.max(0, number - free);
function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
const thousands = (number: number): string => (Math.round(number / 1000) * 1000).toLocaleString('en-US');
