import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it, vi } from 'vitest';
import type { realDeps as realOutbox } from '../../functions/outbox/index.ts';
import { readAhead } from '../../shared/mail/outbox/deliver.case.ts';
import type { OutboxMessage } from '../../shared/mail/outbox/message.schema.ts';
import { mailCapKey, outboxStore } from '../../shared/mail/outbox/outbox.store.ts';
import { toOutboxItem } from '../../shared/mail/outbox/outbox-items.store.ts';
import { mockedDynamo } from '../support/aws-errors.ts';

type Deps = ReturnType<typeof realOutbox>;

const message = (id: string): OutboxMessage => ({
  id,
  kind: 'confirmed',
  eventId: 'forum',
  reference: '0000000001',
  to: `${id}@example.org`,
  language: 'en',
  state: 'pending',
  createdAt: '2027-06-01T00:00:00.000Z',
  attempts: 0,
});

function outbox() {
  const { client, dynamo } = mockedDynamo();
  const system = { now: () => new Date(), random: () => new Uint8Array(16), backOff: async () => undefined };
  const secrets = { mac: async (_: string, text: string) => Buffer.from(text) };
  const deps = { secrets, outbox: outboxStore({ client, outbox: 'outbox', system }) } as unknown as Deps;
  return { dynamo, deps };
}
const recipient = (id: string): string => Buffer.from(`${id}@example.org`).toString('base64url');

it('what DynamoDB put off is left to be read alone, and what is not there is not taken for it', async () => {
  const { dynamo, deps } = outbox();
  dynamo
    .on(BatchGetCommand)
    .resolvesOnce({
      Responses: { outbox: [toOutboxItem(message('one')), toOutboxItem(message('two'))] },
      UnprocessedKeys: { outbox: { Keys: [{ id: 'three' }] } },
    })
    .resolvesOnce({ Responses: { outbox: [] }, UnprocessedKeys: { outbox: { Keys: [mailCapKey(recipient('two'))] } } });
  const ahead = await readAhead(deps, ['one', 'two', 'three', 'gone']);
  expect([...ahead.keys()]).toEqual(['one', 'two']);
  expect(ahead.get('one')?.cap).toEqual({ claims: [], turns: [], revision: 0 });
  expect(ahead.get('two')?.cap).toBeUndefined();
});

it('where they cannot be read together, each is read alone', async () => {
  const { dynamo, deps } = outbox();
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  dynamo.on(BatchGetCommand).rejects(new Error('throttled'));
  expect((await readAhead(deps, ['one', 'two'])).size).toBe(0);
  expect(log).toHaveBeenCalledOnce();
  vi.restoreAllMocks();
});
