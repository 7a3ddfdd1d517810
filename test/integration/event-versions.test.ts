import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EventStore, eventStore } from '../../shared/event/event.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { textKey } from '../../shared/kernel/dynamo/keys.ts';
import { BusyError } from '../../shared/kernel/errors.ts';
import { type Interceptor, interceptedClient } from '../support/faults.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';

const WORDS = textKey('asean-ict-forum', 'km');
const NEW_CATEGORY = { id: 'parents', title: { en: 'Parents', km: 'មាតាបិតា' } };

let parts: Parts;
let store: EventStore;
let intercept: Interceptor = () => undefined;
let backedOff = 0;
/** Words of the first version, and of the second. */
let before: Record<string, unknown> | undefined;
let after: Record<string, unknown> | undefined;

const read = async () =>
  (
    await documentClient(parts.database.client).send(
      new GetCommand({ TableName: parts.database.tables.registry, Key: WORDS }),
    )
  ).Item;
const put = (item: Record<string, unknown> | undefined) =>
  documentClient(parts.database.client).send(new PutCommand({ TableName: parts.database.tables.registry, Item: item }));

beforeAll(async () => {
  parts = await startParts();
  await parts.publish(forum());
  before = await read();
  await parts.publish(forum({ categories: [...forum().categories, NEW_CATEGORY] }));
  after = await read();
});
afterAll(() => parts?.stop());
beforeEach(async () => {
  await put(before);
  backedOff = 0;
  // A new one knows nothing yet.
  const client = interceptedClient((command, input) => intercept(command, input));
  store = eventStore({
    client,
    registry: parts.database.tables.registry,
    system: {
      backOff: async () => {
        backedOff += 1;
      },
    },
  });
});

const conflict = () =>
  new TransactionCanceledException({
    message: 'Transaction cancelled',
    CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
    $metadata: {},
  });

describe('reading an event whose rules and words were read from different versions', () => {
  it('reads both again, once the publication lets go', async () => {
    let tries = 0;
    intercept = async (command) => {
      if (command !== 'TransactGetItemsCommand') return undefined;
      tries += 1;
      if (tries < 3) throw conflict();
      await put(after);
      return undefined;
    };
    const found = await store.readEvent('asean-ict-forum', 'km');
    expect(found?.event.categories.at(-1)).toEqual({ id: 'parents', title: 'មាតាបិតា' });
    expect({ tries, backedOff }).toEqual({ tries: 3, backedOff: 2 });
  });

  it('is busy, and shows no keys, while it does not', async () => {
    intercept = async (command) => {
      if (command === 'TransactGetItemsCommand') throw conflict();
      return undefined;
    };
    await expect(store.readEvent('asean-ict-forum', 'km')).rejects.toThrow(BusyError);
  });

  it('fails where the table itself holds both', async () => {
    intercept = () => undefined;
    await expect(store.readEvent('asean-ict-forum', 'km')).rejects.toThrow('publish it again');
  });
});
