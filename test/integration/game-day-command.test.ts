import { CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionConcurrencyCommand,
  InvokeCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { untilStopped } from '../../cli/command.ts';
import { findStage, gameDayTable, holdGameDay, undoAll } from '../../cli/game-day/day.ts';
import { readLetter } from '../../cli/redrive/redrive.ts';
import { ALARMS } from '../../infra/watch/alarms.ts';
import { forum } from '../support/forum.ts';
import { goldenTemplate } from '../support/golden-templates.ts';
import { type Parts, startParts } from '../support/parts.ts';

/* IN12 on AWS: the command, beside a CloudWatch and a Lambda that are told what to say; the events are in a real table. */

const MINUTE = 60_000;
const aws = {
  formation: mockClient(CloudFormationClient),
  watch: mockClient(CloudWatchClient),
  lambda: mockClient(LambdaClient),
  sqs: mockClient(SQSClient),
};
let parts: Parts;
let clock: number;
/** Since when, in milliseconds of the clock: a function may not run, fails, or letters wait. */
let since: Map<string, number>;
let ended: Map<string, number>;
let reserved: Map<string, number>;
let letters: string[];
let states: Map<string, string>;
let pages: number;

beforeAll(async () => {
  parts = await startParts();
  await parts.publish(forum({ id: 'another-day' }));
});
afterAll(async () => {
  for (const each of Object.values(aws)) each.restore();
  vi.unstubAllGlobals();
  await parts?.stop();
});

/** What each stack is made of, as it is synthesised, by the names that the command reads. */
function resourcesOf(StackName: string) {
  const { Resources = {} } = goldenTemplate(StackName.replace('Plenary-', '')) ?? {};
  return Object.keys(Resources).map((LogicalResourceId) => ({
    LogicalResourceId,
    PhysicalResourceId: LogicalResourceId.replace(/[0-9A-F]{8}$/, '').replace('Function', ''),
    ResourceType: 'of no matter',
    ResourceStatus: 'CREATE_COMPLETE' as const,
    LastUpdatedTimestamp: new Date(0),
  }));
}

/** Minutes after which an alarm rings of what is broken for real, and what that is. */
const AFTER: Readonly<Record<string, readonly [what: string, minutes: number]>> = {
  MailStandsStill: ['Outbox', 15],
  RequestsFail: ['Certificates', 3],
  FunctionsThrottled: ['Certificates', 4],
  JobsFail: ['Housekeeping', 11],
  MailEventsFail: ['MailEvents', 11],
  DeadLetters: ['OutboxFailures', 2],
};

function stateOf(name: string): string {
  const set = states.get(name);
  if (set !== undefined) return set;
  const [what = '', minutes = 0] = AFTER[name] ?? [];
  const [from, until] = [since.get(what), ended.get(what) ?? Number.POSITIVE_INFINITY];
  if (from === undefined || clock - from < minutes * MINUTE) return 'OK';
  return clock - until < 3 * MINUTE && until - from >= minutes * MINUTE ? 'ALARM' : until < clock ? 'OK' : 'ALARM';
}

const begun = (what: string) => void (since.has(what) || since.set(what, clock));
const over = (what: string) => void (since.has(what) && !ended.has(what) && ended.set(what, clock));

beforeEach(() => {
  [since, ended, reserved, states] = [new Map(), new Map(), new Map(), new Map()];
  [letters, clock, pages] = [[], 0, 0];
  vi.stubGlobal('fetch', async () => {
    pages += 1;
  });
  for (const each of Object.values(aws)) each.reset();
  aws.formation
    .on(ListStackResourcesCommand)
    .callsFake(({ StackName }) => ({ StackResourceSummaries: resourcesOf(StackName) }));
  // The table in use, which need not be that of the stack.
  const Outputs = [{ OutputKey: 'RegistryTableName', OutputValue: parts.database.tables.registry }];
  const Stacks = [
    { StackName: 'Plenary-Data', CreationTime: new Date(0), StackStatus: 'UPDATE_COMPLETE' as const, Outputs },
  ];
  aws.formation.on(DescribeStacksCommand).resolves({ Stacks });
  aws.watch
    .on(SetAlarmStateCommand)
    .callsFake(({ AlarmName, StateValue }) => void states.set(AlarmName.slice(8), StateValue));
  aws.watch.on(DescribeAlarmsCommand).callsFake(({ NextToken }) => {
    const alarm = (name: string) => ({ AlarmName: `Plenary-${name}`, StateValue: stateOf(name) as 'OK' });
    const all = Object.keys(ALARMS).map(alarm);
    const rings = (urgency: string) =>
      Object.entries(ALARMS).some(([name, row]) => row.urgency === urgency && stateOf(name) === 'ALARM');
    const composite = (name: string, urgency: string) => ({
      ...{ AlarmName: `Plenary-${name}`, AlarmRule: '', StateValue: (rings(urgency) ? 'ALARM' : 'OK') as 'OK' },
    });
    return NextToken === undefined
      ? { MetricAlarms: all.slice(0, 5), NextToken: 'more' }
      : {
          MetricAlarms: all.slice(5),
          CompositeAlarms: [composite('Tonight', 'tonight'), composite('Tomorrow', 'tomorrow')],
        };
  });
  aws.lambda
    .on(GetFunctionConcurrencyCommand)
    .callsFake(({ FunctionName }) => ({ ReservedConcurrentExecutions: reserved.get(FunctionName) }));
  aws.lambda.on(PutFunctionConcurrencyCommand).callsFake(({ FunctionName, ReservedConcurrentExecutions }) => {
    reserved.set(FunctionName, ReservedConcurrentExecutions);
    begun(FunctionName);
  });
  aws.lambda.on(DeleteFunctionConcurrencyCommand).callsFake(({ FunctionName }) => {
    reserved.delete(FunctionName);
    over(FunctionName);
  });
  aws.lambda.on(InvokeCommand).callsFake(({ FunctionName }) => {
    begun(FunctionName);
    ended.set(FunctionName, clock);
    return { FunctionError: 'Unhandled' };
  });
  aws.sqs.on(SendMessageCommand).callsFake(({ MessageBody }) => {
    letters.push(MessageBody);
    begun('OutboxFailures');
  });
  aws.sqs
    .on(GetQueueAttributesCommand)
    .callsFake(() => ({ Attributes: { ApproximateNumberOfMessages: String(letters.length) } }));
  let hidden: string[] = [];
  aws.sqs.on(ReceiveMessageCommand).callsFake(() => {
    const Messages = letters
      .filter((each) => !hidden.includes(each))
      .map((Body) => ({ Body, MessageId: Body, ReceiptHandle: Body }));
    hidden = Messages.length === 0 ? [] : [...letters];
    return { Messages };
  });
  aws.sqs.on(DeleteMessageCommand).callsFake(({ ReceiptHandle }) => {
    letters = letters.filter((each) => each !== ReceiptHandle);
    over('OutboxFailures');
  });
});

/** The stage, in which time passes by waiting alone. */
const stage = async () => ({
  ...(await findStage('Plenary')),
  now: () => clock,
  wait: async (ms: number) => {
    clock += ms;
  },
});
const quiet = () => undefined;
const never = new AbortController().signal;

describe('npm run game-day', () => {
  it('IN12: breaks what can be broken, rings the rest, and has each alarm quiet again within half an hour', async () => {
    letters = ['somebody waits for this'];
    const { rows, isShown } = await holdGameDay(await stage(), quiet, never);
    expect(isShown, gameDayTable(rows).join('\n')).toBe(true);
    expect(rows.map(({ alarm }) => alarm).sort()).toEqual([...Object.keys(ALARMS), 'Tomorrow', 'Tonight'].sort());
    expect(clock).toBeLessThan(30 * MINUTE);
    const broken = rows.filter(({ how }) => !/^(set-alarm-state|by those)/.test(how)).map(({ alarm }) => alarm);
    expect(broken.sort()).toEqual(Object.keys(AFTER).sort());
    for (const { alarm, rang = 0, back = 0 } of rows) {
      const [, minutes = 0] = AFTER[alarm] ?? [];
      expect(rang, alarm).toBeGreaterThanOrEqual(minutes * 60);
      expect(back, alarm).toBeGreaterThan(rang);
    }
    // Nothing is left of it, and what was there before is.
    expect([...reserved]).toEqual([]);
    expect(letters).toEqual(['somebody waits for this']);
    expect(pages).toBeGreaterThanOrEqual(3 * 5);
    expect([...states.values()]).not.toContain('ALARM');
  });

  it('sets the state of what AWS does not let it break, and leaves what somebody reserved', async () => {
    reserved.set('Outbox', 5);
    aws.lambda
      .on(PutFunctionConcurrencyCommand)
      .rejects(Object.assign(new Error(), { name: 'InvalidParameterValueException' }));
    const { rows, isShown } = await holdGameDay(await stage(), quiet, never);
    const how = (name: string) => rows.find(({ alarm }) => alarm === name)?.how;
    expect(how('MailStandsStill')).toContain('set-alarm-state (the outbox may not run: has reserved concurrency)');
    expect(how('RequestsFail')).toContain('InvalidParameterValueException');
    expect([isShown, reserved.get('Outbox')]).toEqual([true, 5]);
  });

  it('says which alarm was not seen, and is over in time all the same', async () => {
    aws.watch.on(SetAlarmStateCommand).resolves({});
    const { rows, isShown } = await holdGameDay(await stage(), quiet, never);
    expect(isShown).toBe(false);
    expect(gameDayTable(rows).find((line) => line.startsWith('AnswersSlow'))).toContain('NOT SEEN');
    expect(clock).toBeLessThan(30 * MINUTE);
  });

  it('undoes what a former one left that was killed, and what it broke itself where it fails', async () => {
    reserved.set('Outbox', 0);
    letters = [JSON.stringify({ timer: 'game-day' })];
    const killed = await stage();
    let looks = 0;
    const alarms = () => {
      looks += 1;
      return looks < 3 ? killed.alarms() : Promise.reject(new Error('no answer'));
    };
    const failing = { ...killed, alarms };
    await expect(holdGameDay(failing, quiet, never)).rejects.toThrow('no answer');
    expect([[...reserved], letters]).toEqual([[], []]);
    // Redrive would have known that nothing is left to do about it.
    expect(readLetter(JSON.stringify({ timer: 'game-day' }))).toEqual({ about: 'timer' });
  });

  it.each([
    ['after it began to break things', 'as'],
    ['while it waits for alarms', 'once'],
  ])('stopped %s, it breaks nothing more and leaves nothing broken', async (_, when) => {
    const stopping = new AbortController();
    const stop = () => stopping.abort(new Error('stopped by SIGINT'));
    let breaks = 0;
    aws.lambda.on(PutFunctionConcurrencyCommand).callsFake(({ FunctionName, ReservedConcurrentExecutions }) => {
      if (when === 'as') stop();
      breaks += 1;
      reserved.set(FunctionName, ReservedConcurrentExecutions);
    });
    const found = await stage();
    const stopped = {
      ...found,
      wait: async (ms: number) => {
        stop();
        await found.wait(ms);
      },
    };
    await expect(holdGameDay(stopped, quiet, stopping.signal)).rejects.toThrow('stopped by SIGINT');
    expect([breaks, [...reserved], letters]).toEqual([when === 'as' ? 1 : 2, [], []]);
  });

  it('begins where nothing rings, and not on a day of an event', async () => {
    states.set('MailBounces', 'ALARM');
    await expect(holdGameDay(await stage(), quiet, never)).rejects.toThrow('rings already: MailBounces');
    const [day] = forum().days;
    const date = new Date().toISOString().slice(0, 10);
    await parts.publish(forum({ id: 'today', ...(day && { days: [{ ...day, date }] }) }));
    // What one left that was killed the day before is undone all the same.
    reserved.set('Outbox', 0);
    await undoAll((await findStage('Plenary')).breaks);
    expect([...reserved]).toEqual([]);
    states.clear();
    await expect(holdGameDay(await stage(), quiet, never)).rejects.toThrow('no game day on a day of an event: today');
    expect(aws.lambda.commandCalls(PutFunctionConcurrencyCommand)).toEqual([]);
  });
});

it('the first signal stops it, and says so', () => {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const before = signals.map((each) => process.listeners(each));
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const stopped = untilStopped();
  process.emit('SIGHUP', 'SIGHUP');
  expect([String(stopped.reason), printed.mock.calls]).toEqual([
    'Error: stopped by SIGHUP',
    [['Stopped by SIGHUP: undoing']],
  ]);
  printed.mockRestore();
  for (const [at, each] of signals.entries())
    for (const listener of process.listeners(each)) if (!before[at]?.includes(listener)) process.off(each, listener);
});

it.each([
  [[], 'say which --stage'],
  [['--stage', 'Plenary', 'now'], 'takes options only'],
  [['--stage', 'Plenary', '--force'], "Unknown option '--force'"],
])('refuses %j', async (words, says) => {
  const { argv } = process;
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  process.argv = [...argv.slice(0, 2), ...words];
  vi.resetModules();
  await import('../../cli/game-day.ts');
  const code = process.exitCode;
  Object.assign(process, { argv, exitCode: undefined });
  expect([code, String(printed.mock.calls)]).toEqual([2, expect.stringContaining(says)]);
  printed.mockRestore();
});
