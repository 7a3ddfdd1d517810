import { BatchGetCommand, TransactGetCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { batchGet, readTogether } from '../../shared/kernel/dynamo/batch-get.store.ts';
import { BusyError } from '../../shared/kernel/errors.ts';
import { readRegistrations } from '../../shared/registration/list/registration-list.store.ts';
import { cancelled, mockedDynamo, refused } from '../support/aws-errors.ts';

const TABLE = 'registry';
const keyOf = (number: number) => ({ pk: 'P', sk: String(number) });
const KEYS = [1, 2, 3, 4, 5].map(keyOf);

/** Notes for which try it waited, and takes no time. */
function patience() {
  const waits: number[] = [];
  return { waits, backOff: async (attempt: number) => void waits.push(attempt) };
}

/** DynamoDB that reads so many keys of each call and puts off the rest, as where a partition is asked for too much. */
function readingAtMost(most: number) {
  const { client, dynamo } = mockedDynamo();
  dynamo.on(BatchGetCommand).callsFake(({ RequestItems }) => {
    const { Keys } = RequestItems[TABLE];
    const later = Keys.slice(most);
    return {
      Responses: { [TABLE]: Keys.slice(0, most).map((key: object) => ({ ...key, read: true })) },
      UnprocessedKeys: later.length > 0 ? { [TABLE]: { Keys: later } } : {},
    };
  });
  const asked = () =>
    dynamo.commandCalls(BatchGetCommand).map(({ args: [{ input }] }) => input.RequestItems?.[TABLE]?.Keys ?? []);
  return { client, asked };
}

describe('BatchGetItem', () => {
  it('is asked again for what it put off, and for no more, each time after a longer wait', async () => {
    const { client, asked } = readingAtMost(2);
    const system = patience();
    const find = await batchGet(client, TABLE, KEYS, system);
    for (const key of KEYS) expect(find(key)).toEqual({ ...key, read: true });
    expect(asked()).toEqual([KEYS, KEYS.slice(2), KEYS.slice(4)]);
    expect(system.waits).toEqual([1, 2]);
  });

  it('that puts off for ever is given up: nothing is told of what was read until then', async () => {
    const { client, asked } = readingAtMost(0);
    const system = patience();
    await expect(batchGet(client, TABLE, KEYS, system)).rejects.toThrow(BusyError);
    expect(asked()).toHaveLength(5);
    expect(system.waits).toEqual([1, 2, 3, 4]);
  });

  it('that fails is no item that is not there', async () => {
    const { client, dynamo } = mockedDynamo();
    const error = refused('ProvisionedThroughputExceededException');
    dynamo
      .on(BatchGetCommand)
      .resolvesOnce({ UnprocessedKeys: { [TABLE]: { Keys: KEYS } } })
      .rejects(error);
    await expect(batchGet(client, TABLE, KEYS, patience())).rejects.toBe(error);
  });

  it('of more registrations than one call takes is several, each put off by itself, and of none is none', async () => {
    const { client, asked } = readingAtMost(100);
    const references = Array.from({ length: 250 }, (_, number) => String(number).padStart(10, '0'));
    const one = references[0] ?? '';
    // None is there: they come back without what makes a registration, so that reading one would fail.
    const empty = mockedDynamo();
    empty.dynamo.on(BatchGetCommand).resolves({ Responses: { [TABLE]: [] } });
    expect(await readRegistrations(empty.client, TABLE, 'forum', [...references, one], patience())).toEqual([]);
    const sizes = empty.dynamo
      .commandCalls(BatchGetCommand)
      .map(({ args: [{ input }] }) => input.RequestItems?.[TABLE]?.Keys?.length);
    expect(sizes).toEqual([100, 100, 50]);
    expect(await readRegistrations(client, TABLE, 'forum', [], patience())).toEqual([]);
    expect(asked()).toEqual([]);
  });
});

describe('TransactGetItems', () => {
  const together = (answers: readonly (Error | object)[]) => {
    const { client, dynamo } = mockedDynamo();
    const reads = dynamo.on(TransactGetCommand);
    for (const answer of answers) {
      if (answer instanceof Error) reads.rejectsOnce(answer);
      else reads.resolvesOnce(answer);
    }
    return { client, tries: () => dynamo.commandCalls(TransactGetCommand).length };
  };
  const conflict = cancelled('TransactionConflict', undefined);
  const [first, second] = [keyOf(1), keyOf(2)];

  it('is tried again while somebody writes one of them, and tells of each in its place', async () => {
    const { client } = together([
      conflict,
      cancelled(undefined, 'ThrottlingError'),
      { Responses: [{}, { Item: second }] },
    ]);
    expect(await readTogether(client, TABLE, [first, second], patience())).toEqual([undefined, second]);
  });

  it('is given up when writers do not let go', async () => {
    const { client, tries } = together(Array(20).fill(conflict));
    const system = patience();
    await expect(readTogether(client, TABLE, [first, second], system)).rejects.toThrow(BusyError);
    expect(tries()).toBe(8);
    expect(system.waits).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it.each([cancelled('ValidationError', undefined), refused('InternalServerError')])(
    'is not tried again for %s',
    async (error) => {
      const { client, tries } = together([error]);
      await expect(readTogether(client, TABLE, [first, second], patience())).rejects.toBe(error);
      expect(tries()).toBe(1);
    },
  );
});
