import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Deps } from '../../functions/outbox/deps.ts';
import { type Parts, startParts } from '../support/parts.ts';

let parts: Parts;
let ses: Server;
let deps: Deps;

beforeAll(async () => {
  parts = await startParts();
  ses = await closingIdle();
  process.env['AWS_ENDPOINT_URL_SES'] = `http://127.0.0.1:${(ses.address() as AddressInfo).port}`;
  deps = (await import('../../functions/outbox/deps.ts')).realDeps();
});
afterAll(async () => {
  ses?.close();
  await parts?.stop();
});

const ACCEPTED = `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/">
  <SendRawEmailResult><MessageId>accepted</MessageId></SendRawEmailResult></SendRawEmailResponse>`;

/** SES, as it closes a connection that was idle: in the moment in which it is used again. */
async function closingIdle(): Promise<Server> {
  const used = new WeakSet<Socket>();
  const server = createServer((request, response) => {
    if (used.has(request.socket)) return void request.socket.destroy();
    used.add(request.socket);
    request.resume().on('end', () => response.writeHead(200, { 'content-type': 'text/xml' }).end(ACCEPTED));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

it('sends the next mail at once, where SES closes a connection that was idle', async () => {
  for (const name of ['first', 'second', 'third']) {
    const mail = { raw: Buffer.from('Subject: Connection'), to: `${name}@example.org`, outboxId: name };
    expect(await deps.mailer.send(mail)).toEqual({ kind: 'accepted', messageId: 'accepted' });
  }
});
