/*
 * What AWS charges for what people cause, from units that were measured and prices that AWS lists. `docs/cost.md` says where each price stands
 * and is held to this by a test; the console reckons with it what an event has cost so far.
 */

/** The day on which prices were looked up. */
export const PRICES_OF = '2026-11-29';

/** USD, in Singapore where it differs by region. */
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
  /** Of each hour in which something is counted, its part. */
  ownMetricMonth: 0.3,
  dashboardMonth: 3,
} as const;

/** Read and write units of what is done, from the tables of access patterns of each capability's README; how often by one attendee is assumed. */
export const DEEDS = {
  register: { times: 1, reads: 4, writes: 20 },
  prove: { times: 1, reads: 2, writes: 8 },
  mail: { times: 5, reads: 16, writes: 11 },
  page: { times: 12, reads: 4, writes: 0 },
  change: { times: 1, reads: 11, writes: 14 },
  scan: { times: 4, reads: 3, writes: 10.5 },
  form: { times: 1, reads: 10, writes: 18 },
} as const;
export type Deed = keyof typeof DEEDS;

export const GB = 1024 ** 3;
/** Seconds at 512 MB, of a warm call with its reads and a write on AWS: assumed, four times what a call takes of this machine's processor. */
export const CALL = { seconds: 0.15, gb: 0.5, logBytes: 2048 } as const;
/** Of functions: each mail is sent by one, and its fate noted by another; a job follows each change. */
const CALLS = { perMail: 2, perPerson: 3 } as const;
/** Of KMS, for one attendee. */
const SIGNATURES = 2;
const MACS = 10;
export const MAIL_BYTES = 25_000;
/** Kept per attendee, with indexes, outbox and logs of who did what. */
const KEPT_BYTES = 15_000;

/** What was done of an event, by how many people, and for how many months what is known of them is kept. */
export interface Caused {
  readonly deeds: Readonly<Record<Deed, number>>;
  readonly people: number;
  readonly months: number;
  /** Read units beside those of deeds. */
  readonly otherReads?: number;
}

/** What of it AWS counts. Requests are those of browsers and phones; each but a mail has one. */
export function quantitiesOf({ deeds, people, months, otherReads = 0 }: Caused) {
  const all = Object.keys(DEEDS) as readonly Deed[];
  const sum = (of: (deed: Deed) => number) => all.reduce((total, deed) => total + of(deed) * deeds[deed], 0);
  const requests = sum((deed) => (deed === 'mail' ? 0 : 1));
  const calls = requests + CALLS.perMail * deeds.mail + CALLS.perPerson * people;
  return {
    mails: deeds.mail,
    reads: sum((deed) => DEEDS[deed].reads) + otherReads,
    writes: sum((deed) => DEEDS[deed].writes),
    ...{ gb: (people * KEPT_BYTES) / GB, months, requests, calls },
    gbSeconds: calls * CALL.seconds * CALL.gb,
    logGb: (calls * CALL.logBytes) / GB,
    signatures: people * SIGNATURES,
    macs: people * MACS,
  };
}

/** USD by service, without what an account has for nothing. */
export function amountsOf(counted: ReturnType<typeof quantitiesOf>) {
  const { mails, reads, writes, gb, months, requests, calls, gbSeconds, logGb, signatures, macs } = counted;
  return {
    mail: mails * (PRICES.mails + (PRICES.mailGb * MAIL_BYTES) / GB),
    units: PRICES.reads * reads + PRICES.writes * writes,
    kept: months * gb * (PRICES.tableGbMonth + PRICES.recoveryGbMonth),
    functions: PRICES.lambdaCalls * calls + PRICES.lambdaGbSeconds * gbSeconds,
    requests: PRICES.apiRequests * requests,
    logs: PRICES.logGb * logGb,
    keys: PRICES.kmsSignatures * signatures + PRICES.kmsMacs * macs,
  };
}

/** What was counted of an event so far. */
export interface Figures {
  readonly people: number;
  readonly mails: number;
  readonly scans: number;
}

const MONTH = (365 / 12) * 86_400_000;

/** What it has cost by now: each person is taken to have opened pages and changed something as often as one does, and forms are not in it. */
export function costSoFar({ people, mails, scans }: Figures, since: Date, now: Date) {
  const months = Math.max(0, now.getTime() - since.getTime()) / MONTH;
  const deeds = {
    ...{ register: people, prove: people, mail: mails, scan: scans, form: 0 },
    page: people * DEEDS.page.times,
    change: people * DEEDS.change.times,
  };
  const parts = amountsOf(quantitiesOf({ deeds, people, months }));
  return { months, parts, total: Object.values(parts).reduce((sum, each) => sum + each, 0) };
}
