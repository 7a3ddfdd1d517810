import { createPublicKey, verify } from 'node:crypto';
import { KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ENVIRONMENT } from '../../shared/kernel/env.ts';
import { manageToken } from '../../shared/registration/link/manage-link.store.ts';
import { decodeBase45 } from '../../shared/ticket/ticket.ts';
import { call } from '../support/call.ts';
import { openDelegation, person } from '../support/delegation.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { readRegistry } from '../support/registry.ts';

const FORMER = 'A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg';
let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
  process.env[ENVIRONMENT.formerTicketKeys] = JSON.stringify([FORMER]);
});
afterAll(() => parts?.stop());

it('anybody finds the keys of today and of former tickets, which no cache keeps, and verifies a ticket with them', async () => {
  const { statusCode, headers, body = '' } = await call('getTicketKeys');
  expect([statusCode, headers?.['cache-control']]).toEqual([200, 'no-store']);
  const { keys } = JSON.parse(body);
  expect(keys).toHaveLength(2);
  expect(keys[1]).toEqual({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid: '56475aa7', x: FORMER });

  const event = await openDelegation(parts, 'keys');
  await event.register('comer@example.org', { fullName: 'Sample Comer' });
  const [registration] = (await readRegistry(parts, 'keys')).registrations;
  if (registration === undefined) throw new Error('nobody registered');
  const authorization = `Bearer ${await manageToken(registration, event.deps.secrets)}`;
  const { ticket } = JSON.parse((await call('getRegistration', { headers: { authorization } })).body ?? '');
  const bytes = Buffer.from(decodeBase45(ticket.code.slice('PLN1:'.length)) ?? []);
  const key = keys.find(({ kid }: { kid: string }) => kid === bytes.toString('hex', 1, 5));
  expect(key).toBe(keys[0]);
  const publicKey = createPublicKey({ key, format: 'jwk' });
  expect(verify(null, bytes.subarray(0, 30), publicKey, bytes.subarray(30))).toBe(true);
});

it('KMS, whose signatures all tickets and mails share, signs none again for pages that are opened again and again', async () => {
  const event = await openDelegation(parts, 'again', {
    categories: forum().categories.map(({ id, title }) => ({ id, title })),
  });
  await event.add([person(1), person(2), person(3)]);
  await event.register('holder@example.org');
  const all = (await readRegistry(parts, 'again')).registrations;
  const holder = all.find(({ email }) => email === 'holder@example.org');
  if (holder === undefined) throw new Error('nobody registered');
  const asked = vi.spyOn(KMSClient.prototype, 'send');
  const look = async () => {
    asked.mockClear();
    const token = await manageToken(holder, event.deps.secrets);
    await call('showRegistration', { params: { token } });
    const { body = '' } = await call('showTickets', { params: { token: await event.token() } });
    expect(body.match(/<svg/g)).toHaveLength(3);
    return asked.mock.calls.filter(([command]) => command instanceof SignCommand).length;
  };
  expect([await look(), await look()]).toEqual([4, 0]);
});
