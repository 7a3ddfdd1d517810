import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KMSClient } from '@aws-sdk/client-kms';
import { GetParametersCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Bystander, standBefore } from '../../bench/cost/pass-on.ts';
import { makeCanary } from '../../cli/canary/make-canary.ts';
import { FUNCTION_NAMES } from '../../functions/manifests.ts';
import { ALARMS, type AlarmName } from '../../infra/watch/alarms.ts';
import { startBus } from '../../local/bus.ts';
import { deadLetters, openLetterQueue } from '../../local/dead-letters.ts';
import type { Functions } from '../../local/functions.ts';
import { startGateway } from '../../local/gateway.ts';
import { startStream } from '../../local/streams.ts';
import { startTimers } from '../../local/timers.ts';
import { lookAtBackups } from '../../shared/kernel/dynamo/look-at-backups.case.ts';
import type { FunctionName } from '../../shared/kernel/manifest.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { newMessage } from '../../shared/mail/outbox/new-items.store.ts';
import { toOutboxItem } from '../../shared/mail/outbox/outbox-items.store.ts';
import { alarmsOf, type Change, type Sample, statesOver } from '../support/alarm-states.ts';
import { call, originKeys, postJson } from '../support/call.ts';
import { forum, submission } from '../support/forum.ts';
import { goldenTemplate } from '../support/golden-templates.ts';
import { delivery } from '../support/mail-events.ts';
import { ISSUER, type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { recordsOf } from '../support/stream.ts';
import { DO_DUE_JOBS, LOOK_AT_ACCOUNT } from '../support/timers.ts';

/*
 * IN12: each alarm is shown to ring, and to be quiet again. A fault is made here as far as one machine can, on the wire to AWS, in the stream or
 * in SES; what AWS counts of it follows its documents; the alarms are those of the template.
 */

type Report = Omit<Sample, 'at'>;
/** What AWS reports of each minute, the first of which is 0. */
type Minutes = (minute: number) => readonly Report[];

interface Fault {
  /** What is broken. */
  readonly fault: string;
  /** Breaks it and looks at what happens. */
  readonly during: () => Promise<readonly Report[] | Minutes>;
  /** Mends it and does the same again. */
  readonly after: () => Promise<readonly Report[]>;
  /** Minutes until it rings, where it takes longer than others. */
  readonly within?: number;
  /** Minutes until it is quiet again, where its periods are long. */
  readonly mended?: number;
  /** Minutes between two looks of the timer that measures it. */
  readonly every?: number;
  /** Minutes for which it is broken, where its periods are long; it was measured as well before. */
  readonly broken?: number;
  /** Whose timers stand still meanwhile. */
  readonly still?: FunctionName;
}

const EVENT = 'game-day';
const MINUTE = 60_000;
/** In minutes. */
const DAY = 24 * 60;
/** Functions that may run at once in a new account. */
const QUOTA = 10;

/** What becomes of requests: to the database, to keys that somebody disabled, to SES, whose answers get lost. */
type Wire =
  | 'well'
  | 'down'
  | 'throttled'
  | 'contended'
  | 'no backups'
  | 'no keys'
  | 'no answers'
  | { readonly slowMs: number };
let wire: Wire = 'well';
let refusals: Report[] = [];

let parts: Parts;
let bystanders: Bystander[] = [];
let told: { readonly detail: { readonly eventType: string } }[];
let stops: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  told = [];
  parts = await startParts({ publish: (event) => told.push(event as never) });
  await parts.publish(forum({ id: EVENT }));
  const database = await standBefore(parts.database.endpoint, async ({ operation, body, passOn }) => {
    // No emulator has it.
    if (operation === 'DescribeContinuousBackups') return { status: 200, body: JSON.stringify(backups()) };
    if (wire === 'down') return refused(500, 'InternalServerError');
    if (wire === 'throttled') {
      for (const TableName of tablesIn(String(body)))
        refusals.push(
          ofDynamodb(/Get|Query|Scan/.test(operation) ? 'ReadThrottleEvents' : 'WriteThrottleEvents', TableName),
        );
      return refused(400, 'ProvisionedThroughputExceededException');
    }
    if (wire === 'contended' && operation === 'TransactWriteItems') {
      refusals.push(ofDynamodb('TransactionConflict', 'Registry'));
      return refused(400, 'TransactionCanceledException', { CancellationReasons: [{ Code: 'TransactionConflict' }] });
    }
    if (typeof wire === 'object')
      await new Promise((resolve) => setTimeout(resolve, (wire as { slowMs: number }).slowMs));
    return passOn(body);
  });
  const keys = await standBefore(String(process.env['AWS_ENDPOINT_URL_KMS']), async ({ body, passOn }) =>
    wire === 'no keys' ? refused(400, 'DisabledException') : passOn(body),
  );
  const ses = await standBefore(String(process.env['AWS_ENDPOINT_URL_SES']), async ({ body, passOn }) => {
    const answer = await passOn(body);
    if (wire === 'no answers' && String(body).includes('Action=SendRawEmail')) throw new Error('the line is cut');
    return answer;
  });
  bystanders = [database, keys, ses];
  process.env['AWS_ENDPOINT_URL_DYNAMODB'] = database.endpoint;
  process.env['AWS_ENDPOINT_URL_KMS'] = keys.endpoint;
  process.env['AWS_ENDPOINT_URL_SES'] = ses.endpoint;
});
afterEach(async () => {
  wire = 'well';
  for (const stop of stops.reverse()) await stop();
  stops = [];
});
afterAll(async () => {
  for (const each of bystanders) await each.stop();
  await parts?.stop();
});

const refused = (status: number, name: string, more = {}) => ({
  status,
  body: JSON.stringify({ __type: name, message: name, ...more }),
});
const tablesIn = (body: string): string[] =>
  Object.entries({ Registry: parts.database.tables.registry, Outbox: parts.database.tables.outbox }).flatMap(
    ([name, table]) => (body.includes(`"${table}"`) ? [name] : []),
  );

const report = (namespace: string, metric: string, value: number, dimensions = {}): Report => ({
  ...{ namespace, metric, value, dimensions },
});

/** The one quarter of an hour of a day in which backups are looked at. */
const AT_THREE = new Date('2027-01-01T03:04:00Z');
/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PointInTimeRecoveryDescription.html */
const backups = () => ({
  ContinuousBackupsDescription: {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription:
      wire === 'no backups'
        ? { PointInTimeRecoveryStatus: 'DISABLED' }
        : { PointInTimeRecoveryStatus: 'ENABLED', LatestRestorableDateTime: (AT_THREE.getTime() - 5 * MINUTE) / 1000 },
  },
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html */
const ofDynamodb = (metric: string, TableName: string, value = 1) =>
  report('AWS/DynamoDB', metric, value, { TableName });

/**
 * Runs something as Lambda counts it: an error is a call that throws, not one that says what failed.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
async function called(FunctionName: FunctionName, work: () => Promise<unknown>): Promise<Report[]> {
  const failed = await asFunction(FunctionName, work).then(
    () => 0,
    () => 1,
  );
  const of = (metric: string, value: number) => report('AWS/Lambda', metric, value, { FunctionName });
  return [of('Invocations', 1), of('Errors', failed)];
}

let people = 0;
/** Registers so many at once. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
async function requests(number: number): Promise<Report[]> {
  const answers = Array.from({ length: number }, async () => {
    people += 1;
    const began = performance.now();
    const sent = postJson(submission({ email: `${people}@game-day.example.org` }));
    const { statusCode = 500 } = await call('submitRegistration', { params: { eventId: EVENT }, ...sent }).catch(
      () => ({
        statusCode: 500,
      }),
    );
    const of = (metric: string, value: number) => report('AWS/ApiGateway', metric, value, { ApiId: 'Http' });
    return [of('5xx', statusCode >= 500 ? 1 : 0), of('Latency', performance.now() - began)];
  });
  return (await Promise.all(answers)).flat();
}

const when =
  (state: Wire, work: () => Promise<readonly Report[]>): (() => Promise<readonly Report[]>) =>
  async () => {
    wire = state;
    refusals = [];
    const reports = await work();
    return [...reports, ...refusals];
  };

/** How many run at once, of whom those beyond the quota are turned away. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html */
async function crowd(number: number): Promise<Report[]> {
  let [running, most] = [0, 0];
  const all = Array.from({ length: number }, async () => {
    running += 1;
    most = Math.max(most, running);
    await requests(1);
    running -= 1;
  });
  await Promise.all(all);
  const used = { Class: 'None', Resource: 'ConcurrentExecutions', Service: 'Lambda', Type: 'Resource' };
  return [
    report('AWS/Lambda', 'Throttles', Math.max(0, most - QUOTA)),
    report('AWS/Usage', 'ResourceCount', Math.min(most, QUOTA), used),
  ];
}

const outbox = async () => (await import('../../functions/outbox/index.ts')).handler;
const housekeeping = async () => (await import('../../functions/housekeeping/index.ts')).handler;
const sweepMail = () => called('outbox', async () => (await outbox())({ source: 'aws.events' } as never));
const doJobs = () => called('housekeeping', async () => (await housekeeping())(DO_DUE_JOBS));
const lookAtAccount = () => called('housekeeping', async () => (await housekeeping())(LOOK_AT_ACCOUNT));
async function lookAtTables() {
  const { realDeps } = await import('../../functions/housekeeping/index.ts');
  const { backups, system, restorableUntil } = realDeps();
  return called('housekeeping', () =>
    lookAtBackups({ backups, restorableUntil, system: { ...system, now: () => AT_THREE } }),
  );
}

/** An event of SES by the bus, which calls twice more where it fails. */
async function hearOfMail(): Promise<Report[]> {
  const { handler } = await import('../../functions/mail-events/index.ts');
  const reports: Report[] = [];
  const invoke = async (event: unknown): Promise<void> => {
    const counted = await called('mail-events', () => handler(event as never));
    reports.push(...counted);
    if (counted.some(({ metric, value }) => metric === 'Errors' && value > 0)) throw new Error('no answer');
  };
  let hasEnded = false;
  const done = async (): Promise<void> => {
    hasEnded = true;
  };
  const rule = { name: 'mail-events', pattern: { source: ['aws.ses'] }, onFailure: done };
  const bus = startBus([{ ...rule, invoke: (event) => invoke(event).then(done) }]);
  bus.publish(delivery({ outboxId: 'of-nobody', to: 'someone@example.org', sentAt: new Date().toISOString() }));
  await vi.waitUntil(() => hasEnded, 20_000);
  await bus.stop();
  return reports;
}

const TableName = () => parts.database.tables.outbox;
const documents = () => DynamoDBDocumentClient.from(parts.database.client);
const itemTo = (email: string, changes = {}) =>
  toOutboxItem({
    ...newMessage(realSystem, 'erased', { eventId: EVENT, reference: 'AAAAAAAAAA', language: 'en', email }),
    ...changes,
  });

/** The mapping between the stream and the outbox function, with the patience of a test. */
async function startMapping(
  onCall: (records: readonly { dynamodb?: { ApproximateCreationDateTime?: number } }[]) => Promise<unknown>,
) {
  const directory = await mkdtemp(join(tmpdir(), 'plenary-test-'));
  const queue = await openLetterQueue(join(directory, 'dead-letters.jsonl'));
  const stream = await startStream({
    ...{ dynamodb: parts.database.client, endpoint: parts.database.streamsEndpoint, tableName: TableName() },
    ...{ attribute: 'kind', together: 10, checkpointFile: join(directory, 'checkpoint.json'), retryDelayMs: 0 },
    ...{ onFailure: deadLetters(queue, () => undefined), log: () => undefined },
    invoke: ({ Records }) => onCall(Records),
  });
  stops.push(async () => {
    await stream.stop();
    await rm(directory, { recursive: true });
  });
  return queue;
}

const inOutbox = async (records: unknown) => (await outbox())({ Records: records } as never);
const age = (milliseconds: number) => report('AWS/Lambda', 'IteratorAge', milliseconds, { FunctionName: 'outbox' });

/** Letters that wait. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
let letters: Awaited<ReturnType<typeof startMapping>>;
const waiting = () =>
  report('AWS/SQS', 'ApproximateNumberOfMessagesVisible', letters.count().visible, { QueueName: 'OutboxFailures' });

/** Of the last mails, how many came back: https://docs.aws.amazon.com/ses/latest/dg/monitor-sending-activity.html */
async function mailTo(addresses: readonly string[]): Promise<readonly Report[]> {
  told = [];
  const items = addresses.map((email) => itemTo(email));
  for (const Item of items) await documents().send(new PutCommand({ TableName: TableName(), Item }));
  await called('outbox', async () => inOutbox(recordsOf(items).Records));
  const rate = (eventType: string) =>
    told.filter(({ detail }) => detail.eventType === eventType).length / addresses.length;
  await vi.waitUntil(() => told.length >= addresses.length, 20_000);
  return [
    report('AWS/SES', 'Reputation.BounceRate', rate('Bounce')),
    report('AWS/SES', 'Reputation.ComplaintRate', rate('Complaint')),
  ];
}
/** Each another one: an address gets three mails an hour. */
const good = (number: number) =>
  Array.from({ length: number }, () => {
    people += 1;
    return `${people}@game-day.example.org`;
  });

/** What timers call within a minute, on the average of a quarter of an hour. */
async function timers(): Promise<Report[]> {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const calls = new Map<FunctionName, number>();
  const invoke = (name: FunctionName) => async () => void calls.set(name, (calls.get(name) ?? 0) + 1);
  const functions = Object.fromEntries(FUNCTION_NAMES.map((name) => [name, { invoke: invoke(name) }]));
  const running = startTimers(functions as unknown as Functions, () => undefined);
  vi.advanceTimersByTime(15 * MINUTE);
  await running.stop();
  vi.useRealTimers();
  return [...calls].map(([FunctionName, number]) => report('AWS/Lambda', 'Invocations', number / 15, { FunctionName }));
}

const keysOfCanary = new Map<string, string>();
/** The canary itself, by HTTP, while its mail leaves and SES tells of it. */
async function flyCanary(state: Wire): Promise<readonly Report[]> {
  const ssm = mockClient(SSMClient);
  ssm.on(PutParameterCommand).callsFake(({ Name, Value }) => void keysOfCanary.set(Name, Value));
  ssm.on(GetParametersCommand).callsFake(() => ({
    Parameters: [...keysOfCanary].map(([Name, Value]) => ({ Name, Value })),
  }));
  const clients = { dynamodb: parts.database.client, kms: new KMSClient({}), ssm: new SSMClient({}) };
  const { registry, outbox } = parts.database.tables;
  if (keysOfCanary.size === 0)
    await makeCanary({ name: 'test', registry, outbox, ticketKey: String(process.env['TICKET_KEY_ID']), ...clients });
  const invoke = (name: FunctionName) => async (event: unknown) =>
    asFunction(name, async () => (await import(`../../functions/${name}/index.ts`)).handler(event, {}));
  const functions = Object.fromEntries(
    FUNCTION_NAMES.map((name) => [name, { invoke: invoke(name) }]),
  ) as unknown as Functions;
  const [, originKey = ''] = originKeys();
  const of = { assets: 'dist/web', issuer: ISSUER, authorize: async () => undefined };
  const gateway = await startGateway({ functions, originKey, port: 0, ...of });
  stops.push(() => gateway.stop());
  vi.stubEnv('SITE_URL', `http://127.0.0.1:${gateway.port}`);
  await startMapping(inOutbox);
  told = [];
  const hears = setInterval(() => {
    for (const event of told.splice(0)) void invoke('mail-events')(event);
  }, 100);
  wire = state;
  try {
    return await called('canary', () => invoke('canary')({}) as Promise<unknown>);
  } finally {
    clearInterval(hears);
    vi.unstubAllEnvs();
  }
}

const standsStill = (still: FunctionName): Fault => ({
  ...{ fault: `the timers of ${still} are disabled`, still, during: async () => [], after: async () => [] },
});

/** One for each alarm. */
const FAULTS: Readonly<Record<string, Fault>> = {
  RequestsFail: {
    fault: 'the database answers nobody',
    during: when('down', () => requests(6)),
    after: when('well', () => requests(6)),
  },
  AnswersSlow: {
    fault: 'the database takes its time',
    during: when({ slowMs: 3100 }, () => requests(5)),
    after: when('well', () => requests(5)),
  },
  FunctionsThrottled: {
    fault: 'two more come than may run at once',
    during: when({ slowMs: 300 }, () => crowd(QUOTA + 2)),
    after: when('well', () => crowd(QUOTA / 2)),
  },
  FunctionsNearQuota: {
    fault: 'nine of ten that may run at once do',
    during: when({ slowMs: 300 }, () => crowd(QUOTA - 1)),
    after: when('well', () => crowd(QUOTA / 2)),
  },
  TablesThrottled: {
    fault: 'the database throttles',
    during: when('throttled', () => requests(6)),
    after: when('well', () => requests(6)),
  },
  SeatsContended: {
    fault: 'each of fifty a second meets a rival',
    during: when('contended', async () => {
      const reports = await requests(10);
      const each = refusals.length / 10;
      refusals = [];
      return [...reports, ofDynamodb('TransactionConflict', 'Registry', 50 * 60 * each)];
    }),
    after: when('well', () => requests(10)),
  },
  StreamLate: {
    fault: 'the stream does not get past a message',
    during: async () => {
      wire = 'down';
      await documents().send(new PutCommand({ TableName: TableName(), Item: itemTo('late@game-day.example.org') }));
      const seen: number[] = [];
      await startMapping(async (records) => {
        seen.push(records.length);
        // Longer than all retries of a test's mapping take.
        if (seen.length > 2) await new Promise((resolve) => setTimeout(resolve, 250));
        return inOutbox(records);
      });
      await vi.waitUntil(() => seen.length > 2, 20_000);
      // What is in front stays in front, and is a minute older each minute.
      return (minute) => [age(minute * MINUTE)];
    },
    after: async () => {
      wire = 'well';
      const arrived: number[] = [];
      await startMapping(async (records) => {
        const answer = await inOutbox(records);
        arrived.push(...records.map(({ dynamodb }) => dynamodb?.ApproximateCreationDateTime ?? 0));
        return answer;
      });
      await documents().send(new PutCommand({ TableName: TableName(), Item: itemTo('next@game-day.example.org') }));
      const begun = Date.now() / 1000 - 2;
      await vi.waitUntil(() => arrived.some((each) => each >= begun), 20_000);
      return [age(Math.max(0, Date.now() - 1000 * Math.max(...arrived)))];
    },
  },
  MailFails: {
    fault: 'no sweep can read what is due',
    during: when('down', sweepMail),
    after: when('well', sweepMail),
  },
  MailStandsStill: standsStill('outbox'),
  JobsStandStill: standsStill('housekeeping'),
  MailOverdue: {
    ...{ fault: 'no sweep comes for a mail that is due', still: 'outbox', every: 5 },
    during: async () => {
      const notBefore = new Date(Date.now() - 20 * MINUTE).toISOString();
      const Item = itemTo('overdue@game-day.example.org', { notBefore });
      await documents().send(new PutCommand({ TableName: TableName(), Item }));
      return lookAtAccount();
    },
    after: async () => [...(await sweepMail()), ...(await lookAtAccount())],
  },
  Canary: {
    // Two periods of three hours without success, and until the next that comes.
    ...{ fault: 'nobody can register', every: 180, broken: 480, within: 365, mended: 90 },
    during: () => flyCanary('down'),
    after: () => flyCanary('well'),
  },
  KeysFail: {
    fault: 'a key is disabled, and functions begin anew',
    during: when('no keys', async () => {
      vi.resetModules();
      const reports: Report[] = [];
      // One after another, as instances do that know nothing of one another.
      for (let nth = 0; nth < 6; nth += 1) reports.push(...(await requests(1)));
      return reports;
    }),
    after: when('well', () => requests(6)),
  },
  JobsFail: {
    fault: 'no job can be read',
    during: when('down', doJobs),
    after: when('well', doJobs),
  },
  MailUnknown: {
    fault: 'SES takes mail, and its answers get lost',
    during: when('no answers', () => mailTo(good(2))),
    after: when('well', () => mailTo(good(2))),
  },
  TablesWithoutBackup: {
    ...{ fault: 'tables cannot be brought back', every: DAY, mended: DAY },
    during: when('no backups', lookAtTables),
    after: when('well', lookAtTables),
  },
  MailEventsFail: {
    fault: 'nothing can be noted of a mail',
    during: when('down', hearOfMail),
    // It is heard, and then nothing more comes: what failed is all that is left to count.
    after: async () =>
      (await when('well', hearOfMail)()).filter(({ metric, value }) => metric === 'Errors' && value > 0),
  },
  DeadLetters: {
    fault: 'a message that no version can read',
    during: async () => {
      const Item = itemTo('poison@game-day.example.org', { v: 99 });
      await documents().send(new PutCommand({ TableName: TableName(), Item }));
      letters = await startMapping(inOutbox);
      await vi.waitUntil(() => letters.count().visible === 1, 30_000);
      await documents().send(new DeleteCommand({ TableName: TableName(), Key: { id: Item.id } }));
      return [waiting()];
    },
    after: async () => {
      for (const { id } of letters.receive(10, 0)) await letters.delete(id);
      return [waiting()];
    },
  },
  MailBounces: {
    ...{ fault: 'one mail in ten comes back', within: 35 },
    during: () => mailTo([...good(18), ...['one', 'two'].map((each) => `bounce+${each}@simulator.amazonses.com`)]),
    after: () => mailTo(good(20)),
  },
  MailComplaints: {
    ...{ fault: 'one recipient in twenty presses spam', within: 35 },
    during: () => mailTo([...good(19), 'complaint+one@simulator.amazonses.com']),
    after: () => mailTo(good(20)),
  },
};

const template = goldenTemplate('Watch');
const alarms = template && alarmsOf(template);
const plain = (name: string): string => name.slice(name.indexOf('-') + 1);

/** Minutes that are looked at before, during and after a fault. */
const [QUIET, BROKEN, MENDED] = [20, 60, 75];

/** Breaks something for an hour that nobody waits for, and mends it. @returns changes of state by minute of the fault, by alarm */
async function hold(fault: Fault) {
  const { still, during, after, every = 1, broken: minutesBroken = BROKEN, mended: minutesMended = MENDED } = fault;
  const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const failures = (['warn', 'error'] as const).map((each) =>
    vi.spyOn(console, each).mockImplementation(() => undefined),
  );
  const calls = await timers();
  // Its alarm rings where nothing is measured: the canary is well unless it is what is tried.
  const isFlown = fault.broken !== undefined;
  if (!isFlown) calls.push(report('AWS/Lambda', 'Invocations', 1, { FunctionName: 'canary' }));
  const before = [report('AWS/SES', 'Reputation.BounceRate', 0), report('AWS/SES', 'Reputation.ComplaintRate', 0)];
  const lines = () =>
    [printed, written].flatMap(({ mock }) => mock.calls.splice(0).flatMap(([line]) => metricsIn(String(line))));
  const [broken, ownBroken] = [await during(), lines()];
  const [mended, ownMended] = [await after(), lines()];
  for (const spy of [printed, written, ...failures]) spy.mockRestore();
  const minutes: Minutes = (minute) => {
    const isBroken = minute >= 0 && minute < minutesBroken;
    const timed = isBroken ? calls.filter(({ dimensions }) => dimensions?.['FunctionName'] !== still) : calls;
    if (minute < 0) return [...timed, ...before, ...(isFlown ? mended : [])];
    const own = minute % every > 0 ? [] : isBroken ? ownBroken : ownMended;
    if (!isBroken) return [...timed, ...mended, ...own];
    return [...timed, ...(typeof broken === 'function' ? broken(minute) : broken), ...own];
  };
  const samples = Array.from({ length: QUIET + minutesBroken + minutesMended }, (_, nth) =>
    minutes(nth - QUIET).map((each) => ({ ...each, at: nth * MINUTE })),
  ).flat();
  if (alarms === undefined) throw new Error('there is no Watch');
  const range = [10 * MINUTE, (QUIET + minutesBroken + minutesMended) * MINUTE] as const;
  const changes = statesOver(alarms, samples, range, { ConcurrentExecutions: QUOTA });
  return new Map(
    [...changes].map(([name, all]) => [plain(name), all.map((each) => ({ ...each, at: each.at / MINUTE - QUIET }))]),
  );
}

/** Of a line of the log, what CloudWatch counts. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
function metricsIn(line: string): Report[] {
  if (!line.includes('"_aws"')) return [];
  const read = JSON.parse(line);
  return read._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }: Record<string, never[]>) =>
    (Dimensions as string[][] | undefined)?.flatMap((names) =>
      (Metrics as { Name: string }[] | undefined)?.map(({ Name }) =>
        report(String(Namespace), Name, read[Name], Object.fromEntries(names.map((each) => [each, read[each]]))),
      ),
    ),
  );
}

const stateAt = (changes: readonly Change[] = [], minute: number) =>
  changes.filter(({ at }) => at <= minute).at(-1)?.state;

describe('IN12: game day', () => {
  it('has a fault for each alarm of the template', () => {
    const names = [...(alarms?.metric.values() ?? [])].map(({ name }) => plain(name));
    expect(Object.keys(FAULTS).sort()).toEqual(names.sort());
  });

  it.each(Object.entries(FAULTS))('%s rings while $fault, and is quiet again', async (name, fault) => {
    const changes = await hold(fault);
    const { urgency } = ALARMS[name as AlarmName];
    const broken = fault.broken ?? BROKEN;
    const [own, composite] = [changes.get(name), changes.get(urgency === 'tonight' ? 'Tonight' : 'Tomorrow')];
    const rings = own?.find(({ state }) => state === 'ALARM')?.at ?? Number.NaN;
    expect(stateAt(own, 0), 'before').not.toBe('ALARM');
    expect(rings, 'rings').toBeGreaterThan(0);
    expect(rings, 'rings').toBeLessThanOrEqual(fault.within ?? 17);
    expect(stateAt(composite, rings), 'the one that mails').toBe('ALARM');
    expect(stateAt(own, broken), 'while it is broken').toBe('ALARM');
    expect(
      [own, composite].map((each) => stateAt(each, broken + (fault.mended ?? MENDED))),
      'mended',
    ).toEqual(['OK', 'OK']);
  });
});
