import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PEOPLE } from '../../local/identity/people.ts';
import { type IdentityKeys, loadIdentityKeys } from '../../local/identity/provider.ts';
import { SAMPLE_EVENT } from '../../local/seed.ts';
import { type LocalSystem, startSystem } from '../../local/system.ts';
import { methodsOf, type Route, routeKey } from '../../shared/kernel/route.ts';
import { ROUTES } from '../../shared/routes.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { isVetted, mayPass, mayReadReports } from '../../shared/team/role/organiser-role.ts';
import { mayPropose } from '../../shared/team/role/vetting-rule.ts';
import { signIn } from '../support/sign-in.ts';

/*
 * The matrix of routes and roles, generated from the contract and asked of the running system. The guard stands before a
 * request is read, so that requests without a body and with names of nothing show who may pass: a member who may is told what is
 * wrong with the request, and nothing changes.
 */

/** Of the sample event. */
const LAST_DAY = '2027-11-03';

type OrganiserRoute = Extract<Route, { readonly auth: 'organiser' }>;
const ALL: readonly Route[] = Object.values<Route>(ROUTES);
const ORGANISER_CELLS = ALL.filter((route): route is OrganiserRoute => route.auth === 'organiser').flatMap((route) =>
  methodsOf(route).map((method) => [routeKey(route, method), method, route] as const),
);

let directory: string;
let system: LocalSystem;
let keys: IdentityKeys;
let tokens: ReadonlyMap<string, string>;
/** Made once: a key of 2,048 bits takes longer than all requests of a route. */
let forged: readonly string[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plenary-test-'));
  system = await startSystem({ quiet: true, directory });
  keys = await loadIdentityKeys(join(directory, 'identity.json'));
  const signedIn = PEOPLE.map(
    async ({ subject }): Promise<[string, string]> => [subject, (await signIn(system, subject)).access_token],
  );
  tokens = new Map(await Promise.all(signedIn));
  forged = await forgeries();
});

afterAll(async () => {
  await system?.stop();
  await rm(directory, { recursive: true, force: true });
});

const tokenOf = (subject: string): string => tokens.get(subject) ?? '';

async function statusOf(route: Route, method: string, authorization?: string, eventId = SAMPLE_EVENT): Promise<number> {
  const path = route.path.replace('{eventId}', eventId).replace(/\{\w+\}/g, 'nothing');
  const response = await fetch(system.siteUrl + path, { method, ...(authorization && { headers: { authorization } }) });
  await response.arrayBuffer();
  return response.status;
}

describe.each(ORGANISER_CELLS)('AU8: %s', (_, method, route) => {
  it.each(PEOPLE)('$name', async ({ subject, grants }) => {
    const status = await statusOf(route, method, `Bearer ${tokenOf(subject)}`);
    const isGranted = mayPass(grants, route);
    // Where children are concerned a role is not enough (CS13); whether someone was vetted is known once the request was read.
    const isHeld = isGranted && needsVetting(route) && !isVettedFor(route, grants);
    if (isHeld && route.body === undefined) expect(status).toBe(403);
    else if (isHeld) expect(status).toBeGreaterThanOrEqual(400);
    else if (isGranted) expect([401, 403]).not.toContain(status);
    else expect(status).toBe(403);
    expect(status).toBeLessThan(500);
  });

  it.each(PEOPLE)('$name, in another event', async ({ subject }) => {
    const status = await statusOf(route, method, `Bearer ${tokenOf(subject)}`, 'another-forum');
    if (route.ticks === 'signed-in') expect([401, 403]).not.toContain(status);
    else expect(status).toBe(403);
  });

  it('without a valid token', async () => {
    const invalid = [undefined, 'Bearer', 'Bearer nonsense', 'Basic b3JnYW5pc2VyOg==', ...forged];
    const answered = invalid.map(async (each) => [each, await statusOf(route, method, each)]);
    expect(await Promise.all(answered)).toEqual(invalid.map((each) => [each, 401]));
  });
});

it('AU8: a token of an organiser opens no registration', async () => {
  const others = ALL.filter(({ auth, bodyFormat }) => auth === 'registration' && bodyFormat === undefined);
  expect(others.length).toBeGreaterThan(0);
  for (const route of others) {
    for (const method of methodsOf(route)) {
      expect(await statusOf(route, method, `Bearer ${tokenOf('organiser')}`)).toBe(401);
    }
  }
});

it('AU6: a token as Cognito signs it, without audience, names its client', async () => {
  const [[, method, route] = []] = ORGANISER_CELLS;
  if (route === undefined || method === undefined) throw new Error('there is no organiser route');
  const { clientId, issuer } = system.identity;
  const cognito = { iss: issuer, sub: 'organiser', client_id: clientId, token_use: 'access', exp: soon() };
  expect(await statusOf(route, method, await bearer(cognito))).toBe(200);
  expect(await statusOf(route, method, await bearer({ ...cognito, client_id: 'another' }))).toBe(401);
});

function isVettedFor(route: OrganiserRoute, grants: readonly RoleGrant[]): boolean {
  const { ticks, deputies } = route;
  // CS25: an organiser proposes, whom a vetted member accepts.
  if (PROPOSED.includes(route)) return mayPropose({ grants }, LAST_DAY);
  return deputies ? mayReadReports(grants, LAST_DAY) : ticks !== 'signed-in' && isVetted(grants, ticks, LAST_DAY);
}

const PROPOSED: readonly Route[] = [ROUTES.vetChaperone, ROUTES.listDeviceProposals, ROUTES.decideDeviceProposal];

const needsVetting = ({ errors }: Route): boolean => errors.includes('not-vetted');

/** Tokens that name the organiser, each wrong in one way. */
async function forgeries(): Promise<string[]> {
  const { clientId, issuer } = system.identity;
  const right = { iss: issuer, sub: 'organiser', aud: clientId, client_id: clientId, exp: soon() };
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const stranger = { ...privateKey.export({ format: 'jwk' }), kid: keys.signing.kid };
  const [header, payload] = (await bearer(right)).replace('Bearer ', '').split('.');
  const unsigned = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  const { exp: _, ...everlasting } = right;
  return [
    await bearer(right, stranger),
    await bearer({ ...right, exp: soon() - 7200 }),
    await bearer({ ...right, nbf: soon() }),
    await bearer({ ...right, iss: 'https://elsewhere.test' }),
    await bearer({ ...right, aud: 'another-client' }),
    await bearer(everlasting),
    `Bearer ${unsigned}.${payload}.`,
    `Bearer ${header}.${payload}.${'A'.repeat(342)}`,
  ];
}

/** An hour from now, epoch seconds. */
const soon = (): number => Math.floor(Date.now() / 1000) + 3600;

async function bearer(claims: Record<string, string | number>, key: JsonWebKey = keys.signing): Promise<string> {
  const signing = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: keys.signing.kid });
  return `Bearer ${await signing.sign(await importJWK(key, 'RS256'))}`;
}
