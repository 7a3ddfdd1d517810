import type { CloudFormationTemplate } from '../infra/fixture.ts';
import { functionOf, goldenTemplate } from './golden-templates.ts';

/*
 * What CloudWatch makes of data points: the states of alarms of a template over time. Written from its documents alone; what it does not know it
 * refuses, so that no alarm is said to ring for a reason that this file made up.
 */

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** One value that a service, or a line of a log, reports. */
export interface Sample {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly namespace: string;
  readonly metric: string;
  /** By the names of resources without their hash, functions by ours: `{ FunctionName: 'mail-events' }`. */
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The values of a metric or an expression by period, oldest first. */
type Series = readonly (number | undefined)[];
type Value = number | Series | readonly Series[];

export interface MetricAlarm {
  readonly name: string;
  /** Seconds. */
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly missing: Missing;
  readonly isBreaching: (value: number) => boolean;
  readonly seriesOf: (metrics: (query: Query) => Series) => Series;
}
type Missing = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

interface Query {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
}

interface Composite {
  readonly name: string;
  readonly isRinging: (stateOf: (id: string) => AlarmState) => boolean;
}

export interface Alarms {
  /** By logical id. */
  readonly metric: ReadonlyMap<string, MetricAlarm>;
  readonly composite: ReadonlyMap<string, Composite>;
}

type Json = Readonly<Record<string, unknown>>;

/** @throws where an alarm has what this knows nothing of */
export function alarmsOf({ Resources }: CloudFormationTemplate): Alarms {
  const of = (type: string) => Object.entries(Resources).filter(([, { Type }]) => Type === `AWS::CloudWatch::${type}`);
  return {
    metric: new Map(of('Alarm').map(([id, { Properties = {} }]) => [id, metricAlarm(Properties)])),
    composite: new Map(
      of('CompositeAlarm').map(([id, { Properties = {} }]) => [
        id,
        { name: String(Properties['AlarmName']), isRinging: readRule(Properties['AlarmRule']) },
      ]),
    ),
  };
}

const COMPARISONS: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
};

export function metricAlarm(properties: Json): MetricAlarm {
  const comparison = COMPARISONS[String(properties['ComparisonOperator'])];
  if (comparison === undefined) throw new Error(`unknown comparison ${properties['ComparisonOperator']}`);
  const evaluationPeriods = Number(properties['EvaluationPeriods']);
  const queries = (properties['Metrics'] ?? [{ Id: 'm', MetricStat: inOne(properties) }]) as readonly Json[];
  const stats = queries.flatMap(({ Id, MetricStat }) =>
    MetricStat ? [[String(Id), MetricStat as Json] as const] : [],
  );
  const [period, ...others] = new Set(stats.map(([, { Period }]) => Number(Period)));
  if (period === undefined || others.length > 0) throw new Error('an alarm looks at one period');
  const asked = new Map(stats.map(([id, stat]) => [id, queryOf(stat)]));
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html: "always ignore missing data"
  const isOfDynamodb = [...asked.values()].some(({ namespace }) => namespace === 'AWS/DynamoDB');
  const returned = queries.find(
    ({ ReturnData, Expression }) => ReturnData !== false && (queries.length === 1 || Expression),
  );
  return {
    name: String(properties['AlarmName']),
    period,
    evaluationPeriods,
    datapointsToAlarm: Number(properties['DatapointsToAlarm'] ?? evaluationPeriods),
    missing: isOfDynamodb ? 'ignore' : ((properties['TreatMissingData'] ?? 'missing') as Missing),
    isBreaching: (value) => comparison(value, Number(properties['Threshold'])),
    seriesOf: (metrics) => {
      const known = new Map([...asked].map(([id, query]) => [id, metrics(query)]));
      return returned?.['Expression'] === undefined
        ? ([...known.values()][0] ?? [])
        : compute(String(returned['Expression']), known, asked, metrics);
    },
  };
}

const inOne = ({ Namespace, MetricName, Dimensions, Period, Statistic, ExtendedStatistic }: Json) => ({
  ...{ Metric: { Namespace, MetricName, Dimensions }, Period, Stat: Statistic ?? ExtendedStatistic },
});

function queryOf({ Metric, Stat }: Json): Query {
  const { Namespace, MetricName, Dimensions = [] } = Metric as Json;
  const dimensions = (Dimensions as { Name: string; Value: unknown }[]).map(({ Name, Value }) => [Name, nameOf(Value)]);
  return {
    ...{ namespace: String(Namespace), metric: String(MetricName), statistic: String(Stat) },
    dimensions: Object.fromEntries(dimensions),
  };
}

/** What a dimension names: the resource of another stack whose output it is. */
function nameOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { StackName, OutputName } = (value as { 'Fn::GetStackOutput': Record<string, string> })['Fn::GetStackOutput'];
  const template = goldenTemplate(String(StackName).split('-').pop() ?? '');
  const output = JSON.stringify(template?.Outputs?.[OutputName ?? '']?.Value);
  const [, id = ''] = /^\{"(?:Ref":|Fn::GetAtt":\[)"(\w+)"/.exec(output) ?? [];
  return functionOf(id) ?? id.replace(/[0-9A-F]{8}$/, '');
}

const MINUTE = 60_000;

/** Of a metric, one period. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html */
function statisticOf(statistic: string, values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sum = values.reduce((total, each) => total + each, 0);
  const [, percent] = /^p([\d.]+)$/.exec(statistic) ?? [];
  if (percent !== undefined) {
    const sorted = [...values].sort((one, other) => one - other);
    return sorted[Math.max(0, Math.ceil((Number(percent) / 100) * sorted.length) - 1)];
  }
  const known: Readonly<Record<string, number>> = {
    ...{ Sum: sum, Average: sum / values.length, SampleCount: values.length },
    ...{ Maximum: Math.max(...values), Minimum: Math.min(...values) },
  };
  if (!Object.hasOwn(known, statistic)) throw new Error(`unknown statistic ${statistic}`);
  return known[statistic];
}

/**
 * How many more periods than it evaluates CloudWatch looks at: "a higher number", of which it documents one, for an alarm of three periods of five
 * minutes.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
const RANGE_BEYOND = 2;

/**
 * The next state of an alarm by its evaluation range, oldest first. Real data points are evaluated before any is filled in.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function nextState(
  alarm: Omit<MetricAlarm, 'name' | 'period' | 'seriesOf'>,
  range: Series,
  now: AlarmState,
): AlarmState {
  const { evaluationPeriods: of, datapointsToAlarm: bad, missing, isBreaching } = alarm;
  const real = range.filter((each) => each !== undefined).slice(-of);
  const breaching = real.filter(isBreaching).length;
  const filled = of - real.length;
  const counted = breaching + (missing === 'breaching' ? filled : 0);
  if (counted >= bad) return 'ALARM';
  if (filled === 0 || missing === 'breaching' || missing === 'notBreaching' || breaching < real.length) return 'OK';
  if (missing === 'ignore') return now;
  // "Avoiding premature transitions": nothing but breaching points, the oldest of which is as old as it takes.
  const age = range.length - range.findIndex((each) => each !== undefined);
  return breaching > 0 && age >= bad ? 'ALARM' : 'INSUFFICIENT_DATA';
}

export interface Change {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly state: AlarmState;
}

/**
 * What becomes of alarms that are looked at every whole minute, by windows that end with it.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 *
 * @param quotas what SERVICE_QUOTA answers, by the dimension `Resource` of its metric
 * @returns by name, each change of state; all begin without data
 */
export function statesOver(
  alarms: Alarms,
  samples: readonly Sample[],
  [from, to]: readonly [from: number, to: number],
  quotas: Readonly<Record<string, number>> = {},
): ReadonlyMap<string, readonly Change[]> {
  const states = new Map<string, AlarmState>();
  const changes = new Map<string, Change[]>();
  const stateOf = (id: string): AlarmState => states.get(id) ?? 'INSUFFICIENT_DATA';
  const set = (id: string, name: string, at: number, state: AlarmState): void => {
    if (state !== states.get(id)) changes.set(name, [...(changes.get(name) ?? []), { at, state }]);
    states.set(id, state);
  };
  const byMetric = new Map<string, Map<number, number[]>>();
  for (const sample of samples) {
    const minutes = byMetric.get(keyOf(sample)) ?? new Map<number, number[]>();
    const minute = Math.floor(sample.at / MINUTE);
    byMetric.set(keyOf(sample), minutes.set(minute, [...(minutes.get(minute) ?? []), sample.value]));
  }
  for (let at = from; at <= to; at += MINUTE) {
    for (const [id, alarm] of alarms.metric) {
      const length = alarm.evaluationPeriods + RANGE_BEYOND;
      const minutesOf = alarm.period / 60;
      const starts = Array.from({ length }, (_, nth) => at / MINUTE - (length - nth) * minutesOf);
      const metrics = (query: Query): Series => {
        if (query.statistic === QUOTA) return starts.map(() => quotas[query.dimensions['Resource'] ?? '']);
        const all = byMetric.get(keyOf(query));
        const inPeriod = (start: number) =>
          Array.from({ length: minutesOf }, (_, nth) => all?.get(start + nth) ?? []).flat();
        return starts.map((start) => statisticOf(query.statistic, all === undefined ? [] : inPeriod(start)));
      };
      set(id, alarm.name, at, nextState(alarm, alarm.seriesOf(metrics), stateOf(id)));
    }
    for (const [id, { name, isRinging }] of alarms.composite) set(id, name, at, isRinging(stateOf) ? 'ALARM' : 'OK');
  }
  return changes;
}

const keyOf = ({ namespace, metric, dimensions = {} }: Omit<Sample, 'at' | 'value'>): string =>
  JSON.stringify([namespace, metric, Object.entries(dimensions).sort()]);

/** Stands in the place of a statistic. */
const QUOTA = 'SERVICE_QUOTA';

/**
 * Metric math, as far as alarms of ours use it.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
function compute(
  expression: string,
  known: ReadonlyMap<string, Series>,
  asked: ReadonlyMap<string, Query>,
  metrics: (query: Query) => Series,
): Series {
  const tokens = tokensOf(expression, /\s*([\d.]+|\w+|>=|[-+*/()[\],])/y);
  const result = sum();
  if (tokens.length > 0 || !isSeries(result)) throw new Error(`unknown expression ${expression}`);
  return result;

  function sum(): Value {
    let left = product();
    while (['+', '-', '>='].includes(tokens[0] ?? '')) left = calculate(String(tokens.shift()), left, product());
    return left;
  }
  function product(): Value {
    let left = part();
    while (tokens[0] === '*' || tokens[0] === '/') left = calculate(String(tokens.shift()), left, part());
    return left;
  }
  function part(): Value {
    const token = String(tokens.shift());
    if (/^[\d.]+$/.test(token)) return Number(token);
    if (token === '(') return list(')')[0] ?? 0;
    if (token === '[') return list(']') as Series[];
    if (tokens[0] !== '(') return known.get(token) ?? refuse(token);
    tokens.shift();
    if (token === QUOTA) {
      const query = asked.get(String(tokens.shift())) ?? refuse(token);
      tokens.shift();
      return metrics({ ...query, statistic: QUOTA });
    }
    const [first, second, third] = list(')');
    if (token === 'METRICS') return [...known.values()];
    if (token === 'FILL' && typeof second === 'number') return each(first, (value) => value ?? second);
    if (token === 'IF' && isSeries(first) && isSeries(second) && typeof third === 'number')
      return first.map((is, nth) => (is === undefined ? undefined : is ? second[nth] : third));
    const reduce = REDUCERS[token];
    return reduce !== undefined && Array.isArray(first) && !isSeries(first)
      ? across(first as Series[], reduce)
      : refuse(token);
  }
  function list(end: string): Value[] {
    const values: Value[] = [];
    while (tokens[0] !== end) {
      values.push(sum());
      if (tokens[0] === ',') tokens.shift();
      else if (tokens[0] !== end) refuse(String(tokens[0]));
    }
    tokens.shift();
    return values;
  }
  function refuse(token: string): never {
    throw new Error(`unknown in an expression: ${token} of ${expression}`);
  }
}

const isSeries = (value: Value | undefined): value is Series => Array.isArray(value) && !Array.isArray(value[0]);

const each = (value: Value | undefined, change: (one: number | undefined) => number | undefined): Value =>
  isSeries(value) ? value.map(change) : (value as Series[]).map((one) => one.map(change));

const REDUCERS: Readonly<Record<string, (values: readonly number[]) => number>> = {
  SUM: (values) => values.reduce((total, one) => total + one, 0),
  MAX: (values) => Math.max(...values),
  MIN: (values) => Math.min(...values),
};

const across = (all: readonly Series[], reduce: (values: readonly number[]) => number): Series =>
  (all[0] ?? []).map((_, nth) => {
    const values = all.flatMap((one) => one[nth] ?? []);
    return values.length === 0 ? undefined : reduce(values);
  });

/** "Missing values in a time series are treated as 0", and what divides by it is dropped; what neither has stays missing. */
function calculate(operator: string, left: Value, right: Value): Value {
  const of = (one: number, other: number): number =>
    operator === '>='
      ? Number(one >= other)
      : operator === '+'
        ? one + other
        : operator === '-'
          ? one - other
          : operator === '*'
            ? one * other
            : one / other;
  if (typeof left === 'number' && typeof right === 'number') return of(left, right);
  const at = (value: Value, nth: number) => (typeof value === 'number' ? value : (value as Series)[nth]);
  const series = (isSeries(left) ? left : right) as Series;
  return series.map((_, nth) => {
    if ([left, right].every((value) => typeof value === 'number' || at(value, nth) === undefined)) return undefined;
    const result = of(at(left, nth) ?? 0, at(right, nth) ?? 0);
    return Number.isFinite(result) ? result : undefined;
  });
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
function readRule(rule: unknown): Composite['isRinging'] {
  const joined = (rule as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join']?.[1] ?? [rule];
  const text = joined.map((each) =>
    typeof each === 'string' ? each : (each as Record<string, string[]>)['Fn::GetAtt']?.[0],
  );
  const tokens = tokensOf(text.join(''), /\s*(\w+|[()]|"[^"]*")/y);
  const read = any();
  if (tokens.length > 0) throw new Error(`unknown rule ${text.join('')}`);
  return read;

  function any(): Composite['isRinging'] {
    const parts = [all()];
    for (; tokens[0] === 'OR'; parts.push(all())) tokens.shift();
    return (stateOf) => parts.some((part) => part(stateOf));
  }
  function all(): Composite['isRinging'] {
    const parts = [one()];
    for (; tokens[0] === 'AND'; parts.push(one())) tokens.shift();
    return (stateOf) => parts.every((part) => part(stateOf));
  }
  function one(): Composite['isRinging'] {
    const token = String(tokens.shift());
    if (token === 'NOT') {
      const part = one();
      return (stateOf) => !part(stateOf);
    }
    if (token === 'TRUE' || token === 'FALSE') return () => token === 'TRUE';
    if (token === '(') {
      const part = any();
      tokens.shift();
      return part;
    }
    const [, id] = [tokens.shift(), String(tokens.shift()).replaceAll('"', ''), tokens.shift()];
    if (!['ALARM', 'OK', 'INSUFFICIENT_DATA'].includes(token)) throw new Error(`unknown in a rule: ${token}`);
    return (stateOf) => stateOf(id) === token;
  }
}

function tokensOf(text: string, pattern: RegExp): string[] {
  const tokens: string[] = [];
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) tokens.push(found[1] ?? '');
  if (tokens.join('').replace(/\s/g, '') !== text.replace(/\s/g, '')) throw new Error(`cannot be read: ${text}`);
  return tokens;
}
