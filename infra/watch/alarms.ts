import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, type IMetric, MathExpression, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { FunctionName } from '../../shared/kernel/manifest.ts';
import { METRIC_DIMENSIONS, METRICS } from '../../shared/kernel/metrics.ts';

/** What is watched, by the names under which CloudWatch knows it. */
export interface Watched {
  /** Under which functions count. */
  readonly metricNamespace: string;
  readonly apiId: string;
  readonly functionNames: Readonly<Record<FunctionName, string>>;
  readonly failuresQueueName: string;
  readonly registryTableName: string;
  readonly outboxTableName: string;
}

/** Whether someone has to get up for it, or it can wait until people are at work. */
export type Rings = 'tonight' | 'tomorrow';

export interface AlarmRow {
  readonly urgency: Rings;
  /** What people notice, one sentence: it stands in the mail. */
  readonly impact: string;
  /** Of `docs/operations.md`: what it means, how to look, what to do. */
  readonly section: string;
  readonly metric: (watched: Watched) => IMetric;
  /** The alarm rings when the metric is at least this, or with `below` less than this. */
  readonly threshold: number;
  readonly below?: true;
  /** Periods of the metric that are looked at, and of these how many have to be bad. */
  readonly periods: readonly [bad: number, of: number];
  /** `still` rings where nothing is measured; `kept` leaves an alarm as it was. By default nothing measured is nothing wrong. */
  readonly missing?: 'still' | 'kept';
}

const MINUTE = Duration.minutes(1);
const FIVE = Duration.minutes(5);
/** As often as the canary is called. */
const FLIGHT = Duration.hours(3);

const api =
  (metricName: string, statistic: string, period = MINUTE) =>
  ({ apiId }: Watched) =>
    new Metric({ namespace: 'AWS/ApiGateway', metricName, statistic, period, dimensionsMap: { ApiId: apiId } });

/** Answers of five minutes of which one in twenty says something: of fewer, one that is slow would be taken for all. */
const FEWEST_ANSWERS = 20;

/**
 * How long one answer in twenty takes at least, in milliseconds; nothing where there were hardly any. CloudWatch's own way of passing over few
 * samples wants 200 of them, and leaves an alarm that rings as it is until they come.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html
 */
const slowAnswers = (watched: Watched): IMetric =>
  new MathExpression({
    expression: `IF(answers >= ${FEWEST_ANSWERS}, slow, 0)`,
    usingMetrics: {
      answers: api('Latency', 'SampleCount', FIVE)(watched),
      slow: api('Latency', 'p95', FIVE)(watched),
    },
    ...{ period: FIVE, label: 'milliseconds that one answer in twenty takes' },
  });

const lambda =
  (name: FunctionName, metricName: string, statistic = 'Sum', period = FIVE) =>
  ({ functionNames }: Watched) =>
    new Metric({
      ...{ namespace: 'AWS/Lambda', metricName, statistic, period },
      dimensionsMap: { FunctionName: functionNames[name] },
    });

/** Their partitions are a few of an event, or of all: each takes 1,000 write units a second. In `about`, each registration has its own. */
export const SHARED_INDEXES = [
  ['registry', 'changes'],
  ['registry', 'registrations'],
  ['outbox', 'due'],
] as const;

const table = (metricName: string, TableName: string, index?: string) =>
  new Metric({
    ...{ namespace: 'AWS/DynamoDB', metricName, statistic: 'Sum', period: MINUTE },
    dimensionsMap: { TableName, ...(index !== undefined && { GlobalSecondaryIndexName: index }) },
  });

/** SES judges an account by it: https://docs.aws.amazon.com/ses/latest/dg/reputationdashboardmessages.html */
const reputation = (metricName: string) => () =>
  new Metric({ namespace: 'AWS/SES', metricName, statistic: 'Average', period: Duration.hours(1) });

/**
 * All functions of the account count against one quota of it.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Quotas-Visualize-Alarms.html
 */
function shareOfConcurrency(): IMetric {
  const dimensionsMap = { Type: 'Resource', Resource: 'ConcurrentExecutions', Service: 'Lambda', Class: 'None' };
  const used = new Metric({
    ...{ namespace: 'AWS/Usage', metricName: 'ResourceCount', statistic: 'Maximum', period: MINUTE, dimensionsMap },
  });
  return new MathExpression({
    ...{ expression: '100 * used / SERVICE_QUOTA(used)', usingMetrics: { used }, period: MINUTE },
    label: 'percent of the functions that may run at once',
  });
}

/**
 * Of a metric that is silent where there is nothing to count: a real zero. An alarm on DynamoDB ignores what is missing, and would ring on after a
 * rush; others first look back for what came before: 10 minutes more until nothing comes any more, or nothing fails any more. A last period that
 * is not reported yet is filled as well, so that an alarm which rings above a threshold asks for fewer periods than it looks at.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
const filled =
  (id: string, metric: (watched: Watched) => Metric, label: string) =>
  (watched: Watched): IMetric => {
    const counted = metric(watched);
    return new MathExpression({
      ...{ expression: `FILL(${id}, 0)`, usingMetrics: { [id]: counted }, period: counted.period, label },
    });
  };

/**
 * Whatever was throttled on the two tables that registrations are written to. A table does not count what an index of it throttles, which
 * refuses the write as well: those are looked at whose partitions many items share. Items of `Outbox` are read by ids of their own.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
const throttledTables = ({ registryTableName, outboxTableName }: Watched): IMetric =>
  new MathExpression({
    expression: 'SUM(FILL(METRICS(), 0))',
    usingMetrics: {
      registryReads: table('ReadThrottleEvents', registryTableName),
      registryWrites: table('WriteThrottleEvents', registryTableName),
      outboxWrites: table('WriteThrottleEvents', outboxTableName),
      ...Object.fromEntries(
        SHARED_INDEXES.map(([name, index]) => [
          index,
          table('WriteThrottleEvents', name === 'registry' ? registryTableName : outboxTableName, index),
        ]),
      ),
    },
    period: MINUTE,
    label: 'throttled reads and writes',
  });

/** What functions count themselves, by Powertools. */
const own =
  (name: keyof typeof METRICS, statistic: string, period: Duration) =>
  ({ metricNamespace: namespace }: Watched) =>
    new Metric({
      namespace,
      metricName: METRICS[name],
      ...{ statistic, period, dimensionsMap: METRIC_DIMENSIONS },
    });

const deadLetters = ({ failuresQueueName }: Watched): IMetric =>
  new Metric({
    ...{ namespace: 'AWS/SQS', metricName: 'ApproximateNumberOfMessagesVisible', statistic: 'Maximum', period: FIVE },
    dimensionsMap: { QueueName: failuresQueueName },
  });

/** The older of the records that the functions behind the outbox's stream have not done yet, in milliseconds. */
const streamAge = (watched: Watched): IMetric =>
  new MathExpression({
    expression: 'MAX([mail, jobs])',
    usingMetrics: {
      mail: lambda('outbox', 'IteratorAge', 'Maximum')(watched),
      jobs: lambda('housekeeping', 'IteratorAge', 'Maximum')(watched),
    },
    period: FIVE,
    label: 'age of the stream',
  });

/** How often the canary went well. Lambda counts its calls, and those that failed, for nothing. */
const flights = (watched: Watched): IMetric => {
  const of = (metricName: string) => lambda('canary', metricName, 'Sum', FLIGHT)(watched);
  return new MathExpression({
    expression: 'FILL(calls, 0) - FILL(failed, 0)',
    usingMetrics: { calls: of('Invocations'), failed: of('Errors') },
    ...{ period: FLIGHT, label: 'flights that went well' },
  });
};

const FAILING = 'Requests that fail';
const SLOW = 'Slow answers';
const CROWDED = 'Too many at once';
const KEYS = 'Keys do not answer';
const MAIL = 'Mail does not leave';
const STILL = 'Timers stand still';
const BUSY = 'Seats are contended';
const REPUTATION = 'Mail that comes back';
const BACKUP = 'No way back';
const CANARY = 'The canary falls silent';

/**
 * Each alarm, by its name in the template. Thresholds are what people would notice: a single error of a night is none, and each error is in the
 * log all the same.
 */
export const ALARMS = {
  RequestsFail: {
    urgency: 'tonight',
    impact: 'People who register, sign in or check in see that something went wrong, and have to try again.',
    section: FAILING,
    metric: api('5xx', 'Sum'),
    threshold: 5,
    periods: [3, 5],
  },
  AnswersSlow: {
    urgency: 'tonight',
    impact: 'One request in twenty takes longer than three seconds: people wait, and press twice.',
    section: SLOW,
    metric: slowAnswers,
    threshold: 3000,
    periods: [2, 2],
  },
  FunctionsThrottled: {
    urgency: 'tonight',
    impact: 'The account runs as many functions as it may: some people are told to try again.',
    section: CROWDED,
    metric: () => new Metric({ namespace: 'AWS/Lambda', metricName: 'Throttles', statistic: 'Sum', period: MINUTE }),
    threshold: 1,
    periods: [3, 5],
  },
  FunctionsNearQuota: {
    urgency: 'tonight',
    impact: 'Four fifths of the functions that may run at once are running: soon people are told to try again.',
    section: CROWDED,
    metric: shareOfConcurrency,
    threshold: 80,
    periods: [3, 5],
  },
  TablesThrottled: {
    urgency: 'tonight',
    impact:
      'The database takes no more for the moment: registering and checking in take longer, and some people are told to try again.',
    section: CROWDED,
    metric: throttledTables,
    threshold: 10,
    periods: [3, 5],
  },
  SeatsContended: {
    urgency: 'tonight',
    impact: 'So many register for the same seats at once that some are told to try again.',
    section: BUSY,
    metric: filled(
      'conflicts',
      ({ registryTableName }) => table('TransactionConflict', registryTableName),
      'transactions that met',
    ),
    threshold: 3000,
    periods: [3, 5],
  },
  StreamLate: {
    urgency: 'tonight',
    impact: 'Confirmations, tickets and jobs are at least five minutes late.',
    section: MAIL,
    metric: streamAge,
    threshold: 5 * 60_000,
    periods: [2, 2],
  },
  MailFails: {
    urgency: 'tonight',
    impact: 'Mail is not sent: confirmations and tickets come late.',
    section: MAIL,
    metric: lambda('outbox', 'Errors'),
    threshold: 5,
    periods: [2, 3],
  },
  MailStandsStill: {
    urgency: 'tonight',
    impact: 'Nobody looks at mail that waits for its turn: confirmations and tickets come late.',
    section: STILL,
    metric: filled('calls', lambda('outbox', 'Invocations'), 'calls'),
    threshold: 1,
    below: true,
    periods: [3, 3],
    missing: 'still',
  },
  MailOverdue: {
    urgency: 'tonight',
    impact: 'A confirmation or a ticket should have left a quarter of an hour ago, and nobody has looked at it.',
    section: MAIL,
    metric: filled('oldest', own('oldestDueMail', 'Maximum', FIVE), 'seconds since its turn'),
    threshold: 15 * 60,
    // It is looked at every five minutes, now and then twice in one and not in the next.
    periods: [2, 3],
  },
  Canary: {
    urgency: 'tonight',
    impact:
      'Twice in a row nobody who is made up could register, get their mail and be checked in: people cannot either.',
    section: CANARY,
    metric: flights,
    threshold: 1,
    below: true,
    periods: [2, 2],
    missing: 'still',
  },
  KeysFail: {
    urgency: 'tonight',
    impact: 'Links cannot be opened or made, nor tickets signed: people see that something went wrong.',
    section: KEYS,
    metric: own('kmsErrors', 'Sum', FIVE),
    threshold: 10,
    periods: [2, 3],
  },
  JobsStandStill: {
    urgency: 'tonight',
    impact:
      'What is due by itself is not done: waiting lists do not move, reminders and digests do not leave, nothing is deleted in time.',
    section: STILL,
    metric: filled('calls', lambda('housekeeping', 'Invocations'), 'calls'),
    threshold: 1,
    below: true,
    periods: [3, 3],
    missing: 'still',
  },
  JobsFail: {
    urgency: 'tomorrow',
    impact:
      'Some of what is due by itself fails again and again: waiting lists, reminders, digests or deletion are late.',
    section: STILL,
    metric: lambda('housekeeping', 'Errors'),
    threshold: 3,
    periods: [3, 3],
  },
  MailUnknown: {
    urgency: 'tomorrow',
    impact: 'Of many mails nobody knows whether they left: some people get theirs twice, others late.',
    section: MAIL,
    metric: own('mailUnknown', 'Sum', Duration.minutes(15)),
    threshold: 20,
    periods: [1, 1],
  },
  TablesWithoutBackup: {
    urgency: 'tomorrow',
    impact: 'What is deleted or spoilt by mistake from now on may not be brought back.',
    section: BACKUP,
    metric: own('tablesWithoutBackup', 'Maximum', Duration.days(1)),
    threshold: 1,
    periods: [1, 1],
    missing: 'kept',
  },
  MailEventsFail: {
    urgency: 'tomorrow',
    impact: 'What became of mail is not noted: the console does not say whose mail came back.',
    section: 'Dead letters',
    metric: filled('errors', lambda('mail-events', 'Errors'), 'errors'),
    threshold: 3,
    periods: [3, 4],
  },
  DeadLetters: {
    urgency: 'tomorrow',
    impact: 'A mail or a job failed so often that it was set aside: somebody waits for it.',
    section: 'Dead letters',
    metric: deadLetters,
    threshold: 1,
    periods: [1, 1],
  },
  MailBounces: {
    urgency: 'tomorrow',
    impact: 'One mail in twenty comes back: SES reviews the account, and pauses it at one in ten.',
    section: REPUTATION,
    metric: reputation('Reputation.BounceRate'),
    threshold: 0.05,
    periods: [1, 1],
    missing: 'kept',
  },
  MailComplaints: {
    urgency: 'tomorrow',
    impact: 'One recipient in a thousand calls our mail unwanted: SES reviews the account, and pauses it at five.',
    section: REPUTATION,
    metric: reputation('Reputation.ComplaintRate'),
    threshold: 0.001,
    periods: [1, 1],
    missing: 'kept',
  },
} as const satisfies Readonly<Record<string, AlarmRow>>;

export type AlarmName = keyof typeof ALARMS;

export const comparisonOf = ({ below }: Pick<AlarmRow, 'below'>): ComparisonOperator =>
  below ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD;

export const missingOf = ({ missing }: Pick<AlarmRow, 'missing'>): TreatMissingData =>
  missing === 'still'
    ? TreatMissingData.BREACHING
    : missing === 'kept'
      ? TreatMissingData.IGNORE
      : TreatMissingData.NOT_BREACHING;
