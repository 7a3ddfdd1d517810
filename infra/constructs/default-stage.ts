import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { type CfnStage, type HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { EVERY_ROUTE, GATEWAY_ROUTES, type Throttle } from '../../shared/gateway-routes.ts';
import { METRIC_NAMESPACE } from '../../shared/kernel/metric.ts';
import type { ContractRoutes } from './contract-routes.ts';
import type { LogSettings } from './plenary-function.ts';

export interface DefaultStageProps {
  readonly api: HttpApi;
  readonly routes: ContractRoutes;
  readonly logs: LogSettings;
}

/**
 * Links are credentials, so no path, query or address of a caller is logged. The contract's route is in the line that the function writes, under
 * the same `requestId`; this one is for what no function sees: 401 and 429 of API Gateway's own, what took too long, what failed.
 */
const ACCESS_LOG = {
  time: '$context.requestTimeEpoch',
  requestId: '$context.requestId',
  method: '$context.httpMethod',
  gatewayRoute: '$context.routeKey',
  status: '$context.status',
  error: '$context.error.responseType',
  bytes: '$context.responseLength',
  latency: '$context.responseLatency',
  integrationStatus: '$context.integration.status',
  integrationLatency: '$context.integration.latency',
} as const;

/** Answers that many of are an attack, and what they are counted as; API Gateway's own 401 reaches no function. */
const COUNTED = { 401: 'Answers401', 403: 'Answers403' } as const;

/**
 * What makes the routes answer, within limits. It comes after them: settings for a route that is not there yet are refused
 * (`Unable to find Route by key`).
 */
export class DefaultStage extends Construct {
  constructor(scope: Construct, id: string, { api, routes, logs }: DefaultStageProps) {
    super(scope, id);
    const log = new LogGroup(this, 'AccessLog', logs);
    for (const [status, metricName] of Object.entries(COUNTED)) {
      new MetricFilter(this, metricName, {
        logGroup: log,
        filterPattern: FilterPattern.stringValue('$.status', '=', status),
        metricNamespace: METRIC_NAMESPACE,
        metricName,
        metricValue: '1',
      });
    }
    const stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: EVERY_ROUTE,
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
    const throttled = GATEWAY_ROUTES.flatMap(({ key, throttle }) => (throttle ? [[key, settingsOf(throttle)]] : []));
    (stage.node.defaultChild as CfnStage).routeSettings = Object.fromEntries(throttled);
    stage.node.addDependency(routes);
  }
}

/** CloudFormation takes this map as it is: its names are those of the resource. */
const settingsOf = ({ rateLimit, burstLimit }: Throttle) => ({
  ThrottlingRateLimit: rateLimit,
  ThrottlingBurstLimit: burstLimit,
});
