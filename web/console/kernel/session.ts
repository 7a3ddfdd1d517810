import {
  type AuthorizationServer,
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  type Client,
  calculatePKCECodeChallenge,
  clockTolerance,
  discoveryRequest,
  generateRandomCodeVerifier,
  generateRandomNonce,
  generateRandomState,
  None,
  processAuthorizationCodeResponse,
  processDiscoveryResponse,
  processRefreshTokenResponse,
  refreshTokenGrantRequest,
  revocationRequest,
  type TokenEndpointResponse,
  validateAuthResponse,
} from 'oauth4webapi';
import type { ConsoleConfig } from '../../../shared/kernel/console-config.schema.ts';
import { CONSOLE_PATH } from '../../../shared/kernel/console-page.ts';

/** Revokes the refresh token. @returns the provider's page that ends its own session */
async function signOutAddress(
  { server, client, options }: Provider,
  refreshToken: string | undefined,
  returnTo: string,
): Promise<string> {
  if (refreshToken !== undefined && server.revocation_endpoint !== undefined) {
    // A token that could not be revoked ends by itself; that is no reason to stay signed in.
    await revocationRequest(server, client, None(), refreshToken, options).catch(() => undefined);
  }
  if (server.end_session_endpoint === undefined) return returnTo;
  const address = new URL(server.end_session_endpoint);
  // Cognito knows `logout_uri` only, the standard (OpenID Connect RP-Initiated Logout 1.0) the other.
  for (const [name, value] of Object.entries({
    client_id: client.client_id,
    post_logout_redirect_uri: returnTo,
    logout_uri: returnTo,
  })) {
    address.searchParams.set(name, value);
  }
  return address.href;
}

interface SessionOptions {
  readonly origin: string;
  /** Of this tab. */
  readonly storage: Storage;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Thrown by whatever needs someone to be signed in. */
export class SignedOutError extends Error {
  override readonly name = 'SignedOutError';
}

interface Tokens {
  readonly access: string;
  readonly refresh?: string | undefined;
  /** When the access token ends, and when someone proved who they are; milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly signedInAt: number;
}

interface TokenAnswer {
  readonly why: string;
  readonly signedInAt: number | undefined;
}

const WHY = 'plenary.why';
const TOKENS = 'plenary.tokens';
const ERRAND = 'plenary.sign-in';
/** AU6: a member who works for twelve hours proves again who they are. */
const LONGEST_MS = 12 * 60 * 60 * 1000;
/** A token that ends within this is not worth sending. */
const MARGIN_MS = 30_000;
/**
 * Seconds by which this machine's clock may be wrong, as one is by hours that was set in another zone. An ID token comes straight from the
 * provider, in answer to our own code and with our nonce; what the API takes, it judges by its own clock.
 */
const CLOCK_WRONG_BY = 24 * 60 * 60;
/** Of a provider that does not say. */
const DEFAULT_LIFE_S = 300;

/**
 * Who is signed in, in this tab.
 *
 * Tokens are in `sessionStorage`: a reload keeps them, closing the tab ends them, and no other tab shares a refresh token
 * whose every use replaces it. Only our own files run in the page (see its content security policy), and they
 * would reach tokens in memory just as well.
 */
export function makeSession({ origin, storage, now }: SessionOptions) {
  const redirectUri = `${origin}${CONSOLE_PATH}`;
  let found: Promise<Provider> | undefined;
  let renewing: Promise<Tokens> | undefined;

  const provider = (): Promise<Provider> => {
    found ??= findProvider(origin).catch((error) => {
      found = undefined;
      throw error;
    });
    return found;
  };

  function read<T>(key: string): T | undefined {
    const text = storage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as T);
  }

  function keep(answer: TokenEndpointResponse, before: Partial<Tokens> = {}): Tokens {
    const tokens: Tokens = {
      access: answer.access_token,
      refresh: answer.refresh_token ?? before.refresh,
      expiresAt: now() + (answer.expires_in ?? DEFAULT_LIFE_S) * 1000,
      signedInAt: before.signedInAt ?? now(),
    };
    storage.setItem(TOKENS, JSON.stringify(tokens));
    return tokens;
  }

  function current(): Tokens | undefined {
    const tokens = read<Tokens>(TOKENS);
    if (tokens === undefined || now() - tokens.signedInAt < LONGEST_MS) return tokens;
    storage.removeItem(TOKENS);
    return undefined;
  }

  async function renew(tokens: Tokens): Promise<Tokens> {
    if (tokens.refresh === undefined) throw new SignedOutError();
    const { server, client, options } = await provider();
    const response = await refreshTokenGrantRequest(server, client, None(), tokens.refresh, options);
    try {
      return keep(await processRefreshTokenResponse(server, client, response), tokens);
    } catch {
      storage.removeItem(TOKENS);
      throw new SignedOutError();
    }
  }

  return {
    isSignedIn: (): boolean => current() !== undefined,

    /** Leaves for the provider's pages. @param returnTo path and query to come back to */
    async signIn(returnTo: string): Promise<void> {
      const errand = newErrand(returnTo);
      storage.setItem(ERRAND, JSON.stringify(errand));
      location.assign(await signInAddress(await provider(), errand, redirectUri));
    },

    /** Takes what the provider sent someone back with. @returns the page they came from */
    async complete(answer: URL): Promise<string> {
      const errand = read<Errand>(ERRAND);
      storage.removeItem(ERRAND);
      if (errand === undefined) throw new Error('nobody asked to sign in from this tab');
      keep(await redeemCode(await provider(), errand, answer, redirectUri));
      return errand.returnTo;
    },

    /** @throws SignedOutError where someone has to sign in anew */
    async accessToken(): Promise<string> {
      const tokens = current();
      if (tokens === undefined) throw new SignedOutError();
      if (tokens.expiresAt - now() > MARGIN_MS) return tokens.access;
      renewing ??= renew(tokens).finally(() => {
        renewing = undefined;
      });
      return (await renewing).access;
    },

    /** Why they look at records of people under 18: said once, it holds until they sign in anew. */
    why(): string | undefined {
      const said = read<TokenAnswer>(WHY);
      return said?.signedInAt === current()?.signedInAt ? said?.why : undefined;
    },

    sayWhy(why: string): void {
      storage.setItem(WHY, JSON.stringify({ why, signedInAt: current()?.signedInAt } satisfies TokenAnswer));
    },

    /** Forgets tokens that the API no longer takes. */
    drop: (): void => storage.removeItem(TOKENS),

    /** Ends the session here and at the provider, and its refresh token. */
    async signOut(): Promise<void> {
      const tokens = current();
      // What was typed and not sent, too: the next who signs in on this machine is to see nothing of it.
      for (const key of Object.keys(storage)) if (key.startsWith('plenary.')) storage.removeItem(key);
      location.assign(await signOutAddress(await provider(), tokens?.refresh, redirectUri));
    },
  };
}

export type ConsoleSession = ReturnType<typeof makeSession>;

/** What is kept while someone is at the provider's pages. */
interface Errand {
  readonly state: string;
  readonly nonce: string;
  /** Proves that a code is brought by the browser that asked for it (PKCE, RFC 7636). */
  readonly verifier: string;
  /** Path and query of the page to come back to. */
  readonly returnTo: string;
}

const newErrand = (returnTo: string): Errand => ({
  state: generateRandomState(),
  nonce: generateRandomNonce(),
  verifier: generateRandomCodeVerifier(),
  returnTo,
});

/** Where to send the browser. @param redirectUri the one address that the provider sends people back to */
async function signInAddress(
  { server, client, scope }: Provider,
  { state, nonce, verifier }: Errand,
  redirectUri: string,
): Promise<string> {
  const address = new URL(server.authorization_endpoint ?? '');
  address.search = new URLSearchParams({
    client_id: client.client_id,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope,
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString();
  return address.href;
}

/** @throws where the answer is not to this errand, or the provider refuses the code */
async function redeemCode(
  { server, client, options }: Provider,
  { state, nonce, verifier }: Errand,
  answer: URL,
  redirectUri: string,
): Promise<TokenEndpointResponse> {
  const parameters = validateAuthResponse(server, client, answer, state);
  const response = await authorizationCodeGrantRequest(
    server,
    client,
    None(),
    parameters,
    redirectUri,
    verifier,
    options,
  );
  return processAuthorizationCodeResponse(server, client, response, { expectedNonce: nonce, requireIdToken: true });
}

/** The OpenID provider and what the console is to it. */
interface Provider {
  readonly server: AuthorizationServer;
  readonly client: Client;
  /** Separated by spaces. */
  readonly scope: string;
  /** For every request to it. */
  readonly options: { readonly [allowInsecureRequests]: boolean };
}

/** Its issuer comes with the deployment, every other address from the issuer. @throws where either cannot be read */
async function findProvider(origin: string): Promise<Provider> {
  const answer = await fetch(`${origin}/api/console-config`);
  if (!answer.ok) throw new Error(`the console's configuration was answered with ${answer.status}`);
  const { issuer, clientId, scope } = (await answer.json()) as ConsoleConfig;
  const address = new URL(issuer);
  const options = { [allowInsecureRequests]: isThisMachine(address) };
  const server = await processDiscoveryResponse(address, await discoveryRequest(address, options));
  return { server, client: { client_id: clientId, [clockTolerance]: CLOCK_WRONG_BY }, scope, options };
}

/** What never leaves a machine needs no TLS; everything else does. */
const isThisMachine = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
