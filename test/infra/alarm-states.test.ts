import { describe, expect, it } from 'vitest';
import { type AlarmState, alarmsOf, metricAlarm, nextState, type Sample, statesOver } from '../support/alarm-states.ts';

/* The evaluator that says of our alarms that they ring, held to examples that AWS documents. */

const alarm = (properties: object) =>
  metricAlarm({
    ...{ AlarmName: 'it', Namespace: 'Test', MetricName: 'Errors', Statistic: 'Sum', Period: 300 },
    ...{ ComparisonOperator: 'GreaterThanOrEqualToThreshold', Threshold: 1, EvaluationPeriods: 3 },
    ...properties,
  });

/** Data points as the document writes them, oldest first: `0` within the threshold, `X` beyond it, `-` missing. */
const pointsOf = (text: string) => text.split(' ').map((each) => ({ '0': 0, X: 1, '-': undefined })[each]);

const KEPT = 'as it was';
type Row = readonly [
  points: string,
  missing: AlarmState,
  ignore: AlarmState | typeof KEPT,
  breaching: AlarmState,
  notBreaching: AlarmState,
];

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html, today's and a former edition. */
const DOCUMENTED: Readonly<Record<'3 of 3' | '2 of 3', readonly Row[]>> = {
  '3 of 3': [
    ['0 - X - X', 'OK', 'OK', 'OK', 'OK'],
    ['0 - - - -', 'OK', 'OK', 'OK', 'OK'],
    ['- - - - -', 'INSUFFICIENT_DATA', KEPT, 'ALARM', 'OK'],
    ['0 X X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['- - X - -', 'ALARM', KEPT, 'ALARM', 'OK'],
    ['- - - - X', 'INSUFFICIENT_DATA', KEPT, 'ALARM', 'OK'],
    ['X - - - -', 'ALARM', KEPT, 'ALARM', 'OK'],
  ],
  '2 of 3': [
    ['0 - X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 0 X 0 X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 - X - -', 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - - 0', 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - X -', 'ALARM', KEPT, 'ALARM', 'OK'],
    ['- - - - X', 'INSUFFICIENT_DATA', KEPT, 'ALARM', 'OK'],
  ],
};

describe.each(Object.entries(DOCUMENTED))('%s data points, as AWS documents them', (rule, rows) => {
  it.each(rows)('%s', (points, missing, ignore, breaching, notBreaching) => {
    const state = (TreatMissingData: string, before: AlarmState) =>
      nextState(alarm({ TreatMissingData, DatapointsToAlarm: Number(rule[0]) }), pointsOf(points), before);
    for (const before of ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const) {
      expect(state('missing', before)).toBe(missing);
      expect(state('ignore', before)).toBe(ignore === KEPT ? before : ignore);
      expect(state('breaching', before)).toBe(breaching);
      expect(state('notBreaching', before)).toBe(notBreaching);
    }
  });
});

const MINUTE = 60_000;
const at = (minute: number, value: number, metric = 'Errors', namespace = 'Test'): Sample => ({
  ...{ at: minute * MINUTE, namespace, metric, value },
});
/** Minutes at which the state changes, and to what. */
const course = (properties: object, samples: readonly Sample[], until: number, quotas = {}) => {
  const alarms = { metric: new Map([['It', alarm(properties)]]), composite: new Map() };
  const changes = statesOver(alarms, samples, [MINUTE, until * MINUTE], quotas).get('it') ?? [];
  return changes.map(({ at: when, state }) => `${when / MINUTE} ${state}`);
};

it('looks every minute at whole periods that end with it: "at the end of minute 6, minutes 2 to 6"', () => {
  const of = { EvaluationPeriods: 1, TreatMissingData: 'notBreaching' };
  const quiet = Array.from({ length: 12 }, (_, minute) => at(minute, 0));
  expect(course(of, [...quiet, at(1, 1)], 12)).toEqual(['1 OK', '2 ALARM', '7 OK']);
  // Of a metric that falls silent, real points of the range still count before any is filled in.
  expect(course(of, [at(1, 1)], 18)).toEqual(['1 OK', '2 ALARM', '17 OK']);
});

it('takes percentiles, sums, averages and the other statistics of all values of a period', () => {
  const values = Array.from({ length: 100 }, (_, nth) => at(0, nth + 1));
  const most = (statistic: object) =>
    [1, 50, 50.5, 95, 96, 100, 5050].filter(
      (Threshold) => course({ ...statistic, Threshold, Period: 60, EvaluationPeriods: 1 }, values, 1)[0] === '1 ALARM',
    );
  expect(most({ Statistic: undefined, ExtendedStatistic: 'p95' })).toEqual([1, 50, 50.5, 95]);
  expect(most({ Statistic: 'Average' })).toEqual([1, 50, 50.5]);
  expect(most({ Statistic: 'Maximum' })).toEqual([1, 50, 50.5, 95, 96, 100]);
  expect(most({ Statistic: 'Minimum' })).toEqual([1]);
  expect(most({ Statistic: 'Sum' })).toHaveLength(7);
  expect(() => most({ Statistic: 'TM(10%:90%)' })).toThrow('unknown statistic');
});

const math = (Expression: string, metrics: readonly string[], namespace = 'Test') => ({
  EvaluationPeriods: 1,
  Metrics: [
    { Id: 'e', Expression, ReturnData: true },
    ...metrics.map((Id) => ({
      ...{ Id, ReturnData: false },
      MetricStat: {
        ...{ Metric: { Namespace: namespace, MetricName: Id }, Period: 60, Stat: 'Sum' },
      },
    })),
  ],
});

describe('metric math', () => {
  const both = [at(0, 3, 'a'), at(0, 4, 'b'), at(1, 6, 'a'), at(2, 1, 'a')];
  it.each([
    ['a + b', 7, ['1 ALARM', '2 OK']],
    // "Missing values in a time series are treated as 0."
    ['b - a', -5, ['1 ALARM', '2 OK', '3 ALARM']],
    ['MAX([a, b])', 4, ['1 ALARM', '3 OK']],
    ['SUM(METRICS())', 7, ['1 ALARM', '2 OK']],
    ['2 * (a - 1) / 2', 5, ['1 OK', '2 ALARM', '3 OK']],
    ['IF(a >= 4, a, 0)', 3, ['1 OK', '2 ALARM', '3 OK']],
  ])('%s', (expression, Threshold, expected) => {
    expect(course({ ...math(expression, ['a', 'b']), Threshold }, both, 3)).toEqual(expected);
  });

  it('compares with a quota, and drops what is divided by nothing', () => {
    const share = { ...math('100 * a / SERVICE_QUOTA(a)', ['a']), Threshold: 80, TreatMissingData: 'notBreaching' };
    expect(course(share, [at(0, 8, 'a')], 2)).toEqual(['1 OK']);
    const metric = share.Metrics[1] as { MetricStat?: { Metric: object } };
    Object.assign(metric.MetricStat?.Metric ?? {}, { Dimensions: [{ Name: 'Resource', Value: 'Slots' }] });
    const used = { ...at(0, 8, 'a'), dimensions: { Resource: 'Slots' } };
    expect(course(share, [used], 2, { Slots: 10 })).toEqual(['1 ALARM', '2 OK']);
  });

  it('refuses what it does not know', () => {
    for (const unknown of ['ANOMALY_DETECTION_BAND(a)', 'a +', 'a b', 'c', 'SUM(a)'])
      expect(() => course(math(unknown, ['a']), both, 1), unknown).toThrow();
  });
});

it('of DynamoDB, ignores what is missing whatever an alarm says, unless its expression fills it', () => {
  const samples = [0, 1, 2].map((minute) => at(minute, 5, 'a', 'AWS/DynamoDB'));
  const of = (expression: string) => ({ ...math(expression, ['a'], 'AWS/DynamoDB'), TreatMissingData: 'notBreaching' });
  expect(course(of('SUM(METRICS())'), samples, 30)).toEqual(['1 ALARM']);
  expect(course(of('SUM(FILL(METRICS(), 0))'), samples, 30)).toEqual(['1 ALARM', '4 OK']);
});

it('reads the rules of composite alarms', () => {
  const ringing = (rule: unknown, rings: readonly string[]) => {
    const resource = { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmName: 'all', AlarmRule: rule } };
    const { composite } = alarmsOf({ Resources: { All: resource } });
    return composite.get('All')?.isRinging((id) => (rings.includes(id) ? 'ALARM' : 'OK'));
  };
  const ref = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
  const either = { 'Fn::Join': ['', ['(ALARM("', ref('One'), '") OR ALARM("', ref('Two'), '"))']] };
  expect([[], ['One'], ['Two'], ['Three']].map((rings) => ringing(either, rings))).toEqual([false, true, true, false]);
  const rule = 'ALARM("a") AND NOT (OK("b") OR ALARM("c")) OR FALSE';
  expect([['a'], ['a', 'b'], ['a', 'b', 'c'], ['b']].map((rings) => ringing(rule, rings))).toEqual([
    false,
    true,
    false,
    false,
  ]);
  expect(() => ringing('AT_LEAST(1, ALARM("a"))', [])).toThrow();
});
