import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import type { Identity } from '../identity.store.ts';
import { WHY_HEADER } from '../why.ts';
import type { PathParameters } from './find-route.ts';
import { requestLanguage } from './request.case.ts';

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
  /** Of the path, unchecked. */
  readonly params: PathParameters;
  /** The header as it was sent, unchecked. */
  readonly authorization: string | undefined;
  /** Why they look, as it was sent, unchecked. */
  readonly why?: string | undefined;
  /** The language to answer in. */
  readonly language: string;
  /** Who signed in. @throws as `callerOf` */
  readonly caller: () => Identity;
}

export const senderOf = (event: APIGatewayProxyEventV2, params: PathParameters): Sender => ({
  params,
  authorization: event.headers['authorization'],
  why: event.headers[WHY_HEADER],
  language: requestLanguage(event),
  caller: () => callerOf(event),
});

const isName = (claim: unknown): claim is string => typeof claim === 'string' && claim !== '';
