import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IMetric,
  type IWidget,
  Metric,
  SingleValueWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { FunctionName } from '../../shared/kernel/manifest.ts';
import { METRIC_DIMENSIONS, METRICS } from '../../shared/kernel/metrics.ts';
import type { Config } from '../config.ts';
import { SHARED_INDEXES, type Watched } from './alarms.ts';

/** Three dashboards are free, of 50 metrics each: https://aws.amazon.com/cloudwatch/pricing/ */
const HOUR = Duration.hours(1);
const FIVE = Duration.minutes(5);

const metric = (
  namespace: string,
  metricName: string,
  statistic: string,
  period: Duration,
  dimensionsMap: Record<string, string> = {},
  label?: string,
): Metric => new Metric({ namespace, metricName, statistic, period, dimensionsMap, ...(label && { label }) });

const graph = (title: string, left: readonly IMetric[], height = 6): IWidget =>
  new GraphWidget({ title, left: [...left], width: 12, height, leftYAxis: { min: 0 } });

/** For those who run the event: whether all is well, how many came to the site, and what became of mail. */
export function secretariatDashboard(
  scope: Construct,
  { name }: Config,
  { apiId }: Watched,
  composites: readonly IAlarm[],
): void {
  const sent = (metricName: string, label: string) => metric('AWS/SES', metricName, 'Sum', HOUR, {}, label);
  new Dashboard(scope, 'Secretariat', {
    dashboardName: `${name}-Secretariat`,
    defaultInterval: Duration.days(1),
    widgets: [
      [
        new TextWidget({
          markdown:
            '# Is all well?\nGreen is well. *Tonight*: people notice it now, call whoever looks after the system. *Tomorrow*: it can wait for the morning.',
          ...{ width: 12, height: 4 },
        }),
        new AlarmStatusWidget({ alarms: [...composites], title: 'What needs somebody', width: 12, height: 4 }),
      ],
      [
        graph('Pages and requests', [
          metric('AWS/ApiGateway', 'Count', 'Sum', HOUR, { ApiId: apiId }, 'requests an hour'),
        ]),
        graph('Mail of this account', [
          sent('Send', 'sent'),
          sent('Delivery', 'arrived'),
          sent('Bounce', 'came back'),
          sent('Complaint', 'called unwanted'),
        ]),
      ],
    ],
  });
}

/** For those who look after it: each alarm, and what is behind it. */
export function engineersDashboard(
  scope: Construct,
  { name }: Config,
  watched: Watched,
  alarms: readonly IAlarm[],
): void {
  const { apiId, functionNames, metricNamespace, registryTableName, outboxTableName, failuresQueueName } = watched;
  const api = (metricName: string, statistic: string) =>
    metric('AWS/ApiGateway', metricName, statistic, FIVE, { ApiId: apiId }, `${metricName} ${statistic}`);
  const ofAccount = (metricName: string, statistic: string) =>
    metric('AWS/Lambda', metricName, statistic, FIVE, {}, `${metricName}, whole account`);
  const ofFunction = (each: FunctionName, metricName: string, statistic: string) =>
    metric('AWS/Lambda', metricName, statistic, FIVE, { FunctionName: functionNames[each] }, each);
  const table = (TableName: string, metricName: string, label: string, dimensions = {}) =>
    metric('AWS/DynamoDB', metricName, 'Sum', FIVE, { TableName, ...dimensions }, label);
  const throttledIndexes = SHARED_INDEXES.map(([name, GlobalSecondaryIndexName]) =>
    table(
      name === 'registry' ? registryTableName : outboxTableName,
      'WriteThrottleEvents',
      `throttled, ${name} by ${GlobalSecondaryIndexName}`,
      { GlobalSecondaryIndexName },
    ),
  );
  const own = (name: keyof typeof METRICS, statistic: string, period: Duration, label: string) =>
    metric(metricNamespace, METRICS[name], statistic, period, METRIC_DIMENSIONS, label);
  const background: readonly FunctionName[] = ['outbox', 'housekeeping', 'mail-events'];
  const asked: readonly FunctionName[] = ['registration', 'attendee', 'organiser', 'checkin', 'site'];
  new Dashboard(scope, 'Engineers', {
    dashboardName: `${name}-Engineers`,
    defaultInterval: Duration.hours(3),
    widgets: [
      [new AlarmStatusWidget({ alarms: [...alarms], title: 'Alarms', width: 24, height: 6 })],
      [
        graph('Answers', [api('Count', 'Sum'), api('4xx', 'Sum'), api('5xx', 'Sum')]),
        graph('How long answers take, ms', [api('Latency', 'p50'), api('Latency', 'p95'), api('Latency', 'p99')]),
      ],
      [
        graph('Functions at once, and those turned away', [
          ofAccount('ConcurrentExecutions', 'Maximum'),
          ofAccount('Throttles', 'Sum'),
        ]),
        graph(
          'How long functions take, ms, of 95 in 100',
          asked.map((each) => ofFunction(each, 'Duration', 'p95')),
        ),
      ],
      [
        graph(
          'Errors of what nobody waits for',
          background.map((each) => ofFunction(each, 'Errors', 'Sum')),
        ),
        graph(
          'Age of the stream, ms',
          (['outbox', 'housekeeping'] as const).map((each) => ofFunction(each, 'IteratorAge', 'Maximum')),
        ),
      ],
      [
        graph('Units of tables', [
          table(registryTableName, 'ConsumedReadCapacityUnits', 'registry, read'),
          table(registryTableName, 'ConsumedWriteCapacityUnits', 'registry, written'),
          table(outboxTableName, 'ConsumedReadCapacityUnits', 'outbox, read'),
          table(outboxTableName, 'ConsumedWriteCapacityUnits', 'outbox, written'),
        ]),
        graph('Seats that several wanted at once, and what was throttled', [
          table(registryTableName, 'TransactionConflict', 'conflicts'),
          table(registryTableName, 'WriteThrottleEvents', 'throttled, registry'),
          table(outboxTableName, 'WriteThrottleEvents', 'throttled, outbox'),
          ...throttledIndexes,
        ]),
      ],
      [
        graph('Mail whose turn has come, s', [own('oldestDueMail', 'Maximum', FIVE, 'the oldest')]),
        graph('What did not answer', [
          own('kmsErrors', 'Sum', FIVE, 'calls to KMS that failed'),
          own('mailUnknown', 'Sum', FIVE, 'mails that may have left'),
        ]),
      ],
      [
        graph('Turned away', [
          metric(metricNamespace, METRICS.answersRefused, 'Sum', FIVE, {}, 'answers of 401 and 403'),
          own('tokenRefused', 'Sum', FIVE, 'links, devices and codes'),
        ]),
        new SingleValueWidget({
          title: 'Dead letters; mail that left twice; rows of the index that differed',
          metrics: [
            metric(
              'AWS/SQS',
              'ApproximateNumberOfMessagesVisible',
              'Maximum',
              FIVE,
              { QueueName: failuresQueueName },
              'dead letters',
            ),
            own('sentTwice', 'Sum', HOUR, 'twice'),
            own('peopleDiffer', 'Sum', HOUR, 'differ'),
          ],
          ...{ width: 12, height: 6 },
        }),
      ],
    ],
  });
}
