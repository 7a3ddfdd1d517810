import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Clock } from './clock.ts';
import { holdsOn, type Item, type Terms, updated } from './expressions.ts';

/** Milliseconds. */
export const SERVICE_TIMES = {
  /** For which a transaction holds each of its items, and after which it is answered. */
  transaction: 15,
  /** Of a transaction that meets another one. */
  conflict: 5,
  /** Of any read, and of a write of one item. */
  single: 5,
} as const;

/** One item as it was and as it became. */
export interface Written {
  readonly table: string;
  readonly key: Item;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

interface Write extends Terms {
  readonly TableName: string;
  readonly Key?: Item;
  readonly Item?: Item;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly ReturnValuesOnConditionCheckFailure?: string;
}

interface Asked extends Write {
  readonly TransactItems?: readonly Readonly<Record<string, Write>>[];
  readonly RequestItems?: Readonly<Record<string, { readonly Keys: readonly Item[] }>>;
  readonly KeyConditionExpression?: string;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: Item;
}

/** DynamoDB's limits for one call. */
const MOST_ITEMS = 100;
/** How often the SDK tries to write one item that a transaction holds. */
const MOST_TRIES = 3;

/**
 * DynamoDB as far as a rush depends on it: the conditions and updates of the project's own expressions, transactions that hold each
 * of their items for 15 ms and conflict, and nothing else; in memory, by a simulated clock. It is what the project's stores send
 * their commands to.
 */
export class SimulatedDatabase extends DynamoDBDocumentClient {
  readonly #clock: Clock;
  readonly #chance: () => number;
  readonly #partitions = new Map<string, Map<string, Item>>();
  readonly #held = new Set<string>();
  /** How many calls were made, by kind, and how many transactions met another one. */
  readonly calls: Record<string, number> = {};
  conflicts = 0;
  /** Called with all that one transaction or write did, at the instant at which it did. */
  onWritten: (writes: readonly Written[]) => void = () => {};

  constructor(clock: Clock, chance: () => number) {
    super(new DynamoDBClient({ region: 'local', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } }));
    this.#clock = clock;
    this.#chance = chance;
  }

  // biome-ignore lint/suspicious/noExplicitAny: as many overloads as there are commands
  override async send(command: any): Promise<any> {
    const kind = String(command.constructor.name).replace('Command', '');
    const asked = command.input as Asked;
    this.calls[kind] = (this.calls[kind] ?? 0) + 1;
    switch (kind) {
      case 'TransactWrite':
        return this.#transact(asked);
      case 'TransactGet':
        return this.#transactGet(asked);
      case 'BatchGet':
        return this.#batchGet(asked);
      case 'Get':
        await this.#clock.wait(SERVICE_TIMES.single);
        return { Item: this.read(asked.TableName, asked.Key ?? {}) };
      case 'Query':
        return this.#query(asked);
      case 'Put':
      case 'Update':
      case 'Delete':
        return this.#write(kind, asked);
    }
    throw new Error(`this database knows no ${kind}`);
  }

  read(table: string, key: Item): Item | undefined {
    return this.#partitions.get(partitionOf(table, key))?.get(sortOf(key));
  }

  /** All items of tables, in no order. */
  items(): readonly Item[] {
    return [...this.#partitions.values()].flatMap((partition) => [...partition.values()]);
  }

  async #transact({ TransactItems = [] }: Asked): Promise<object> {
    const writes = TransactItems.flatMap((item) => Object.entries(item));
    const names = writes.map(([, write]) => nameOf(write));
    if (writes.length > MOST_ITEMS || new Set(names).size < names.length) throw new Error('no such transaction');
    if (names.some((name) => this.#held.has(name))) {
      this.conflicts += 1;
      const held = names.map((name) => this.#held.has(name));
      await this.#clock.wait(SERVICE_TIMES.conflict);
      throw cancelled(held.map((is) => ({ Code: is ? 'TransactionConflict' : 'None' })));
    }
    for (const name of names) this.#held.add(name);
    await this.#clock.wait(SERVICE_TIMES.transaction);
    for (const name of names) this.#held.delete(name);
    const refused = writes.map(([, write]) => {
      const old = this.read(write.TableName, keyOf(write));
      if (holdsOn(write.ConditionExpression, old, write)) return { Code: 'None' };
      const shown = write.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && old !== undefined;
      return { Code: 'ConditionalCheckFailed', ...(shown && { Item: marshall(old, REMOVE_UNDEFINED) }) };
    });
    if (refused.some(({ Code }) => Code !== 'None')) throw cancelled(refused);
    this.#apply(writes);
    return {};
  }

  /** Refused as a transaction that writes is, while another one holds an item; it holds none that others read. */
  async #transactGet({ TransactItems = [] }: Asked): Promise<object> {
    const gets = TransactItems.flatMap((item) => Object.values(item));
    const held = gets.map((get) => this.#held.has(nameOf(get)));
    await this.#clock.wait(held.includes(true) ? SERVICE_TIMES.conflict : SERVICE_TIMES.single);
    if (held.includes(true)) throw cancelled(held.map((is) => ({ Code: is ? 'TransactionConflict' : 'None' })));
    return { Responses: gets.map((get) => ({ Item: this.read(get.TableName, keyOf(get)) })) };
  }

  async #write(kind: string, write: Write): Promise<object> {
    for (let attempt = 1; this.#held.has(nameOf(write)); attempt += 1) {
      if (attempt > MOST_TRIES) throw new TransactionConflictException({ message: 'held', $metadata: {} });
      await this.#clock.wait(SERVICE_TIMES.single + this.#chance() * 50 * attempt);
    }
    await this.#clock.wait(SERVICE_TIMES.single);
    const old = this.read(write.TableName, keyOf(write));
    if (!holdsOn(write.ConditionExpression, old, write)) {
      throw new ConditionalCheckFailedException({ message: 'refused', $metadata: {} });
    }
    this.#apply([[kind, write]]);
    return {};
  }

  #apply(writes: readonly (readonly [string, Write])[]): void {
    const done = writes.flatMap(([kind, write]): Written[] => {
      if (kind === 'ConditionCheck') return [];
      const key = keyOf(write);
      const before = this.read(write.TableName, key);
      const after =
        kind === 'Put'
          ? (write.Item ?? {})
          : kind === 'Delete'
            ? undefined
            : updated(write.UpdateExpression ?? '', { ...before, ...key }, write);
      const place = partitionOf(write.TableName, key);
      const partition = this.#partitions.get(place) ?? new Map<string, Item>();
      this.#partitions.set(place, partition);
      if (after === undefined) partition.delete(sortOf(key));
      else partition.set(sortOf(key), after);
      return [{ table: write.TableName, key, before, after }];
    });
    this.onWritten(done);
  }

  async #batchGet({ RequestItems = {} }: Asked): Promise<object> {
    await this.#clock.wait(SERVICE_TIMES.single);
    const Responses: Record<string, Item[]> = {};
    for (const [table, { Keys }] of Object.entries(RequestItems)) {
      if (Keys.length > MOST_ITEMS) throw new Error('too many keys');
      Responses[table] = Keys.map((key) => this.read(table, key)).filter((item) => item !== undefined);
    }
    return { Responses, UnprocessedKeys: {} };
  }

  /** Of one partition, from a sort key on, in their order. */
  async #query({ TableName, KeyConditionExpression, Limit, ExclusiveStartKey, ...terms }: Asked): Promise<object> {
    await this.#clock.wait(SERVICE_TIMES.single);
    const { ':pk': pk, ':from': from = '' } = terms.ExpressionAttributeValues ?? {};
    if (!['pk = :pk', 'pk = :pk AND sk >= :from'].includes(KeyConditionExpression ?? ''))
      throw new Error(`no query by ${KeyConditionExpression}`);
    const partition = this.#partitions.get(partitionOf(TableName, { pk }));
    const after = ExclusiveStartKey === undefined ? '' : sortOf(ExclusiveStartKey);
    const sorted = [...(partition ?? new Map<string, Item>())].sort(([a], [b]) => (a < b ? -1 : 1));
    const left = sorted.filter(([sort]) => sort > after && sort >= String(from)).map(([, item]) => item);
    const Items = left.slice(0, Limit ?? left.length);
    const last = Items.at(-1);
    const isMore = Items.length < left.length && last !== undefined;
    return { Items, ...(isMore && { LastEvaluatedKey: { pk: last['pk'], sk: last['sk'] } }) };
  }
}

const REMOVE_UNDEFINED = { removeUndefinedValues: true };

const keyOf = ({ Key, Item: { pk, sk, id } = {} }: Write): Item => Key ?? (pk === undefined ? { id } : { pk, sk });
const partitionOf = (table: string, { pk, id }: Item): string => `${table}|${String(pk ?? id)}`;
const sortOf = ({ sk }: Item): string => String(sk ?? '');
const nameOf = (write: Write): string => `${partitionOf(write.TableName, keyOf(write))}|${sortOf(keyOf(write))}`;

const cancelled = (
  CancellationReasons: ConstructorParameters<typeof TransactionCanceledException>[0]['CancellationReasons'],
) => new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons });
