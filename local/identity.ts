import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Provider } from 'oidc-provider';
import { HOST, listen, readBody } from './http.ts';
import { enrolmentAddress, type Factors, isCodeOf, loadFactors, newSecret } from './identity/factors.ts';
import { codePage, setUpPage, signInPage, startAgainPage } from './identity/pages.ts';
import { PEOPLE, type SamplePerson } from './identity/people.ts';
import { answerForPool, isForPool } from './identity/pool.ts';
import { loadIdentityKeys, makeProvider, SIGN_IN } from './identity/provider.ts';

export interface IdentityOptions {
  readonly directory: string;
  /** Any free one when absent. */
  readonly port?: number;
  /** Where the console is: signing in leads back there. */
  readonly consoleUrl: string;
}

export interface IdentityProvider {
  readonly issuer: string;
  readonly clientId: string;
  /** Of the user pool, for those who administer its accounts. */
  readonly poolEndpoint: string;
  stop(): Promise<void>;
}

/** The console's, as good as any. */
const CLIENT_ID = 'console';
/** Bytes of a press. */
const BODY_LIMIT = 1024;

/**
 * Where organisers sign in: an OpenID provider with a few made-up people, one press each, and a code of those who set up an
 * authenticator app. Its keys stay in `identity.json` in the directory, so that tokens remain valid after a restart, and
 * second factors in `factors.json`.
 *
 * @throws the system's error when the port is taken
 */
export async function startIdentity({ directory, port = 0, consoleUrl }: IdentityOptions): Promise<IdentityProvider> {
  const keys = await loadIdentityKeys(join(directory, 'identity.json'));
  const factors = await loadFactors(join(directory, 'factors.json'));
  let handle = (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(503).end();
  };
  const server = await listen((request, response) => handle(request, response), port);
  const issuer = `http://localhost:${server.port}`;
  const provider = await makeProvider({ issuer, clientId: CLIENT_ID, consoleUrl, keys, factors });
  const others = provider.callback();
  const answer = (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    if (isForPool(request)) return answerForPool({ people: PEOPLE, factors }, request, response);
    return request.url?.startsWith(SIGN_IN)
      ? signIn({ provider, factors }, request, response)
      : Promise.resolve(others(request, response));
  };
  handle = (request, response) => {
    answer(request, response).catch(() => sendPage(response, 400, startAgainPage(consoleUrl)));
  };
  return { issuer, clientId: CLIENT_ID, poolEndpoint: `http://${HOST}:${server.port}`, stop: server.stop };
}

interface SigningIn {
  readonly provider: Provider;
  readonly factors: Factors;
}

/** @throws the provider's error where there is nothing to sign in to */
async function signIn(
  { provider, factors }: SigningIn,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await provider.interactionDetails(request, response);
  if (request.method !== 'POST') return sendPage(response, 200, signInPage(PEOPLE));
  const typed = new URLSearchParams((await readBody(request, BODY_LIMIT)).toString());
  const person = PEOPLE.find(({ subject }) => subject === typed.get('person'));
  if (person === undefined) return sendPage(response, 400, signInPage(PEOPLE));
  const asked = await secondFactor(factors, person, typed);
  if (asked !== undefined) return sendPage(response, 200, asked);
  await provider.interactionFinished(request, response, { login: { accountId: person.subject } });
}

/** What a person is asked for besides the press, as a page; nothing where that is done, or nobody asked for more. */
async function secondFactor(
  factors: Factors,
  person: SamplePerson,
  typed: URLSearchParams,
): Promise<string | undefined> {
  const { secret: registered } = factors.of(person.subject);
  const code = typed.get('code');
  if (registered) {
    const isRight = code !== null && (await isCodeOf(registered, code));
    return isRight ? undefined : codePage(person, code !== null);
  }
  const offered = typed.get('secret');
  if (offered === null && registered === undefined && !typed.has('set-up')) return undefined;
  if (offered !== null && code !== null && (await isCodeOf(offered, code))) {
    await factors.register(person.subject, offered);
    return undefined;
  }
  const secret = offered ?? (await newSecret());
  return setUpPage(person, secret, await enrolmentAddress(secret, person.name), offered !== null);
}

function sendPage(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(page);
}
