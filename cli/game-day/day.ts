import { setTimeout as wait } from 'node:timers/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, paginateDescribeAlarms, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionConcurrencyCommand,
  InvokeCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type EventEntry, eventEntries } from '../../shared/event/event.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { sqsQueue } from '../redrive/queue.ts';
import { idsIn, named, outputsOf } from '../stacks.ts';

/** An alarm as CloudWatch says that it is. */
interface AlarmNow {
  /** After the name of the stage: `MailFails`. */
  readonly name: string;
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  /** It stands for others. */
  readonly isComposite: boolean;
}

/** Something that is broken for real. */
interface Break {
  readonly what: string;
  /** Alarms that ring by it. */
  readonly rings: readonly string[];
  /** @throws where AWS refuses it, or where undoing it would change what somebody else set */
  readonly begin: () => Promise<void>;
  /** What has to go on meanwhile. */
  readonly eachMinute?: () => Promise<void>;
  /** May be repeated, and does nothing where nothing is broken. */
  readonly undo: () => Promise<void>;
}

interface Stage {
  readonly name: string;
  readonly breaks: readonly Break[];
  /** Events of which today is a day. */
  readonly eventsToday: () => Promise<readonly string[]>;
  readonly alarms: () => Promise<readonly AlarmNow[]>;
  readonly setState: (name: string, state: AlarmNow['state']) => Promise<void>;
  readonly now: () => number;
  /**
   * @param ms milliseconds
   * @throws where it is stopped meanwhile
   */
  readonly wait: (ms: number, stopped: AbortSignal) => Promise<void>;
}

interface Row {
  readonly alarm: string;
  readonly how: string;
  /** Seconds after the game day began; absent where it was not seen. */
  rang?: number;
  back?: number;
}

const MINUTE = 60_000;
/** Between two looks. */
const LOOK = 15_000;
/** After which nothing rings any more that is broken, and after which it is over. */
const BROKEN_FOR = 20 * MINUTE;
const LONGEST = 29 * MINUTE;

const SET = 'set-alarm-state';

/**
 * Breaks what can be broken and sets the state of other alarms, until all rang, mends it, and looks until all are quiet again. Whatever becomes
 * of it, what was broken is mended.
 *
 * @param print gets a line of what happens
 * @param stopped once it is aborted, nothing more is broken
 * @returns a row for each alarm, and whether each was seen to ring and to be quiet again
 * @throws Error on a day of an event; why it was stopped; what failed
 */
export async function holdGameDay(stage: Stage, print: (line: string) => void, stopped: AbortSignal) {
  // What a former one left would ring by itself, and harms an event.
  await undoAll(stage.breaks);
  const today = await stage.eventsToday();
  if (today.length > 0) throw new Error(`no game day on a day of an event: ${today.join(', ')}`);
  const before = new Map((await stage.alarms()).map((each) => [each.name, each]));
  const ringing = [...before.values()].filter(({ state }) => state === 'ALARM');
  if (ringing.length > 0) throw new Error(`rings already: ${ringing.map(({ name }) => name).join(', ')}`);
  const began = stage.now();
  const seconds = () => Math.round((stage.now() - began) / 1000);
  const rows = new Map<string, Row>();
  try {
    const running = new Set<Break>();
    for (const each of stage.breaks) {
      const rings = each.rings.filter((name) => before.has(name));
      if (rings.length === 0) continue;
      stopped.throwIfAborted();
      const refusal = await refusalOf(each.begin());
      if (refusal === undefined) running.add(each);
      for (const name of rings)
        rows.set(name, { alarm: name, how: refusal === undefined ? each.what : `${SET} (${each.what}: ${refusal})` });
      print(refusal === undefined ? `broken: ${each.what}` : `cannot be broken: ${each.what} (${refusal})`);
    }
    for (const { name, isComposite } of before.values()) {
      const how = isComposite ? 'by those that it stands for' : SET;
      if (!rows.has(name)) rows.set(name, { alarm: name, how });
    }
    const isSet = ({ how }: Row) => how.startsWith(SET);
    for (let minute = -1; seconds() * 1000 < LONGEST; await stage.wait(LOOK, stopped)) {
      stopped.throwIfAborted();
      const nth = Math.floor((seconds() * 1000) / MINUTE);
      if (nth > minute) await Promise.allSettled([...running].map((each) => each.eachMinute?.()));
      minute = nth;
      // CloudWatch may have looked at it since the last time, and found that nothing is wrong.
      for (const row of rows.values())
        if (isSet(row) && row.rang === undefined) await stage.setState(row.alarm, 'ALARM');
      for (const { name, state } of await stage.alarms()) {
        const row = rows.get(name);
        if (row === undefined) continue;
        if (state === 'ALARM' && row.rang === undefined) {
          row.rang = seconds();
          print(`${name} rings after ${row.rang} s`);
          // It would be quiet again as it is looked at next; one of which nothing is measured would ring on.
          if (isSet(row)) await stage.setState(name, before.get(name)?.state ?? 'OK');
        } else if (state !== 'ALARM' && row.rang !== undefined && row.back === undefined && !isBroken(name, running)) {
          row.back = seconds();
          print(`${name} is quiet again after ${row.back} s`);
        }
      }
      const isOver = seconds() * 1000 >= BROKEN_FOR;
      for (const each of running) {
        const haveRung = each.rings.every((name) => !rows.has(name) || rows.get(name)?.rang !== undefined);
        if (!haveRung && !isOver) continue;
        await each.undo();
        running.delete(each);
        print(`mended: ${each.what}`);
      }
      if ([...rows.values()].every(({ back }) => back !== undefined)) break;
    }
  } finally {
    await undoAll(stage.breaks);
  }
  const all = [...rows.values()];
  return { rows: all, isShown: all.every(({ back }) => back !== undefined) };
}

const isBroken = (name: string, running: ReadonlySet<Break>) => [...running].some(({ rings }) => rings.includes(name));

const refusalOf = (begun: Promise<void>): Promise<string | undefined> =>
  begun.then(
    () => undefined,
    (error) => (error instanceof Error ? error.name : String(error)),
  );

/** Each, also where another one fails. @throws the first failure */
export async function undoAll(breaks: readonly Break[]): Promise<void> {
  const failed = (await Promise.allSettled(breaks.map((each) => each.undo()))).find(
    (each) => each.status === 'rejected',
  );
  if (failed) throw failed.reason;
}

/** Rows as lines in columns. */
export function gameDayTable(rows: readonly Row[]): readonly string[] {
  const said = (seconds: number | undefined) => (seconds === undefined ? 'NOT SEEN' : `${seconds} s`);
  const cells = rows.map(({ alarm, how, rang, back }) => [alarm, said(rang), said(back), how]);
  const all = [['alarm', 'rang after', 'back after', 'how'], ...cells];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

/** Redrive knows it as a call of a timer, of which nothing is left to do. */
const LETTER = JSON.stringify({ timer: 'game-day' });

/** Requests and calls a minute: one more than the alarms take. */
const [PAGES, CALLS] = [6, 4];

/**
 * A stage that is deployed, with alarms.
 *
 * @throws Error that says what is in the way
 */
export async function findStage(name: string): Promise<Stage> {
  const formation = new CloudFormationClient({});
  const [data, web, api] = await Promise.all(
    ['Data', 'Web', 'Api'].map((stack) => idsIn(formation, `${name}-${stack}`)),
  );
  // Restored tables are of no stack: its outputs name those in use.
  const { RegistryTableName: registry = named(data, 'Registry') } = (await outputsOf(formation, `${name}-Data`)) ?? {};
  const cloudWatch = new CloudWatchClient({});
  const alarms = () => alarmsOf(cloudWatch, `${name}-`);
  if ((await alarms()).length === 0) throw new Error(`${name} has no alarms: deploy ${name}-Watch`);
  const lambda = new LambdaClient({});
  const region = await lambda.config.region();
  const page = `https://${named(web, 'Http')}.execute-api.${region}.amazonaws.com/e/game-day/verify`;
  return {
    eventsToday: () => eventsToday(documentClient(), registry, new Date()),
    ...{ name, alarms, now: Date.now, wait: (ms, signal) => wait(ms, undefined, { signal }) },
    breaks: [
      mayNotRun(lambda, named(api, 'OutboxFunction'), 'the outbox may not run', ['MailStandsStill']),
      mayNotRun(
        lambda,
        named(api, 'CertificatesFunction'),
        'certificates may not run, and are asked for',
        ['RequestsFail', 'FunctionsThrottled'],
        () => times(PAGES, () => fetch(page)),
      ),
      calledInVain(lambda, named(api, 'HousekeepingFunction'), 'housekeeping is called in vain', ['JobsFail']),
      calledInVain(lambda, named(api, 'MailEventsFunction'), 'mail-events is called in vain', ['MailEventsFail']),
      letterOfNothing(new SQSClient({}), named(api, 'OutboxFailures')),
    ],
    async setState(alarm, StateValue) {
      const StateReason = StateValue === 'ALARM' ? 'Game day: nothing is wrong' : 'The game day is over';
      await cloudWatch.send(new SetAlarmStateCommand({ AlarmName: `${name}-${alarm}`, StateValue, StateReason }));
    },
  };
}

const HOUR = 3_600_000;

/** Those of which a day is today anywhere on earth; one whose days are not listed may be. */
async function eventsToday(...[client, table, now]: [...Parameters<typeof eventEntries>, Date]): Promise<string[]> {
  const [first, last] = [-12, 14].map((hours) => new Date(now.getTime() + hours * HOUR).toISOString().slice(0, 10));
  const isToday = ({ firstDay = '', lastDay = '~', status }: EventEntry) =>
    status !== 'cancelled' && firstDay <= (last ?? '') && lastDay >= (first ?? '');
  return (await eventEntries(client, table)).filter(isToday).map(({ id }) => id);
}

async function alarmsOf(client: CloudWatchClient, AlarmNamePrefix: string): Promise<readonly AlarmNow[]> {
  const found: AlarmNow[] = [];
  const asked = { AlarmNamePrefix, AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const] };
  for await (const { MetricAlarms = [], CompositeAlarms = [] } of paginateDescribeAlarms({ client }, asked))
    for (const alarm of [...MetricAlarms, ...CompositeAlarms])
      found.push({
        name: String(alarm.AlarmName).slice(AlarmNamePrefix.length),
        state: alarm.StateValue ?? 'INSUFFICIENT_DATA',
        isComposite: 'AlarmRule' in alarm,
      });
  return found;
}

/**
 * A function of which none may run at once. One for which somebody reserved some is left alone.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
function mayNotRun(
  lambda: LambdaClient,
  FunctionName: string,
  what: string,
  rings: readonly string[],
  eachMinute?: () => Promise<void>,
): Break {
  const reserved = async () =>
    (await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }))).ReservedConcurrentExecutions;
  return {
    ...{ what, rings, ...(eachMinute && { eachMinute }) },
    async begin() {
      if ((await reserved()) !== undefined) throw Object.assign(new Error(), { name: 'has reserved concurrency' });
      await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
    },
    async undo() {
      if ((await reserved()) === 0) await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    },
  };
}

/** Calls that fail before they read or write anything: neither records nor an event of SES are in them. Lambda does not repeat such calls. */
function calledInVain(lambda: LambdaClient, FunctionName: string, what: string, rings: readonly string[]): Break {
  const Payload = JSON.stringify({ Records: null });
  const call = async () => {
    const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName, Payload }));
    if (FunctionError === undefined) throw Object.assign(new Error(), { name: 'does not fail' });
  };
  return { what, rings, begin: call, eachMinute: () => times(CALLS, call), undo: async () => undefined };
}

function letterOfNothing(sqs: SQSClient, QueueUrl: string): Break {
  const queue = sqsQueue(sqs, QueueUrl);
  return {
    ...{ what: 'a letter that is about nothing', rings: ['DeadLetters'] },
    begin: async () => void (await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: LETTER }))),
    async undo() {
      if ((await queue.count()) > 0) await queue.each(async (body) => body === LETTER);
    },
  };
}

async function times(number: number, work: () => Promise<unknown>): Promise<void> {
  await Promise.all(Array.from({ length: number }, work));
}
