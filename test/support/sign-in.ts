import { createHash, randomBytes } from 'node:crypto';
import type { LocalSystem } from '../../local/system.ts';

type Site = Pick<LocalSystem, 'siteUrl' | 'identity'>;

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  /** Seconds. */
  readonly expires_in: number;
}

/** Signs in as one of the made-up people: code flow with PKCE, as the console does it, with one press. */
export async function signIn({ siteUrl, identity }: Site, person: string): Promise<Tokens> {
  const browser = cookieJar();
  const verifier = randomBytes(32).toString('base64url');
  const redirect_uri = `${siteUrl}/console/`;
  const asked = new URLSearchParams({
    client_id: identity.clientId,
    redirect_uri,
    response_type: 'code',
    scope: 'openid',
    state: 'state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const page = await browser(`${identity.issuer}/auth?${asked}`);
  let next = await browser(new URL(locationOf(page), identity.issuer), {
    method: 'POST',
    body: new URLSearchParams({ person }),
  });
  while (!locationOf(next).startsWith(redirect_uri)) next = await browser(new URL(locationOf(next), identity.issuer));
  const code = new URL(locationOf(next)).searchParams.get('code') ?? '';
  const answer = await fetch(`${identity.issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: identity.clientId,
      code,
      redirect_uri,
      code_verifier: verifier,
    }),
  });
  return (await answer.json()) as Tokens;
}

const locationOf = (response: Response): string => {
  const location = response.headers.get('location');
  if (location === null) throw new Error(`${response.url} answered ${response.status} without a location`);
  return location;
};

function cookieJar() {
  const cookies = new Map<string, string>();
  return async (url: string | URL, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';', 1)[0]?.split('=') ?? [];
      cookies.set(name, value);
    }
    return response;
  };
}
