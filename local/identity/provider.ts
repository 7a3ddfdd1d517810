import { generateKeyPairSync, type JsonWebKey, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Configuration, Provider } from 'oidc-provider';
import { writeAtomically } from '../atomic-file.ts';
import type { Factors } from './factors.ts';
import { signInProblemPage, signOutPage } from './pages.ts';
import { PEOPLE } from './people.ts';

interface ProviderOptions {
  /** `http://localhost:3002` */
  readonly issuer: string;
  readonly clientId: string;
  /** Where the console is: codes go nowhere else. */
  readonly consoleUrl: string;
  readonly keys: IdentityKeys;
  readonly factors: Pick<Factors, 'of'>;
}

/** Seconds, as deployed (`infra/stacks/identity.ts`). */
const ACCESS = 60 * 60;
const REFRESH = 10 * 60 * 60;
const SESSION = 60 * 60;

/** Path of the page where one chooses whom to be; the interaction's id follows. */
export const SIGN_IN = '/sign-in/';

/** An OpenID provider with the console as its one client, which signs access tokens as Cognito does. */
export async function makeProvider({
  issuer,
  clientId,
  consoleUrl,
  keys,
  factors,
}: ProviderOptions): Promise<Provider> {
  const configuration: Configuration = {
    clients: [
      {
        client_id: clientId,
        redirect_uris: [consoleUrl],
        post_logout_redirect_uris: [consoleUrl],
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [keys.signing] },
    cookies: { keys: [keys.cookies] },
    clientBasedCORS: () => true,
    pkce: { required: () => true },
    scopes: ['openid'],
    rotateRefreshToken: true,
    issueRefreshToken: async (_context, client) => client.grantTypeAllowed('refresh_token'),
    ttl: {
      AccessToken: ACCESS,
      IdToken: ACCESS,
      RefreshToken: REFRESH,
      Grant: REFRESH,
      Session: SESSION,
      Interaction: SESSION,
    },
    findAccount: async (_context, subject, token) => {
      const { signedOutAt = 0 } = factors.of(subject);
      // As Cognito does after a global sign-out: no refresh token from before it is taken.
      const isOver = token !== undefined && token.iat < signedOutAt;
      return !isOver && PEOPLE.some((person) => person.subject === subject)
        ? { accountId: subject, claims: async () => ({ sub: subject }) }
        : undefined;
    },
    renderError: async (context, { error, error_description }) => {
      context.type = 'html';
      context.body = signInProblemPage(error_description ?? error);
    },
    interactions: { url: (_context, { uid }) => SIGN_IN + uid },
    // A person who signs in here agrees: the one client is ours.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      revocation: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (context, form) => {
          context.body = signOutPage(form);
        },
      },
      // Without a resource, access tokens would be opaque.
      resourceIndicators: {
        enabled: true,
        defaultResource: async () => `${issuer}/api`,
        useGrantedResource: async () => true,
        getResourceServerInfo: async () => ({
          scope: '',
          audience: clientId,
          accessTokenFormat: 'jwt',
          accessTokenTTL: ACCESS,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  };
  return withoutWarnings(async () => {
    const { Provider } = await import('oidc-provider');
    return new Provider(issuer, configuration);
  });
}

/** The library warns of Node 20, on which it runs well, and of forgetting sessions on restart, as is meant here. */
async function withoutWarnings<T>(make: () => Promise<T>): Promise<T> {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return await make();
  } finally {
    console.warn = warn;
  }
}

/** What the provider signs tokens and its own cookies with. */
export interface IdentityKeys {
  /** RSA, private: the only kind of signature that API Gateway verifies. */
  readonly signing: JsonWebKey & { readonly kid: string };
  readonly cookies: string;
}

/** Reads the keys of this directory, made on first use, so that tokens stay valid after a restart. */
export async function loadIdentityKeys(file: string): Promise<IdentityKeys> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const made: IdentityKeys = {
    signing: { ...privateKey.export({ format: 'jwk' }), kid: randomBytes(8).toString('hex'), use: 'sig', alg: 'RS256' },
    cookies: randomBytes(32).toString('base64url'),
  };
  await writeAtomically(file, JSON.stringify(made));
  return made;
}
