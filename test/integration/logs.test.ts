import { DynamoDBDocumentClient, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { call, postJson } from '../support/call.ts';
import { forum, submission } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { outboxInserts } from '../support/stream.ts';

let parts: Parts;
let outbox: (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

const params = { eventId: 'asean-ict-forum' };
const CANARIES = ['canary@example.org', 'Canary Sample', 'Canary Ministry'];

beforeAll(async () => {
  parts = await startParts();
  await parts.publish(forum());
  ({ handler: outbox } = await import('../../functions/outbox/index.ts'));
});
afterAll(() => parts?.stop());

it('AU1: what functions log, also of failures, holds no link, address or name', async () => {
  const lines: string[] = [];
  for (const method of ['log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((...said) => void lines.push(said.join(' ')));
  }
  const [email, fullName, organisation] = CANARIES;
  const register = () =>
    call('submitRegistration', { params, ...postJson(submission({ email, fullName, organisation })) });
  expect((await register()).statusCode).toBe(202);
  await outbox(await outboxInserts(parts));
  // As it is written where it is deployed: what it costs to log a registration and its mail.
  const bytes = lines.map((line) => `${JSON.stringify(JSON.parse(line))}\n`).join('').length;
  expect(lines).toHaveLength(2);
  expect(bytes).toBeLessThan(450);
  const mails = (await (await fetch(`${parts.mailbox.url}/messages?to=${email}`)).json()) as { text: string }[];
  const token = /\/m\/([\w.-]+)/.exec(mails[0]?.text ?? '')?.[1] ?? '';
  await spoilRegistrations();
  const failed = await call('showRegistration', { params: { token } });
  expect(failed.statusCode).toBe(500);
  for (const canary of [...CANARIES, token.slice(token.lastIndexOf('.') + 1)])
    expect(failed.body).not.toContain(canary);
  const said = lines.join('\n');
  const [error = ''] = lines.filter((line) => line.includes('"level": "ERROR"'));
  expect(JSON.parse(error)).toMatchObject({ level: 'ERROR', routeKey: 'GET /m/{token}', fields: ['mode'] });
  for (const canary of [...CANARIES, token.slice(token.lastIndexOf('.') + 1)]) expect(said).not.toContain(canary);
  vi.restoreAllMocks();
});

/** Leaves registrations that no schema accepts, with a name in the field at fault. */
async function spoilRegistrations(): Promise<void> {
  const client = DynamoDBDocumentClient.from(parts.database.client);
  const TableName = parts.database.tables.registry;
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  for (const { pk, sk } of Items.filter((item) => String(item['pk']).startsWith('REGISTRATION#'))) {
    await client.send(
      new UpdateCommand({
        TableName,
        Key: { pk, sk },
        UpdateExpression: 'SET #mode = :name',
        ExpressionAttributeNames: { '#mode': 'mode' },
        ExpressionAttributeValues: { ':name': CANARIES[1] },
      }),
    );
  }
}
