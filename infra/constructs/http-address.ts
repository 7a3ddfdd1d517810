import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { LogSettings } from './plenary-function.ts';

/** Requests a second and at once, for each route: five hundred people following one mail, with room to spare. */
const THROTTLE = { rateLimit: 500, burstLimit: 1000 } as const;

/** Links are credentials, so no path, query or address of a caller is logged: the route key says enough. */
const ACCESS_LOG = {
  time: '$context.requestTimeEpoch',
  requestId: '$context.requestId',
  route: '$context.routeKey',
  status: '$context.status',
  error: '$context.error.responseType',
  bytes: '$context.responseLength',
  latency: '$context.responseLatency',
  integrationStatus: '$context.integration.status',
  integrationLatency: '$context.integration.latency',
} as const;

/** An HTTP API that has an address and limits, and as yet no routes. */
export class HttpAddress extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, logs: LogSettings) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', { apiName: scope.node.id, createDefaultStage: false });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: THROTTLE,
      accessLogSettings: {
        destination: new LogGroupLogDestination(new LogGroup(this, 'AccessLog', logs)),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
  }
}
