import { type HttpApi, type HttpMethod, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { methodsOf, type Route } from '../../shared/contract/route.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import type { FunctionName } from '../../shared/env.ts';

export interface ContractRoutesProps {
  readonly api: HttpApi;
  readonly functions: Readonly<Record<FunctionName, IFunction>>;
}

/** The routes of the contract, no more and no fewer, with one integration for each function. */
export class ContractRoutes extends Construct {
  constructor(scope: Construct, id: string, { api, functions }: ContractRoutesProps) {
    super(scope, id);
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
          });
        }
      }
    }
  }
}
