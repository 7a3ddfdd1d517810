import {
  type HttpApi,
  HttpAuthorizer,
  HttpAuthorizerType,
  type HttpMethod,
  HttpRoute,
  HttpRouteKey,
  type IHttpRouteAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { methodsOf, type Route } from '../../shared/contract/route.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import type { FunctionName } from '../../shared/env.ts';
import type { SignIn } from '../sign-in.ts';

export interface ContractRoutesProps {
  readonly api: HttpApi;
  readonly functions: Readonly<Record<FunctionName, IFunction>>;
  readonly signIn: SignIn;
}

/** The routes of the contract, no more and no fewer, with one integration for each function. */
export class ContractRoutes extends Construct {
  constructor(scope: Construct, id: string, { api, functions, signIn }: ContractRoutesProps) {
    super(scope, id);
    const organisers = this.organisers(api, signIn);
    const routes = Object.entries<Route>(ROUTES);
    for (const name of new Set(routes.map(([, route]) => route.function))) {
      const integration = new HttpLambdaIntegration(`${name}Integration`, functions[name], {
        scopePermissionToRoute: false,
      });
      for (const [routeId, route] of routes.filter(([, each]) => each.function === name)) {
        for (const method of methodsOf(route)) {
          new HttpRoute(this, `${routeId}${method}`, {
            httpApi: api,
            routeKey: HttpRouteKey.with(route.path, method as HttpMethod),
            integration,
            ...(route.auth === 'organiser' && { authorizer: organisers }),
          });
        }
      }
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
