import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  AdminDeleteSoftwareTokenCommand,
  AdminDeleteUserCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import { PEOPLE } from '../../local/identity/people.ts';
import { startIdentity } from '../../local/identity.ts';
import { SAMPLE_EVENT } from '../../local/seed.ts';
import { type LocalSystem, startSystem } from '../../local/system.ts';
import { ENVIRONMENT } from '../../shared/kernel/env.ts';
import { grantsShown } from '../../shared/team/role/organiser-role.ts';
import { signIn } from '../support/sign-in.ts';

let system: LocalSystem;

beforeAll(async () => {
  system = await startSystem({ quiet: true });
});

afterAll(() => system.stop());

const me = async (token: string) => {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${system.siteUrl}/api/organiser/events/${SAMPLE_EVENT}/me`, { headers })).json();
};

it.each(PEOPLE)(
  'AU6: one press signs in as $name, with their roles in the sample event',
  async ({ subject, grants }) => {
    const { access_token } = await signIn(system, subject);
    const { eventId, grants: shown } = await me(access_token);
    expect({ eventId, grants: grantsShown(shown) }).toEqual({ eventId: SAMPLE_EVENT, grants });
  },
);

it('tells the console how to sign in', async () => {
  expect(await (await fetch(`${system.siteUrl}/api/console-config`)).json()).toEqual({
    ...system.identity,
    scope: 'openid',
  });
});

it('AU6: rotates refresh tokens; one that is used twice ends the session', async () => {
  const { refresh_token } = await signIn(system, 'organiser');
  const refresh = async (token: string) =>
    fetch(`${system.identity.issuer}/token`, {
      method: 'POST',
      headers: { origin: system.siteUrl },
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: system.identity.clientId,
        refresh_token: token,
      }),
    });
  const first = await refresh(refresh_token);
  expect(first.headers.get('access-control-allow-origin')).toBe(system.siteUrl);
  const rotated = (await first.json()) as { access_token: string; refresh_token: string };
  expect(await me(rotated.access_token)).toMatchObject({ grants: [{ role: 'organiser' }] });
  expect((await refresh(refresh_token)).status).toBe(400);
  expect((await refresh(rotated.refresh_token)).status).toBe(400);
});

it('CS25: is administered as a Cognito user pool, of which three calls are there; signing out ends what began before', async () => {
  vi.stubEnv(
    'AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER',
    system.environment['AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER'],
  );
  const client = new CognitoIdentityProviderClient(LOCAL_AWS);
  const UserPoolId = system.environment[ENVIRONMENT.userPool];
  const care = { UserPoolId, Username: 'care' };
  const found = await client.send(new ListUsersCommand({ UserPoolId, Filter: 'email = "care@example.org"' }));
  expect(found.Users?.map(({ Username, Attributes }) => [Username, Attributes])).toEqual([
    [
      'care',
      [
        { Name: 'sub', Value: 'care' },
        { Name: 'email', Value: 'care@example.org' },
      ],
    ],
  ]);
  // A member who set up no authenticator app has none to lose.
  const remove = (input: typeof care) => client.send(new AdminDeleteSoftwareTokenCommand(input));
  await expect(remove(care)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(remove({ ...care, Username: 'nobody-here' })).rejects.toMatchObject({ name: 'UserNotFoundException' });
  await expect(remove({ ...care, UserPoolId: 'another_pool' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(client.send(new AdminDeleteUserCommand(care))).rejects.toMatchObject({
    name: 'UnknownOperationException',
  });

  const refreshed = async (refresh_token: string): Promise<number> => {
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: system.identity.clientId,
      refresh_token,
    });
    return (await fetch(`${system.identity.issuer}/token`, { method: 'POST', body })).status;
  };
  const [theirs, another] = await Promise.all([signIn(system, 'care'), signIn(system, 'deputy')]);
  // Tokens are dated in seconds.
  await setTimeout(1100);
  await client.send(new AdminUserGlobalSignOutCommand(care));
  expect(await refreshed(theirs.refresh_token)).toBe(400);
  expect(await refreshed(another.refresh_token)).toBe(200);
  expect(await me((await signIn(system, 'care')).access_token)).toMatchObject({ grants: [{ role: 'care' }] });
  client.destroy();
});

it('AU6: gives no code without PKCE, and none to another address', async () => {
  const ask = (changes: Record<string, string>) => {
    const parameters = new URLSearchParams({
      client_id: system.identity.clientId,
      redirect_uri: `${system.siteUrl}/console/`,
      response_type: 'code',
      scope: 'openid',
      ...changes,
    });
    return fetch(`${system.identity.issuer}/auth?${parameters}`, { redirect: 'manual' });
  };
  expect((await ask({})).headers.get('location')).toContain('error=invalid_request');
  const elsewhere = await ask({ redirect_uri: 'https://elsewhere.test/', code_challenge: 'x'.repeat(43) });
  expect([elsewhere.status, elsewhere.headers.get('location')]).toEqual([400, null]);
});

it('says that a page which was left open too long is out of date', async () => {
  const stale = await fetch(`${system.identity.issuer}/sign-in/gone`);
  expect([stale.status, await stale.text()]).toEqual([400, expect.stringContaining('out of date')]);
});

it('signs with the same key after a restart, so that tokens stay valid', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'plenary-test-'));
  const publicKeys = async (): Promise<unknown> => {
    const identity = await startIdentity({ directory, consoleUrl: 'http://localhost:3000/console/' });
    const keys = await (await fetch(`${identity.issuer}/jwks`)).json();
    await identity.stop();
    return keys;
  };
  const before = await publicKeys();
  expect(before).toMatchObject({ keys: [{ kty: 'RSA', alg: 'RS256' }] });
  expect(await publicKeys()).toEqual(before);
  expect(JSON.stringify(before)).not.toContain('"d"');
  await rm(directory, { recursive: true });
});
