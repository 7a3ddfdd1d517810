import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Provider } from 'oidc-provider';
import { readBody } from './http/body.ts';
import { listen } from './http/server.ts';
import { loadIdentityKeys } from './identity/keys.ts';
import { signInPage, startAgainPage } from './identity/pages.ts';
import { PEOPLE } from './identity/people.ts';
import { makeProvider, SIGN_IN } from './identity/provider.ts';

export interface IdentityOptions {
  readonly directory: string;
  /** Any free one when absent. */
  readonly port?: number;
  /** Where the console is: signing in leads back there. */
  readonly consoleUrl: string;
}

export interface Identity {
  readonly issuer: string;
  readonly clientId: string;
  stop(): Promise<void>;
}

/** The console's, as good as any. */
const CLIENT_ID = 'console';
/** Bytes of a press. */
const BODY_LIMIT = 1024;

/**
 * Where organisers sign in: an OpenID provider with a few made-up people, one press each. Its keys stay in
 * `identity.json` in the directory, so that tokens remain valid after a restart.
 *
 * @throws the system's error when the port is taken
 */
export async function startIdentity({ directory, port = 0, consoleUrl }: IdentityOptions): Promise<Identity> {
  const keys = await loadIdentityKeys(join(directory, 'identity.json'));
  let handle = (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(503).end();
  };
  const server = await listen((request, response) => handle(request, response), port);
  const issuer = `http://localhost:${server.port}`;
  const provider = await makeProvider({ issuer, clientId: CLIENT_ID, consoleUrl, keys });
  const others = provider.callback();
  handle = (request, response) => {
    const handled = request.url?.startsWith(SIGN_IN)
      ? signIn(provider, request, response)
      : Promise.resolve(others(request, response));
    handled.catch(() => sendPage(response, 400, startAgainPage(consoleUrl)));
  };
  return { issuer, clientId: CLIENT_ID, stop: server.stop };
}

/** @throws the provider's error where there is nothing to sign in to */
async function signIn(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  await provider.interactionDetails(request, response);
  if (request.method !== 'POST') return sendPage(response, 200, signInPage(PEOPLE));
  const subject = new URLSearchParams((await readBody(request, BODY_LIMIT)).toString()).get('person');
  const person = PEOPLE.find((each) => each.subject === subject);
  if (person === undefined) return sendPage(response, 400, signInPage(PEOPLE));
  await provider.interactionFinished(request, response, { login: { accountId: person.subject } });
}

function sendPage(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(page);
}
