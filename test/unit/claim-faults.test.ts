import { TransactionInProgressException } from '@aws-sdk/client-dynamodb';
import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import type { realDeps as realOutbox } from '../../functions/outbox/index.ts';
import { BusyError } from '../../shared/kernel/errors.ts';
import { claim } from '../../shared/mail/outbox/deliver.case.ts';
import type { OutboxMessage } from '../../shared/mail/outbox/message.schema.ts';
import { outboxStore } from '../../shared/mail/outbox/outbox.store.ts';
import { toOutboxItem } from '../../shared/mail/outbox/outbox-items.store.ts';
import { cancelled, mockedDynamo, refused } from '../support/aws-errors.ts';

type Deps = ReturnType<typeof realOutbox>;

const NOW = new Date('2027-06-01T00:00:00.000Z');
const MESSAGE: OutboxMessage = {
  id: 'message',
  kind: 'confirmed',
  eventId: 'forum',
  reference: '0000000001',
  to: 'someone@example.org',
  language: 'en',
  state: 'pending',
  createdAt: NOW.toISOString(),
  attempts: 0,
};
const WRITE = async () => ({ raw: 'mail', to: 'someone@example.org' });
/** Another mail to the same person was claimed since the cap was read: it is what each claim of a mail writes. */
const CAP_CHANGED = cancelled(undefined, 'ConditionalCheckFailed');

function outbox(...answers: readonly (Error | 'written')[]) {
  const { client, dynamo } = mockedDynamo();
  dynamo.on(GetCommand).resolves({});
  dynamo.on(GetCommand, { Key: { id: MESSAGE.id } }).resolves({ Item: toOutboxItem(MESSAGE) });
  let writes = 0;
  dynamo.on(TransactWriteCommand).callsFake(() => {
    const answer = answers[Math.min(writes, answers.length - 1)];
    writes += 1;
    if (answer instanceof Error) throw answer;
    return {};
  });
  const waits: number[] = [];
  const system = {
    now: () => NOW,
    random: (bytes: number) => new Uint8Array(bytes).fill(writes),
    backOff: async (attempt: number) => void waits.push(attempt),
  };
  const secrets = { mac: async () => Buffer.from('someone') };
  const deps = { system, secrets, outbox: outboxStore({ client, outbox: 'outbox', system }) } as unknown as Deps;
  const tokens = () =>
    dynamo.commandCalls(TransactWriteCommand).map(({ args: [{ input }] }) => input.ClientRequestToken);
  return { deps, waits, tokens };
}

it('AB2: a mail is claimed once its recipient’s other mails let go of the cap, by another transaction each time', async () => {
  const { deps, waits, tokens } = outbox(CAP_CHANGED, CAP_CHANGED, 'written');
  expect(await claim(deps, MESSAGE.id, WRITE)).toMatchObject({
    message: { id: MESSAGE.id, state: 'claimed', attempts: 1 },
  });
  expect(waits).toEqual([1, 2]);
  expect(new Set(tokens()).size).toBe(3);
});

it('is not claimed, and so not sent, where they never do', async () => {
  const { deps, waits, tokens } = outbox(CAP_CHANGED);
  await expect(claim(deps, MESSAGE.id, WRITE)).rejects.toThrow(BusyError);
  expect(tokens()).toHaveLength(8);
  expect(waits).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

it('is claimed by whoever’s claim is still being written, and not left to whoever looks after its lease', async () => {
  const inProgress = new TransactionInProgressException({ message: 'in progress', $metadata: {} });
  const { deps, tokens } = outbox(inProgress, 'written');
  expect(await claim(deps, MESSAGE.id, WRITE)).toMatchObject({ message: { state: 'claimed', attempts: 1 } });
  expect(new Set(tokens()).size).toBe(1);
});

it('is not claimed where the database takes nothing', async () => {
  const { deps, tokens } = outbox(refused('ProvisionedThroughputExceededException'));
  await expect(claim(deps, MESSAGE.id, WRITE)).rejects.toThrow('ProvisionedThroughputExceededException');
  expect(tokens()).toHaveLength(1);
});
