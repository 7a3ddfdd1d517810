import { TransactionInProgressException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { transact, writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { BusyError } from '../../shared/kernel/errors.ts';
import { cancelled, mockedDynamo, refused } from '../support/aws-errors.ts';

const ITEMS = ['a', 'b', 'c'].map((pk) => ({ Put: { TableName: 'registry', Item: { pk } } }));
const CONFLICT = cancelled(undefined, 'TransactionConflict', undefined);
const inProgress = () => new TransactionInProgressException({ message: 'in progress', $metadata: {} });

/** A clock that goes on only while someone waits, and notes for which try. */
function waitingFor(milliseconds: number) {
  let at = 0;
  let made = 0;
  const waits: number[] = [];
  return {
    waits,
    now: () => new Date(at),
    random: (bytes: number) => {
      made += 1;
      return new Uint8Array(bytes).fill(made);
    },
    backOff: async (attempt: number) => {
      waits.push(attempt);
      at += milliseconds;
    },
  };
}

/** The emulator never refuses a write for a rival's sake. */
function mocked(...answers: readonly (Error | 'written')[]) {
  const { client, dynamo } = mockedDynamo();
  const last = answers.at(-1);
  const writes = dynamo.on(TransactWriteCommand);
  if (last instanceof Error) writes.rejects(last);
  else writes.resolves({});
  for (const answer of answers.slice(0, -1)) {
    if (answer instanceof Error) writes.rejectsOnce(answer);
    else writes.resolvesOnce({});
  }
  const sent = () => dynamo.commandCalls(TransactWriteCommand).map(({ args: [{ input }] }) => input);
  return { client, sent, tokens: () => sent().map(({ ClientRequestToken }) => ClientRequestToken) };
}

describe('RE7: a transaction among rivals', () => {
  it('is tried until they let go, each time after a longer wait', async () => {
    const { client, sent } = mocked(...Array(20).fill(CONFLICT), 'written');
    const system = waitingFor(100);
    expect(await transact(client, ITEMS, system)).toEqual([]);
    expect(sent()).toHaveLength(21);
    expect(sent().every(({ TransactItems }) => TransactItems?.length === ITEMS.length)).toBe(true);
    expect(system.waits).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('is given up while there is time to say so, however long each try takes', async () => {
    const { client, sent } = mocked(CONFLICT);
    const system = waitingFor(1_500);
    await expect(transact(client, ITEMS, system)).rejects.toThrow(BusyError);
    expect(sent()).toHaveLength(3);
    expect(system.now().getTime()).toBeLessThan(10_000);
  });

  it('is given up after so many tries, however quick they are', async () => {
    const { client, sent } = mocked(CONFLICT);
    await expect(transact(client, ITEMS, waitingFor(0))).rejects.toThrow(BusyError);
    expect(sent()).toHaveLength(24);
  });

  it('is not tried again where it is seen after the wait that it would be refused', async () => {
    const { client, sent } = mocked(CONFLICT, CONFLICT, 'written');
    const system = waitingFor(10);
    const gone = [{ position: 2, old: { open: 0 } }];
    let looks = 0;
    const foresee = async () => {
      looks += 1;
      return looks === 2 ? gone : [];
    };
    expect(await transact(client, ITEMS, system, foresee)).toEqual(gone);
    expect([sent().length, system.waits]).toEqual([2, [1, 2]]);
  });

  it('is asked for again, whatever is seen, while it may still be written', async () => {
    const { client, sent } = mocked(inProgress(), 'written');
    const foresee = async () => [{ position: 0, old: undefined }];
    expect(await transact(client, ITEMS, waitingFor(1), foresee)).toEqual([]);
    expect(sent()).toHaveLength(2);
  });

  it.each(['ThrottlingError', 'ProvisionedThroughputExceeded'])(
    'is tried again where it was cancelled for %s',
    async (code) => {
      const { client, sent } = mocked(cancelled(code, undefined, 'TransactionConflict'), 'written');
      expect(await transact(client, ITEMS, waitingFor(1))).toEqual([]);
      expect(sent()).toHaveLength(2);
    },
  );
});

describe('conditions that failed', () => {
  const stands = { pk: 'c', taken: 3 };

  it('are told by their places with the items as they stand, and not tried again, whatever rivals did to the others', async () => {
    for (const reasons of [
      [{ stands: { pk: 'a' } }, 'TransactionConflict', { stands }],
      ['TransactionConflict', 'ConditionalCheckFailed', { stands }],
      [undefined, 'ThrottlingError', { stands }],
    ] as const) {
      const { client, sent } = mocked(cancelled(...reasons));
      const refusals = await transact(client, ITEMS, waitingFor(1));
      expect(refusals.at(-1)).toEqual({ position: 2, old: stands });
      expect(refusals.map(({ position }) => position)).toEqual(
        reasons.flatMap((reason, position) =>
          typeof reason === 'object' || reason === 'ConditionalCheckFailed' ? [position] : [],
        ),
      );
      expect(sent()).toHaveLength(1);
    }
  });

  it('are an error where none was to fail', async () => {
    const { client } = mocked(cancelled({ stands }, undefined, undefined));
    await expect(writeAll(client, ITEMS, waitingFor(1))).rejects.toThrow('is there already');
  });
});

describe('what is no rival’s doing', () => {
  it.each(['ItemCollectionSizeLimitExceeded', 'ValidationError'])('%s of an item is not tried again', async (code) => {
    const error = cancelled(undefined, code, undefined);
    const { client, sent } = mocked(error);
    await expect(transact(client, ITEMS, waitingFor(1))).rejects.toBe(error);
    expect(sent()).toHaveLength(1);
  });

  it.each([
    'InternalServerError',
    'ProvisionedThroughputExceededException',
    'ThrottlingException',
    'RequestLimitExceeded',
    'IdempotentParameterMismatchException',
    'ResourceNotFoundException',
  ])('%s of the whole call comes after the SDK’s own tries, and is no condition that failed', async (name) => {
    const error = refused(name);
    const { client, sent } = mocked(error);
    await expect(transact(client, ITEMS, waitingFor(1))).rejects.toBe(error);
    expect(sent()).toHaveLength(1);
  });
});

describe('a lost answer', () => {
  it('to what is still in progress is asked for by the same token: the write may yet be done, and is not done twice', async () => {
    const { client, tokens } = mocked(inProgress(), inProgress(), 'written');
    expect(await transact(client, ITEMS, waitingFor(1))).toEqual([]);
    expect(tokens()).toHaveLength(3);
    expect(new Set(tokens()).size).toBe(1);
    expect(tokens()[0]).toMatch(/^[\w-]{22}$/);
  });

  it('is another transaction’s after one that was cancelled, and two calls have none in common', async () => {
    const system = waitingFor(1);
    const first = mocked(CONFLICT, inProgress(), 'written');
    await transact(first.client, ITEMS, system);
    const [cancelledToken, ...later] = first.tokens();
    expect(new Set(later).size).toBe(1);
    expect(later).not.toContain(cancelledToken);
    const second = mocked('written');
    await transact(second.client, ITEMS, system);
    expect(first.tokens()).not.toContain(second.tokens()[0]);
  });

  it('to what stays in progress is given up in time', async () => {
    const { client } = mocked(inProgress());
    await expect(transact(client, ITEMS, waitingFor(500))).rejects.toThrow(BusyError);
  });
});
