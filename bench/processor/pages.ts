import { randomUUID } from 'node:crypto';
import { type AttributeValue, type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { manageToken } from '../../shared/registration/link/manage-link.store.ts';
import { callHandler, eventOf } from '../../test/support/call.ts';
import { type Parts, startParts } from '../../test/support/parts.ts';
import { newInstance } from '../cost/instance.ts';
import { type Passing, standBefore } from '../cost/pass-on.ts';
import { registerPeople } from '../people.ts';
import { compareProcessorTime } from './compare.ts';

const EVENT_ID = 'processor-pages';
const PEOPLE = 200;
const PAGES_A_ROUND = 50;
/** As many as have answers on their way while the processor is busy with others: what waits takes none. */
const AT_ONCE = 16;

interface Asked {
  /** Of the database and of KMS. */
  readonly calls: number;
  readonly units: number;
  /** Read units of the partition that most is read of, on the average of all pages. */
  readonly hottest: number;
  readonly signatures: number;
}

export interface PageCost {
  /** Of the processor. */
  readonly milliseconds: number;
  /** To a bare read and transaction. */
  readonly ratio: number;
  readonly warm: Asked;
  readonly cold: Asked;
}

/** What the holder's own page takes of the processor, and asks of the database and of KMS. */
export async function pageCost(): Promise<PageCost> {
  const parts = await startParts();
  try {
    const { endpoint, tables } = parts.database;
    const people = await registerPeople({ endpoints: { dynamodb: endpoint }, tables }, EVENT_ID, PEOPLE);
    const { secrets } = (await import('../../functions/attendee/index.ts')).realDeps();
    const tokens = await Promise.all(people.map((person) => manageToken(person, secrets)));
    const asked = await askedFor(parts, tokens);
    let next = 0;
    const compared = await compareProcessorTime({
      name: 'attendee',
      table: tables.registry,
      pieces: PAGES_A_ROUND,
      atOnce: AT_ONCE,
      events: async (pieces) =>
        Array.from({ length: pieces }, () => {
          next += 1;
          return eventOf('showRegistration', { params: { token: tokens[next % PEOPLE] ?? '' } });
        }),
      check: (results) => {
        for (const result of results) requirePage(result as Answer);
      },
    });
    return { ...compared, ...asked };
  } finally {
    await parts.stop();
  }
}

interface Answer {
  readonly statusCode?: number;
  readonly body?: string;
}

function requirePage({ statusCode, body }: Answer): void {
  if (statusCode !== 200) throw new Error(`no page: ${statusCode} ${body}`);
}

type Key = Record<string, AttributeValue>;

interface Read {
  readonly TableName: string;
  readonly Key: Key;
  readonly ConsistentRead: boolean;
}

/** Everyone opens their page on one instance; the first of it is the cold one. */
async function askedFor({ database }: Parts, tokens: readonly string[]): Promise<Pick<PageCost, 'warm' | 'cold'>> {
  let reads: Read[] = [];
  let operations: string[] = [];
  const listen = async ({ operation, body, passOn }: Passing) => {
    operations.push(operation);
    return passOn(body);
  };
  const { AWS_ENDPOINT_URL_DYNAMODB = '', AWS_ENDPOINT_URL_KMS = '' } = process.env;
  const dynamodb = await standBefore(AWS_ENDPOINT_URL_DYNAMODB, (passing) => {
    reads.push(...readsOf(passing));
    return listen(passing);
  });
  const kms = await standBefore(AWS_ENDPOINT_URL_KMS, listen);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint,
    AWS_ENDPOINT_URL_KMS: kms.endpoint,
  });
  try {
    const handler = await newInstance('attendee', randomUUID());
    const [first = '', ...others] = tokens;
    const askedBy = async (some: readonly string[]): Promise<Asked> => {
      [reads, operations] = [[], []];
      for (const token of some) requirePage(await callHandler(handler, 'showRegistration', { params: { token } }));
      const units = await unitsByPartition(database.client, reads);
      return {
        calls: operations.length / some.length,
        units: [...units.values()].reduce((sum, each) => sum + each, 0) / some.length,
        hottest: Math.max(...units.values()) / some.length,
        signatures: operations.filter((operation) => operation === 'Sign').length / some.length,
      };
    };
    return { cold: await askedBy([first]), warm: await askedBy(others) };
  } finally {
    Object.assign(process.env, { AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL_KMS });
    await dynamodb.stop();
    await kms.stop();
  }
}

/** @throws Error where something else than a key is asked for: looking at a page reads by keys, and writes nothing */
function readsOf({ operation, body }: Passing): Read[] {
  const asked = JSON.parse(String(body));
  if (operation === 'GetItem') return [{ ConsistentRead: false, ...asked }];
  if (operation !== 'BatchGetItem') throw new Error(`a page asked for ${operation}`);
  return Object.entries<{ Keys: Key[]; ConsistentRead?: boolean }>(asked.RequestItems).flatMap(
    ([TableName, { Keys, ConsistentRead = false }]) => Keys.map((key) => ({ TableName, Key: key, ConsistentRead })),
  );
}

/** What each partition was read of, by asking for each item once more: of several in one call the database tells the sum. */
async function unitsByPartition(client: DynamoDBClient, reads: readonly Read[]): Promise<ReadonlyMap<string, number>> {
  const units = new Map<string, number>();
  for (const { TableName, Key, ConsistentRead } of reads) {
    const { ConsumedCapacity } = await client.send(
      new GetItemCommand({ TableName, Key, ConsistentRead, ReturnConsumedCapacity: 'TOTAL' }),
    );
    const partition = `${TableName} ${Key['pk']?.S}`;
    units.set(partition, (units.get(partition) ?? 0) + (ConsumedCapacity?.CapacityUnits ?? 0));
  }
  return units;
}
