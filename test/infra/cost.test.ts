import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type CloudFormationResource, stacksOf } from './fixture.ts';

const operations = readFileSync('docs/operations.md', 'utf8');

/** Of the table of costs: what it is about, USD a month in the first year and in the third. */
const rows = [...section('Costs when idle').matchAll(/^\| ([^|]+) \| ([\d.]+) \| ([\d.]+) \|/gm)].map(
  ([, part = '', first, third]) => ({ part, first: Number(first), third: Number(third) }),
);

const resources = (type: string): CloudFormationResource[] =>
  stacksOf().flatMap(({ template }) => Object.values(template.Resources).filter(({ Type }) => Type === type));

it('README says what docs/operations.md computes, for the first year and the third', () => {
  const [, said] = readFileSync('README.md', 'utf8').match(/about (\d+) USD a month while nobody uses it/) ?? [];
  for (const year of ['first', 'third'] as const) {
    const sum = rows.reduce((total, row) => total + row[year], 0);
    expect(Math.round(sum), year).toBe(Number(said));
  }
});

it('it counts the keys that there are, and what their rotations add: 1 USD a month for each of the first two', () => {
  const keys = resources('AWS::KMS::Key');
  const [row] = rows.filter(({ part }) => part.startsWith('KMS'));
  expect(row?.part).toContain(`${keys.length} customer keys`);
  expect(row?.first).toBe(keys.length + rotations(keys, 1));
  expect(row?.third).toBe(keys.length + rotations(keys, 3));
});

it('it counts the calls of timers', () => {
  const calls = resources('AWS::Events::Rule')
    .map(({ Properties }) => minutesOf(String(Properties?.['ScheduleExpression'] ?? '')))
    .reduce((total, minutes) => total + (HOURS * 60) / minutes, 0);
  const said = rows.flatMap(({ part }) => part.match(/([\d,]+) calls of timers/)?.[1] ?? []);
  expect(said).toHaveLength(2);
  expect(new Set(said)).toEqual(new Set([(Math.round(calls / 1000) * 1000).toLocaleString('en-US')]));
});

it('it counts what alarms look at: 0.10 a metric beyond ten, and 0.50 for each that stands for others', () => {
  const alarms = resources('AWS::CloudWatch::Alarm');
  const composites = resources('AWS::CloudWatch::CompositeAlarm');
  const metrics = alarms
    .map(({ Properties }) => JSON.stringify(Properties).split('"MetricName"').length - 1)
    .reduce((total, each) => total + each, 0);
  const [row] = rows.filter(({ part }) => part.endsWith(' metrics'));
  expect(row?.part).toBe(`CloudWatch: ${alarms.length} alarms look at ${metrics} metrics`);
  expect(row?.first).toBeCloseTo(0.1 * (metrics - 10) + 0.5 * composites.length, 5);
});

/** Of a month, as AWS's prices count it. */
const HOURS = 730;

const minutesOf = (schedule: string): number =>
  Number(schedule.match(/^rate\((\d+) minutes?\)$/)?.[1] ?? Number.POSITIVE_INFINITY);

const rotations = (keys: readonly CloudFormationResource[], years: number): number =>
  keys
    .filter(({ Properties }) => Properties?.['EnableKeyRotation'] === true)
    .map(({ Properties }) => Math.floor((years * 365) / Number(Properties?.['RotationPeriodInDays'] ?? 365)))
    .reduce((total, times) => total + Math.min(times, 2), 0);

function section(title: string): string {
  const [, text = ''] = operations.split(`\n## ${title}\n`);
  return text.split('\n## ')[0] ?? '';
}
