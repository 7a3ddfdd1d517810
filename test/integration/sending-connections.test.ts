import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { SESClient } from '@aws-sdk/client-ses';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { realDeps as realOutbox } from '../../functions/outbox/index.ts';
import { deliverPaced } from '../../shared/mail/outbox/deliver.case.ts';
import { sesConnections, sesMailer } from '../../shared/mail/outbox/mailer.case.ts';
import { type Parts, startParts } from '../support/parts.ts';

type Deps = ReturnType<typeof realOutbox>;

const used = new Map<Socket, string>();
let parts: Parts;
let ses: Server;
let deps: Deps;

beforeAll(async () => {
  parts = await startParts();
  ses = await closingIdle();
  process.env['AWS_ENDPOINT_URL_SES'] = `http://127.0.0.1:${(ses.address() as AddressInfo).port}`;
  deps = (await import('../../functions/outbox/index.ts')).realDeps();
});
afterAll(async () => {
  ses?.close();
  await parts?.stop();
});

const ACCEPTED = `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/">
  <SendRawEmailResult><MessageId>accepted</MessageId></SendRawEmailResult></SendRawEmailResponse>`;

let batch = '';

/** SES, as it closes a connection that was idle from one batch to the next: in the moment in which it is used again. */
async function closingIdle(): Promise<Server> {
  const server = createServer((request, response) => {
    const usedIn = used.get(request.socket);
    if (usedIn !== undefined && usedIn !== batch) return void request.socket.destroy();
    used.set(request.socket, batch);
    request.resume().on('end', () => response.writeHead(200, { 'content-type': 'text/xml' }).end(ACCEPTED));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function send(name: string): Promise<void> {
  const mail = { raw: Buffer.from('Subject: Connection'), to: `${name}@example.org`, outboxId: name };
  expect(await deps.mailer.send(mail)).toEqual({ kind: 'accepted', messageId: 'accepted' });
}

async function endBatch(): Promise<void> {
  const pace = { take: async () => ({ startAt: 0, every: 0, mails: 0 }) };
  await deliverPaced({ ...deps, pace }, [], 'now');
}

it('sends a batch on one connection, and the next one at once where SES closed it meanwhile', async () => {
  for (batch of ['morning', 'noon', 'evening']) {
    for (const name of ['first', 'second', 'third']) await send(`${name}-${batch}`);
    await endBatch();
  }
  expect([...used.values()]).toEqual(['morning', 'noon', 'evening']);
});

it('leaves alone a connection that another batch uses just now', async () => {
  batch = 'night';
  const arrived = once(ses, 'request');
  const sending = send('first-night');
  await arrived;
  await endBatch();
  await sending;
});

it('waits no longer than it may for an SES that says nothing', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const client = new SESClient({ endpoint, maxAttempts: 1, requestHandler: sesConnections(200).requestHandler });
  const sending = sesMailer(client, 'plenary', 'forum@example.org').send({
    raw: Buffer.from('Subject: Silence'),
    to: 'ann@example.org',
    outboxId: 'silent',
  });
  await expect(sending).rejects.toMatchObject({ name: 'TimeoutError' });
  silent.closeAllConnections();
  silent.close();
});
