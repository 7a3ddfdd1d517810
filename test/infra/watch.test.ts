import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALARMS, type AlarmRow } from '../../infra/watch/alarms.ts';
import { TABLES } from '../../shared/kernel/dynamo/tables.ts';
import { METRIC_DIMENSIONS, METRIC_NAMESPACE, METRICS, NAMESPACE_VARIABLE } from '../../shared/kernel/metrics.ts';
import { metricAlarm } from '../support/alarm-states.ts';
import { type CloudFormationResource, type Synthesised, stacksOf } from './fixture.ts';

const TOLD = { 'plenary:alarmAddress': 'secretariat@forum.test', 'plenary:monthlyBudget': '50' };
const operations = readFileSync('docs/operations.md', 'utf8');

const stackOf = (name: string, context = {}): Synthesised => {
  const found = stacksOf(context).find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};
const watch = stackOf('Watch', TOLD);
const ofType = (type: string, { template }: Synthesised = watch): [string, CloudFormationResource][] =>
  Object.entries(template.Resources).filter(([, { Type }]) => Type === type);
const propertyOf = ({ Properties }: CloudFormationResource, name: string): unknown => Properties?.[name];
const textOf = (resource: CloudFormationResource, name: string): string => String(propertyOf(resource, name) ?? '');

interface LookedAt {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: unknown;
}

/** The metric of an alarm, or those of its expression. */
function looksAt(alarm: CloudFormationResource): readonly LookedAt[] {
  const queries = (propertyOf(alarm, 'Metrics') ?? []) as { readonly MetricStat?: { readonly Metric: LookedAt } }[];
  const asked = queries.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);
  return asked.length > 0 ? asked : [alarm.Properties as unknown as LookedAt];
}

const alarms = ofType('AWS::CloudWatch::Alarm');
const alarmOf = (name: string) => alarms.find(([, each]) => textOf(each, 'AlarmName') === `Plenary-${name}`)?.[1];
const composites = ofType('AWS::CloudWatch::CompositeAlarm');
const dashboards = ofType('AWS::CloudWatch::Dashboard');
const rows = Object.entries<AlarmRow>(ALARMS);

/** What a part of a template asks other stacks for: `Web.PublishOutput...`. */
const reads = (part: unknown): string[] =>
  [...JSON.stringify(part).matchAll(/"StackName":"Plenary-(\w+)".*?"OutputName":"(\w+)"/g)].map(
    ([, stack, output]) => `${stack}.${output}`,
  );

/** The type of the resource that an output of another stack tells the name of. */
function typeRead(read: string): string {
  const [stack = '', output = ''] = read.split('.');
  const { template } = stackOf(stack, TOLD);
  const value = JSON.stringify(template.Outputs?.[output]?.Value);
  const [, id = ''] = /^\{"(?:Ref":|Fn::GetAtt":\[)"(\w+)"/.exec(value) ?? [];
  return template.Resources[id]?.Type ?? `nothing that ${read} is about`;
}

it('IN6: of slow answers, a handful rings nothing', () => {
  const { seriesOf, isBreaching } = metricAlarm(alarmOf('AnswersSlow')?.Properties ?? {});
  const rings = (answers: number) =>
    seriesOf(({ statistic }) => [statistic === 'SampleCount' ? answers : 4000]).map((one = 0) => isBreaching(one));
  expect([rings(19), rings(20)]).toEqual([[false], [true]]);
});

describe('IN6: each alarm', () => {
  it('has a row, and there are at most 20, two that stand for them, and two dashboards', () => {
    expect(alarms.map(([, each]) => textOf(each, 'AlarmName')).sort()).toEqual(
      rows.map(([name]) => `Plenary-${name}`).sort(),
    );
    expect(alarms.length).toBeLessThanOrEqual(20);
    expect([composites.length, dashboards.length]).toEqual([2, 2]);
  });

  it.each(rows)('%s says what people notice, and where to read on', (name, { impact, section }) => {
    expect(impact).toMatch(/^[A-Z].{30,160}\.$/);
    const alarm = alarmOf(name);
    expect(alarm && textOf(alarm, 'AlarmDescription')).toBe(`${impact} docs/operations.md, "${section}".`);
    const [, text] = operations.split(`\n## ${section}\n`);
    const parts = [...(text?.split('\n## ')[0] ?? '').matchAll(/^### (.+)\n\n(.+)/gm)].map(([, title]) => title);
    expect(parts).toEqual(['Description', 'Investigation', 'Resolution']);
  });

  it('is in the table of docs/operations.md as it is in the template', () => {
    const slug = (title: string): string => title.toLowerCase().replaceAll(' ', '-');
    const said = [...operations.matchAll(/^\| (\w+) \| (tonight|tomorrow) \|.*$/gm)].map(([line]) => line);
    expect(said).toEqual(
      rows.map(
        ([name, { urgency, impact, section }]) =>
          `| ${name} | ${urgency} | ${impact} | [${section}](#${slug(section)}) |`,
      ),
    );
    const [, number] = operations.match(/^(\w+) alarms look at what people would notice/m) ?? [];
    expect(number).toBe({ 18: 'Eighteen', 19: 'Nineteen', 20: 'Twenty' }[alarms.length]);
  });

  it('that rings above a threshold, and fills what is missing, does not wait for its last period', () => {
    const filling = rows.filter(([name, { below }]) => !below && JSON.stringify(alarmOf(name)).includes('FILL('));
    expect(filling.length).toBeGreaterThan(3);
    for (const [name, { periods }] of filling) expect(periods[0], name).toBeLessThan(periods[1]);
  });

  it('of throttled writes looks at indexes, too, of which the table counts none, but for those that no two registrations share', () => {
    const names = looksAt(alarmOf('TablesThrottled') as CloudFormationResource).flatMap(({ Dimensions }) =>
      [...JSON.stringify(Dimensions).matchAll(/"GlobalSecondaryIndexName","Value":"(\w+)"/g)].map(([, name]) => name),
    );
    const indexes = [TABLES.registry, TABLES.outbox].flatMap((each) => Object.keys(each.indexes));
    expect(names).toEqual(indexes.filter((name) => name !== 'about'));
  });

  it('calls nobody itself: one of the two that stand for them does, which mails', () => {
    const named = composites.map(([, each]) => [
      textOf(each, 'AlarmName'),
      [...JSON.stringify(propertyOf(each, 'AlarmRule')).matchAll(/"Fn::GetAtt":\["(\w+)","Arn"\]/g)].map(
        ([, id]) => id,
      ),
    ]);
    const idsOf = (urgency: string) =>
      rows.flatMap(([name, row]) =>
        row.urgency === urgency
          ? alarms.filter(([, each]) => textOf(each, 'AlarmName') === `Plenary-${name}`).map(([id]) => id)
          : [],
      );
    expect(named).toEqual([
      ['Plenary-Tonight', idsOf('tonight')],
      ['Plenary-Tomorrow', idsOf('tomorrow')],
    ]);
    expect(alarms.filter(([, each]) => propertyOf(each, 'AlarmActions') !== undefined)).toEqual([]);
    const [[topic = ''] = []] = ofType('AWS::SNS::Topic');
    for (const [, each] of composites) {
      expect(propertyOf(each, 'AlarmActions')).toEqual([{ Ref: topic }]);
      expect(propertyOf(each, 'OKActions')).toEqual([{ Ref: topic }]);
    }
  });

  it('looks at what is deployed, and at nothing of one event or person', () => {
    const types: Readonly<Record<string, string>> = {
      ApiId: 'AWS::ApiGatewayV2::Api',
      FunctionName: 'AWS::Lambda::Function',
      TableName: 'AWS::DynamoDB::Table',
      QueueName: 'AWS::SQS::Queue',
    };
    const dimensions = alarms.flatMap(([id, { Properties = {} }]) =>
      [...JSON.stringify(Properties).matchAll(/"Name":"(\w+)","Value":("\w+"|\{"Fn::GetStackOutput.*?\}\})/g)].map(
        ([, name = '', value = '']) => ({ id, name, value }),
      ),
    );
    expect(dimensions.length).toBeGreaterThan(12);
    for (const { id, name, value } of dimensions) {
      const [read] = reads(JSON.parse(value));
      if (read === undefined)
        expect(['GlobalSecondaryIndexName', 'Class', 'Resource', 'Service', 'Type', 'service'], id).toContain(name);
      else expect(typeRead(read), id).toBe(types[name]);
    }
  });

  it('says what it is where nothing is measured: wrong of what has to come, as it was of what SES counts, well of the rest', () => {
    const still = alarms.filter(([, each]) => textOf(each, 'TreatMissingData') === 'breaching');
    const metrics = still.map(([, each]) => JSON.stringify(each.Properties).match(/"MetricName":"(\w+)"/)?.[1]);
    expect(metrics).toEqual(['Invocations', 'Invocations', 'Invocations']);
    const kept = alarms.filter(([, each]) => textOf(each, 'TreatMissingData') === 'ignore');
    expect(kept.map(([, each]) => textOf(each, 'Namespace'))).toEqual(['Plenary', 'AWS/SES', 'AWS/SES']);
    const rest = alarms.length - still.length - kept.length;
    expect(alarms.filter(([, each]) => textOf(each, 'TreatMissingData') === 'notBreaching')).toHaveLength(rest);
  });
});

describe('the topic', () => {
  const policies = ofType('AWS::SNS::TopicPolicy').map(([, each]) => propertyOf(each, 'PolicyDocument'));

  it('takes what alarms of this account publish, by TLS alone', () => {
    expect(policies).toHaveLength(1);
    const { Statement } = policies[0] as { readonly Statement: readonly Record<string, unknown>[] };
    const [[topic = ''] = []] = ofType('AWS::SNS::Topic');
    expect(Statement).toEqual([
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        Resource: { Ref: topic },
      }),
    ]);
  });

  it('mails the address that is configured; a deployment without one warns', () => {
    const [[, subscription] = []] = ofType('AWS::SNS::Subscription');
    expect(subscription?.Properties).toMatchObject({ Protocol: 'email', Endpoint: 'secretariat@forum.test' });
    expect(watch.warnings).toEqual([]);
    const nobody = stackOf('Watch');
    expect(ofType('AWS::SNS::Subscription', nobody)).toEqual([]);
    expect(nobody.warnings.join()).toContain('plenary:alarmAddress');
  });
});

it('our own metrics are ten at most, of no event or person, and those of alarms are what functions count', () => {
  expect(Object.keys(METRICS).length).toBeLessThanOrEqual(10);
  const own = alarms.flatMap(([id, each]) => looksAt(each).map((metric) => [id, metric] as const));
  const ofFunctions = own.filter(([, { Namespace }]) => Namespace === METRIC_NAMESPACE);
  expect(ofFunctions).toHaveLength(4);
  for (const [id, { MetricName, Dimensions }] of ofFunctions) {
    expect(Object.values(METRICS), id).toContain(MetricName);
    expect(Dimensions, id).toEqual([{ Name: 'service', Value: METRIC_DIMENSIONS.service }]);
  }
});

it('systems of one account count apart: what one counts rings for no other', () => {
  const context = { 'plenary:name': 'Trial' };
  const own = ofType('AWS::CloudWatch::Alarm', stackOf('Watch', context))
    .flatMap(([, each]) => looksAt(each).map(({ Namespace }) => Namespace))
    .filter((each) => !each.startsWith('AWS/'));
  expect(own).toEqual(['Trial', 'Trial', 'Trial', 'Trial']);
  const api = stackOf('Api', context);
  const told = ofType('AWS::Lambda::Function', api).flatMap(([, each]) => propertyOf(each, 'Environment') ?? []);
  expect(told.length).toBeGreaterThan(10);
  for (const each of told) expect(each).toMatchObject({ Variables: { [NAMESPACE_VARIABLE]: 'Trial' } });
  const [[, filter] = []] = ofType('AWS::Logs::MetricFilter', api);
  expect(filter?.Properties?.['MetricTransformations']).toMatchObject([{ MetricNamespace: 'Trial' }]);
});

it('a budget is there where one is set, and tells the same address', () => {
  expect(ofType('AWS::Budgets::Budget', stackOf('Watch'))).toEqual([]);
  const [[, budget] = []] = ofType('AWS::Budgets::Budget');
  expect(budget?.Properties).toMatchObject({
    Budget: { BudgetLimit: { Amount: 50, Unit: 'USD' }, TimeUnit: 'MONTHLY' },
    NotificationsWithSubscribers: [
      {
        Notification: { NotificationType: 'ACTUAL', Threshold: 80 },
        Subscribers: [{ Address: 'secretariat@forum.test' }],
      },
      { Notification: { NotificationType: 'FORECASTED', Threshold: 100 } },
    ],
  });
});

it('dashboards stay within the 50 metrics that are free, and look at what is deployed', () => {
  for (const [id, each] of dashboards) {
    const body = JSON.stringify(propertyOf(each, 'DashboardBody'));
    expect(body.split('\\"period\\"').length - 1, id).toBeLessThanOrEqual(50);
    for (const read of reads(JSON.parse(body))) expect(typeRead(read), read).toMatch(/^AWS::/);
  }
});

it('nothing depends on it: it holds on to no other stack, and is left out where it is not wanted', () => {
  expect(JSON.stringify(watch.template)).not.toContain('Fn::ImportValue');
  const others = (context = {}) =>
    stacksOf(context)
      .filter(({ name }) => name !== 'Watch')
      .map(({ name, dependencies }) => [name, dependencies]);
  expect(others().flat(2)).not.toContain('Watch');
  const without = { 'plenary:watch': 'off' };
  expect(stacksOf(without).map(({ name }) => name)).not.toContain('Watch');
  expect(others(without)).toEqual(others());
});
