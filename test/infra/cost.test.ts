import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  ATTENDEE,
  CANARY,
  canaryCost,
  type Deployed,
  eventCost,
  idleCost,
  type Line,
  total,
  watchCost,
} from '../../bench/cost/estimate.ts';
import { PRICES, PRICES_OF } from '../../shared/kernel/cost.ts';
import { METRICS } from '../../shared/kernel/metrics.ts';
import { functionOf } from '../support/golden-templates.ts';
import { type CloudFormationResource, stacksOf } from './fixture.ts';

/* `docs/cost.md` says what the arithmetic says of what is deployed, and that is within what was agreed. */

const document = readFileSync('docs/cost.md', 'utf8');

const all = stacksOf().flatMap(({ template }) => Object.entries(template.Resources));
const resources = (type: string): CloudFormationResource[] =>
  all.flatMap(([, each]) => (each.Type === type ? [each] : []));
const memoryOf = new Map(
  all.flatMap(([id, { Type, Properties }]) =>
    Type === 'AWS::Lambda::Function' ? [[functionOf(id), Number(Properties?.['MemorySize'])]] : [],
  ),
);

const timers = resources('AWS::Events::Rule').flatMap(({ Properties = {} }) => {
  const [, number, unit] =
    String(Properties['ScheduleExpression'] ?? '').match(/^rate\((\d+) (minute|hour)s?\)$/) ?? [];
  const [, target = ''] = JSON.stringify(Properties['Targets']).match(/"Arn":{"Ref":"(\w+)"/) ?? [];
  return number === undefined
    ? []
    : [
        {
          everyMinutes: Number(number) * (unit === 'hour' ? 60 : 1),
          memory: memoryOf.get(functionOf(target)) ?? Number.NaN,
        },
      ];
});

/** 1 USD a month more for each of a key's first two rotations. */
const rotations = (years: number): number =>
  resources('AWS::KMS::Key')
    .filter(({ Properties }) => Properties?.['EnableKeyRotation'] === true)
    .map(({ Properties }) => Math.floor((years * 365) / Number(Properties?.['RotationPeriodInDays'] ?? 365)))
    .reduce((sum, times) => sum + Math.min(times, 2), 0);

const deployed = (years: number): Deployed => ({
  ...{ keys: resources('AWS::KMS::Key').length, rotations: rotations(years), timers },
  alarmMetrics: resources('AWS::CloudWatch::Alarm')
    .map(({ Properties }) => JSON.stringify(Properties).split('"MetricName"').length - 1)
    .reduce((sum, each) => sum + each, 0),
  composites: resources('AWS::CloudWatch::CompositeAlarm').length,
  dashboards: resources('AWS::CloudWatch::Dashboard').length,
});

const [first, third] = [idleCost(deployed(1), 'first'), idleCost(deployed(3), 'third')];
const watch = watchCost(deployed(1));

const usd = (number: number): string => number.toFixed(2);
const row = (...cells: readonly (string | number)[]): string =>
  `| ${cells.map((cell) => (typeof cell === 'number' ? usd(cell) : cell)).join(' | ')} |`;
const four = (part: string, [one, other]: readonly [Line[], Line[]]): string =>
  row(part, total(one, 'full'), total(other, 'full'), total(one, 'allowed'), total(other, 'allowed'));

const SIZES = [300, 1000, 10_000, 100_000] as const;
const events = SIZES.map(eventCost);

const TABLES: Readonly<Record<string, readonly string[]>> = {
  'A month in which nobody uses it': [
    ...first.map((line, nth) => four(line.part, [[line], [third[nth] ?? line]])),
    four('**without `Watch`**', [[...first], [...third]]),
    four(watch.part, [[watch], [watch]]),
    four('**with `Watch`**', [
      [...first, watch],
      [...third, watch],
    ]),
  ],
  'The canary': [
    ...canaryCost().map(({ part, full }) => `| ${part} | ${full.toFixed(3)} |`),
    `| **all** | ${total(canaryCost(), 'full').toFixed(3)} |`,
  ],
  'An event': [
    ...(events[0] ?? []).map(({ part }, nth) => row(part, ...events.map((lines) => lines[nth]?.full ?? Number.NaN))),
    row('**all**', ...events.map((lines) => total(lines, 'full'))),
    row('**all, where the account has used up nothing**', ...events.map((lines) => total(lines, 'allowed'))),
  ],
  'What one attendee causes': ATTENDEE.map(([what, { times, reads, writes }]) =>
    row(what, String(times), String(reads), String(writes)),
  ),
};

it.each(Object.entries(TABLES))('the table of "%s" is what the arithmetic says', (title, rows) => {
  const [, text = ''] = document.split(`\n## ${title}\n`);
  const [, , ...said] = (text.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('|'));
  expect(said).toEqual(rows);
});

it('each price has a line that says where it stands', () => {
  const names = [...document.matchAll(/^\| `(\w+)` \| [^|]+ \| [^|]*(?:https:|as in)/gm)].map(([, name]) => name);
  expect(names).toEqual(Object.keys(PRICES));
  const day = new Date(PRICES_OF).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
  expect(document).toContain(`Looked up on ${day}.`);
});

describe('what was agreed', () => {
  it('idle: 4.50 USD a month without `Watch` and 7 with it, in the first year and the third; README says so', () => {
    expect(timers.length).toBeGreaterThan(4);
    for (const lines of [first, third]) {
      // The canary has 0.10 of its own.
      expect(total(lines, 'full') - total(canaryCost(), 'full')).toBeLessThanOrEqual(4.5);
      expect(total(lines, 'allowed')).toBeLessThanOrEqual(4.5);
      expect(total([...lines, watch], 'allowed')).toBeLessThanOrEqual(7);
    }
    const [, ...said] =
      readFileSync('README.md', 'utf8').match(/about (\d+) USD a month while nobody uses it, or (\d+) where/) ?? [];
    const parts = [...third, watch];
    expect(said.map(Number)).toEqual([Math.ceil(total(parts, 'allowed')), Math.ceil(total(parts, 'full'))]);
  });

  it('the canary: under 0.10 USD a month, as often as it is deployed, and it counts nothing that is paid for', () => {
    expect(Object.keys(METRICS)).not.toContain('canary');
    expect(timers.filter(({ everyMinutes }) => everyMinutes === CANARY.everyMinutes)).toHaveLength(1);
    expect(total(canaryCost(), 'full')).toBeLessThan(0.1);
  });

  it('metrics of ours: the price of all, where an account has used up its ten', () => {
    const most = Object.keys(METRICS).length * PRICES.ownMetricMonth;
    expect(document).toContain(`${usd(most)} a month for all nine`);
  });

  it('1,000 attendees: 1.50; 100,000: 105, of which about 50 for SES', () => {
    const [, thousand = [], , most = []] = events;
    expect(total(thousand, 'full')).toBeLessThan(1.5);
    expect(total(most, 'full')).toBeLessThan(105);
    expect(Math.round((most[0]?.full ?? 0) / 10)).toBe(5);
  });
});
