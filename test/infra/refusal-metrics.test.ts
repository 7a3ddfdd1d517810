import { describe, expect, it } from 'vitest';
import { METRIC_NAMESPACE, METRICS } from '../../shared/kernel/metrics.ts';
import { resourcesOf, templates } from './fixture.ts';

/*
 * CS14, B2: that many are turned away shows as a metric, and nothing of whom. API Gateway's log is counted by a filter; what a function
 * refuses it counts itself (`minor-why.test.ts`).
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
 * Whether a pattern finds a line, as CloudWatch reads `{ ($.name = "value") || … }`: another form is one that this test knows nothing of.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
function finds({ FilterPattern }: MetricFilter, line: string): boolean {
  const [, alternatives = ''] = /^\{ (.+) \}$/.exec(FilterPattern) ?? [];
  return alternatives.split(' || ').some((each) => {
    const [, name = '', value] = /^\(\$\.(\w+) = "([^"]*)"\)$/.exec(each) ?? [];
    if (value === undefined) throw new Error(`unknown pattern: ${FilterPattern}`);
    return JSON.parse(line)[name] === value;
  });
}

const metricOf = ({ MetricTransformations: [first] }: MetricFilter) => String(first?.['MetricName']);
const countedOf = (line: string) => filters.filter((each) => finds(each, line)).map(metricOf);

describe('CS14: answers of 401 and 403', () => {
  it('are counted from the log that the stage writes, without a dimension', () => {
    const destination = JSON.stringify(LOGGING?.['DestinationArn']);
    expect(filters.map(({ MetricTransformations }) => MetricTransformations)).toEqual([
      [{ MetricName: METRICS.answersRefused, MetricNamespace: METRIC_NAMESPACE, MetricValue: '1' }],
    ]);
    for (const { LogGroupName } of filters) expect(destination).toContain(LogGroupName.Ref);
  });

  it('are found by their status alone, and no other answer is', () => {
    for (const refused of ['401', '403']) expect(countedOf(answered(refused))).toEqual([METRICS.answersRefused]);
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
