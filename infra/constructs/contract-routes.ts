import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnIntegration,
  type CfnRoute,
  type CfnStage,
  type HttpApi,
  HttpAuthorizer,
  HttpAuthorizerType,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { CfnPermission, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { EVERY_ROUTE, GATEWAY_ROUTES, type Throttle } from '../../shared/gateway-routes.ts';
import type { FunctionName } from '../../shared/kernel/manifest.ts';
import { METRICS } from '../../shared/kernel/metrics.ts';
import { DEFAULT_ROUTE } from '../../shared/kernel/route.ts';
import type { SignIn } from '../config.ts';
import type { LogSettings } from './plenary-function.ts';

interface ContractRoutesProps {
  readonly api: HttpApi;
  readonly functions: Readonly<Record<FunctionName, IFunction>>;
  readonly signIn: SignIn;
}

/**
 * API Gateway's routes, as they are derived from the contract, with one integration for each function.
 *
 * Each is made after the one before: a stage that deploys by itself does so for each of them, and routes that are made at once then fail
 * with `ConflictException`. Whatever depends on this construct waits for the last one.
 */
export class ContractRoutes extends Construct {
  constructor(scope: Construct, id: string, { api, functions, signIn }: ContractRoutesProps) {
    super(scope, id);
    const organisers = this.organisers(api, signIn);
    const integrations = new Map(
      GATEWAY_ROUTES.map(({ function: name }) => [
        name,
        new HttpLambdaIntegration(`${name}Integration`, functions[name], { scopePermissionToRoute: false }),
      ]),
    );
    let before: CfnRoute | undefined;
    let earlier: CfnIntegration | undefined;
    for (const { key, function: name, forOrganisers } of GATEWAY_ROUTES) {
      const integration = integrations.get(name);
      if (integration === undefined) throw new Error(`${key} leads nowhere`);
      const route = new HttpRoute(this, key.replaceAll('/', '.'), {
        httpApi: api,
        routeKey: routeKeyOf(key),
        integration,
        ...(forOrganisers && { authorizer: organisers }),
      });
      const resource = route.node.defaultChild as CfnRoute;
      if (before !== undefined) resource.addResourceDependency(before);
      before = resource;
      const made = route.node.findAll();
      const bound = made.find((each) => each instanceof CfnIntegration);
      const allowed = made.find((each) => each instanceof CfnPermission);
      if (bound === undefined || allowed === undefined) continue;
      // What it is to lead to may be called first. An update changes one after the other, as it does routes.
      bound.addResourceDependency(allowed);
      if (earlier !== undefined) bound.addResourceDependency(earlier);
      earlier = bound;
    }
  }

  /**
   * Lets pass who shows a valid token of the provider: its signature, issuer, audience and times. Cognito's access tokens
   * have no `aud`; API Gateway compares their `client_id` instead.
   *
   * `HttpJwtAuthorizer` would live beside the API, in `Web`, where the provider that needs the site's address is not yet
   * known; this one lives here.
   */
  private organisers(httpApi: HttpApi, { issuer, clientId }: SignIn): IHttpRouteAuthorizer {
    const authorizer = new HttpAuthorizer(this, 'Organisers', {
      httpApi,
      type: HttpAuthorizerType.JWT,
      identitySource: ['$request.header.Authorization'],
      jwtIssuer: issuer,
      jwtAudience: [clientId],
    });
    return HttpAuthorizer.fromHttpAuthorizerAttributes(this, 'OrganisersOfRoutes', {
      authorizerId: authorizer.authorizerId,
      authorizerType: 'JWT',
    });
  }
}

function routeKeyOf(key: string): HttpRouteKey {
  if (key === DEFAULT_ROUTE) return HttpRouteKey.DEFAULT;
  const [method, path = ''] = key.split(' ');
  return HttpRouteKey.with(path, method === 'ANY' ? HttpMethod.ANY : (method as HttpMethod));
}

interface DefaultStageProps {
  readonly api: HttpApi;
  readonly routes: ContractRoutes;
  readonly logs: LogSettings;
  readonly metricNamespace: string;
}

/**
 * Links are credentials, so no path, query or address of a caller is logged. The contract's route is in the line that the function writes, under
 * the same id (`correlationId`); this one is for what no function sees: 401 and 429 of API Gateway's own, what took too long, what failed.
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

/** Answers that many of are an attack; API Gateway's own 401 reaches no function. */
const REFUSED = ['401', '403'];

/**
 * What makes the routes answer, within limits. It comes after them: settings for a route that is not there yet are refused
 * (`Unable to find Route by key`).
 */
export class DefaultStage extends Construct {
  constructor(scope: Construct, id: string, { api, routes, logs, metricNamespace }: DefaultStageProps) {
    super(scope, id);
    const log = new LogGroup(this, 'AccessLog', logs);
    new MetricFilter(this, METRICS.answersRefused, {
      logGroup: log,
      filterPattern: FilterPattern.any(...REFUSED.map((status) => FilterPattern.stringValue('$.status', '=', status))),
      ...{ metricNamespace, metricName: METRICS.answersRefused, metricValue: '1' },
    });
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
