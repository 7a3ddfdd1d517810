import {
  type CfnRoute,
  type HttpApi,
  HttpAuthorizer,
  HttpAuthorizerType,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  type IHttpRouteAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { GATEWAY_ROUTES } from '../../shared/gateway-routes.ts';
import type { FunctionName } from '../../shared/kernel/manifest.ts';
import { DEFAULT_ROUTE } from '../../shared/kernel/route.ts';
import type { SignIn } from '../sign-in.ts';

export interface ContractRoutesProps {
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
