import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';

/** The claims of a verified token as API Gateway hands them to functions: every value is a string. */
export type Claims = Readonly<Record<string, string>>;

/** @returns nothing for a token that is missing, malformed, forged, expired or meant for another client */
export type Authorize = (authorization: string | undefined) => Promise<Claims | undefined>;

export interface AuthorizerOptions {
  readonly issuer: string;
  /** A client's id: compared with `aud`, or with `client_id` where a token has no `aud`, as Cognito's have none. */
  readonly audience: string;
}

/** API Gateway verifies no other signatures. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512'];

/**
 * The JWT authorizer of an HTTP API.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export function jwtAuthorizer({ issuer, audience }: AuthorizerOptions): Authorize {
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined;

  async function claimsOf(token: string): Promise<Claims | undefined> {
    keys ??= createRemoteJWKSet(await jwksAddress(issuer));
    const { payload } = await jwtVerify(token, keys, { issuer, algorithms: ALGORITHMS, requiredClaims: ['exp'] });
    return isFor(audience, payload) ? flattened(payload) : undefined;
  }

  return async (authorization = '') => {
    const token = authorization.replace(/^Bearer /i, '').trim();
    return token === '' ? undefined : claimsOf(token).catch(() => undefined);
  };
}

async function jwksAddress(issuer: string): Promise<URL> {
  const discovery = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const { jwks_uri } = (await discovery.json()) as { jwks_uri: string };
  return new URL(jwks_uri);
}

const isFor = (audience: string, { aud, client_id }: JWTPayload): boolean =>
  aud === undefined ? client_id === audience : [aud].flat().includes(audience);

/** As observed: a list becomes `[one two]`. */
const flattened = (payload: JWTPayload): Claims =>
  Object.fromEntries(
    Object.entries(payload).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(' ')}]` : String(value),
    ]),
  );
