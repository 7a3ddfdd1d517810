import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import type { Identity } from '../domain/identity.ts';

/**
 * Who signed in: claims of a token that API Gateway has verified. Others are not read, since it flattens lists to
 * strings, and roles are ours to give and to take back.
 *
 * @throws Error where no authorizer stands before the route: a mistake of the deployment, which opens nothing
 */
export function callerOf(event: APIGatewayProxyEventV2): Identity {
  const { authorizer } = event.requestContext as Partial<APIGatewayProxyEventV2WithJWTAuthorizer['requestContext']>;
  const { iss, sub } = authorizer?.jwt?.claims ?? {};
  if (!isName(iss) || !isName(sub)) throw new Error(`no verified caller of ${event.routeKey}`);
  return { issuer: iss, subject: sub };
}

/** Who sent a request, and to what; nothing of what they sent. */
export interface Sender {
  readonly caller: Identity;
  /** Of the path, unchecked. */
  readonly params: Readonly<Record<string, string | undefined>>;
}

export const senderOf = (event: APIGatewayProxyEventV2): Sender => ({
  caller: callerOf(event),
  params: event.pathParameters ?? {},
});

const isName = (claim: unknown): claim is string => typeof claim === 'string' && claim !== '';
