import { afterEach, describe, expect, it, vi } from 'vitest';
import { count, METRIC_NAMESPACE, METRICS } from '../../shared/kernel/log.ts';
import { resourcesOf, templates } from './fixture.ts';

/*
 * CS14, B2: that many are turned away shows as a metric, and nothing of whom. API Gateway's log is counted by filters, what a function
 * refuses by a line in CloudWatch's own format.
 */

const { Api } = templates();
const [stage] = resourcesOf(Api, 'AWS::ApiGatewayV2::Stage').map(([, each]) => each);
const LOGGING = stage?.Properties['AccessLogSettings'] as Readonly<Record<string, unknown>> | undefined;
const FORMAT = String(LOGGING?.['Format']);
const filters = resourcesOf(Api, 'AWS::Logs::MetricFilter').map(
  ([, { Properties }]) => Properties as unknown as MetricFilter,
);

interface MetricFilter {
  readonly FilterPattern: string;
  readonly LogGroupName: { readonly Ref: string };
  readonly MetricTransformations: readonly Record<string, unknown>[];
}

/** A line as API Gateway writes it: variables in place, and `-` for those that have no value. */
const lineOf = (values: Readonly<Record<string, string>>): string =>
  FORMAT.replace(/\$context\.[\w.]+/g, (variable) => values[variable] ?? '-');

const answered = (status: string, route = 'GET /api/organiser/events/{eventId}/minors') =>
  lineOf({
    '$context.requestId': 'aBcDeFgHIAMEJ4Q=',
    '$context.routeKey': route,
    '$context.status': status,
    '$context.responseLength': '403',
    '$context.responseLatency': '401',
    '$context.integration.status': '200',
  });

/**
 * Whether a pattern finds a line, as CloudWatch reads `{ $.name = "value" }`: another form is one that this test knows nothing of.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
function finds({ FilterPattern }: MetricFilter, line: string): boolean {
  const [, name = '', value] = /^\{ \$\.(\w+) = "([^"]*)" \}$/.exec(FilterPattern) ?? [];
  if (value === undefined) throw new Error(`unknown pattern: ${FilterPattern}`);
  return JSON.parse(line)[name] === value;
}

const metricOf = ({ MetricTransformations: [first] }: MetricFilter) => String(first?.['MetricName']);
const countedOf = (line: string) => filters.filter((each) => finds(each, line)).map(metricOf);

describe('CS14: answers of 401 and 403', () => {
  it('are counted from the log that the stage writes, each as itself, without a dimension', () => {
    const destination = JSON.stringify(LOGGING?.['DestinationArn']);
    expect(filters.map(({ MetricTransformations }) => MetricTransformations)).toEqual(
      ['Answers401', 'Answers403'].map((MetricName) => [
        { MetricName, MetricNamespace: METRIC_NAMESPACE, MetricValue: '1' },
      ]),
    );
    for (const { LogGroupName } of filters) expect(destination).toContain(LogGroupName.Ref);
  });

  it('are found by their status alone, and no other answer is', () => {
    expect(countedOf(answered('401'))).toEqual(['Answers401']);
    expect(countedOf(answered('403'))).toEqual(['Answers403']);
    for (const good of ['200', '201', '304', '404', '409', '429', '500']) {
      expect(countedOf(answered(good))).toEqual([]);
    }
    // What a request is called, how long it took or how much was sent is no status.
    expect(countedOf(answered('200', 'GET /403/401'))).toEqual([]);
  });

  it('say nothing of whom: the log has no address, no path as it was asked for, and no claim', () => {
    const variables = FORMAT.match(/\$context\.[\w.]+/g) ?? [];
    expect(variables.length).toBeGreaterThan(0);
    for (const variable of variables) expect(variable).not.toMatch(/identity|authorizer|path|domain|userAgent|header/i);
  });
});

describe('CS14: refused tokens, codes and roles', () => {
  afterEach(() => vi.restoreAllMocks());

  it.each([METRICS.tokenRefused, METRICS.deviceCodeRefused, METRICS.roleRefused])(
    '%s is one line that CloudWatch counts, in the same namespace, without a dimension or anything else',
    (metric) => {
      const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
      count(metric, new Date('2027-11-02T03:04:05Z'));
      const lines = log.mock.calls.map(([line]) => JSON.parse(String(line)));
      expect(lines).toEqual([
        {
          _aws: {
            Timestamp: 1825124645000,
            CloudWatchMetrics: [
              { Namespace: METRIC_NAMESPACE, Dimensions: [[]], Metrics: [{ Name: metric, Unit: 'Count' }] },
            ],
          },
          [metric]: 1,
        },
      ]);
    },
  );
});
