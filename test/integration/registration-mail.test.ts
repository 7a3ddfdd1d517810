import { afterAll, beforeAll, expect, it } from 'vitest';
import { SAMPLE_EVENT } from '../../local/seed.ts';
import { type LocalSystem, startSystem } from '../../local/system.ts';
import { WHY_HEADER } from '../../shared/kernel/why.ts';
import { proveAddress } from '../e2e/guardian.ts';
import { mailTo, manageLinkIn } from '../e2e/inbox.ts';
import { submission } from '../support/forum.ts';
import { signIn } from '../support/sign-in.ts';
import { youngSubmission } from '../support/young.ts';

/*
 * The running system, mail and its events included: addresses of SES's mailbox simulator do what their names say.
 */
let system: LocalSystem;
const tokens = new Map<string, string>();
beforeAll(async () => {
  system = await startSystem({ quiet: true });
  for (const person of ['organiser', 'vetted-organiser', 'focal-point-cambodia', 'safeguarding'])
    tokens.set(person, (await signIn(system, person)).access_token);
});
afterAll(() => system?.stop());

const [BOUNCES, COMPLAINS, SUPPRESSED, ARRIVES] = [
  'bounce+log@simulator.amazonses.com',
  'complaint@simulator.amazonses.com',
  'suppressionlist@simulator.amazonses.com',
  'arrives@example.org',
] as const;

async function register(sent: Record<string, unknown>): Promise<void> {
  const { status } = await fetch(`${system.siteUrl}/api/events/${SAMPLE_EVENT}/registrations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(sent),
  });
  expect(status).toBe(202);
}

async function ask(person: string, path: string, method = 'GET', sent?: object) {
  const url = `${system.siteUrl}/api/organiser/events/${SAMPLE_EVENT}${path}`;
  const headers = {
    authorization: `Bearer ${tokens.get(person)}`,
    [WHY_HEADER]: 'a%20test',
    ...(sent && { 'content-type': 'application/json' }),
  };
  const response = await fetch(url, { method, headers, ...(sent && { body: JSON.stringify(sent) }) });
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) };
}

const askAbout = (person: string, path: string, method = 'GET') => ask(person, `/registrations${path}`, method);

async function referenceOf(email: string): Promise<string> {
  const { body } = await ask('organiser', '/people/by-address', 'POST', { email });
  return body.reference;
}

interface Mail {
  readonly kind: string;
  readonly to: string;
  readonly state: string;
  readonly fate?: { readonly what: string; readonly code?: string };
}

async function mailOf(reference: string, person = 'organiser'): Promise<readonly Mail[]> {
  const { status, text, body } = await askAbout(person, `/${reference}/mail`);
  expect(status).toBe(200);
  expect(text).not.toContain('@');
  return body.messages;
}

/** Once it is known what became of each. */
async function fatesOf(reference: string, person?: string): Promise<readonly string[]> {
  let mails: readonly Mail[] = [];
  const known = async () => {
    mails = await mailOf(reference, person);
    return mails.length > 0 && mails.every(({ fate }) => fate !== undefined);
  };
  await expect.poll(known, { interval: 200 }).toBe(true);
  return mails.map(({ kind, to, state, fate }) => [kind, to, state, fate?.what, fate?.code].filter(Boolean).join(' '));
}

it('says of each mail what became of it, and why', async () => {
  const fates = {
    [BOUNCES]: 'no-mailbox 5.1.1',
    [SUPPRESSED]: 'suppressed 5.1.1',
    [ARRIVES]: 'delivered',
  };
  for (const email of Object.keys(fates)) await register(submission({ email }));
  for (const [email, fate] of Object.entries(fates))
    expect(await fatesOf(await referenceOf(email)), email).toEqual([`confirmed holder sent ${fate}`]);
});

it('says that a mail which had arrived was called unwanted', async () => {
  await register(submission({ email: COMPLAINS }));
  const reference = await referenceOf(COMPLAINS);
  await expect.poll(() => fatesOf(reference), { interval: 200 }).toEqual(['confirmed holder sent complained']);
});

it('sends it again, once in half an hour, and lists both, newest first', async () => {
  const reference = await referenceOf(ARRIVES);
  const again = await askAbout('organiser', `/${reference}/mail`, 'POST');
  expect([again.status, again.body]).toEqual([200, { mailed: true }]);
  await expect.poll(async () => (await mailOf(reference)).length, { interval: 200 }).toBe(2);
  expect(await fatesOf(reference)).toEqual(['confirmed holder sent delivered', 'confirmed holder sent delivered']);
  expect((await askAbout('organiser', `/${reference}/mail`, 'POST')).body).toEqual({ mailed: false });
  expect(await mailOf(reference)).toHaveLength(2);
});

it('tells a focal point of their own people only, and sends nothing for others', async () => {
  const reference = await referenceOf(ARRIVES);
  expect((await askAbout('focal-point-cambodia', `/${reference}/mail`)).status).toBe(404);
  expect((await askAbout('focal-point-cambodia', `/${reference}/mail`, 'POST')).status).toBe(404);
  const own = 'own@example.org';
  await register(submission({ email: own, country: 'KH' }));
  expect(await fatesOf(await referenceOf(own), 'focal-point-cambodia')).toEqual(['confirmed holder sent delivered']);
});

it('tells of someone under 18, and of mail to their guardian, whoever was vetted', async () => {
  const email = 'young@example.org';
  const guardian = { name: 'Vanna Sample', email: 'bounce+guardian@simulator.amazonses.com', language: 'en' };
  await register(youngSubmission({ email, guardian }));
  await proveAddress(manageLinkIn(await mailTo(system, email)));
  const { minors } = (await ask('vetted-organiser', '/minors')).body;
  const [{ reference }] = minors;
  expect((await askAbout('organiser', `/${reference}/mail`)).status).toBe(404);
  await expect
    .poll(
      () => mailOf(reference, 'safeguarding').then((mails) => mails.map(({ kind, to }) => `${kind} ${to}`).sort()),
      {
        interval: 200,
      },
    )
    .toEqual(['guardian-request guardian', 'guardian-unreachable holder', 'pending-guardian holder']);
  expect(await fatesOf(reference, 'vetted-organiser')).toContain('guardian-request guardian sent no-mailbox 5.1.1');
});
