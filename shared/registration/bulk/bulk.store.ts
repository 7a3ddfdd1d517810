import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { bulkChosenKey, bulkKey, bulkPersonKey, NOT_THERE, registrationKey } from '../../kernel/dynamo/keys.ts';
import { queryPartition, readItem } from '../../kernel/dynamo/queries.store.ts';
import { type TransactItem, transact, updateIf } from '../../kernel/dynamo/transact.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { type Bulk, type BulkPerson, storedBulk, storedBulkChosen, storedBulkPerson } from './bulk.schema.ts';
import type { BulkOutcome, BulkStatus } from './bulk.ts';

/** Milliseconds for which it is kept what became of each person. */
const KEPT = 7 * 24 * 60 * 60 * 1000;

/** Epoch seconds. */
const expiryOf = ({ startedAt }: Pick<Bulk, 'startedAt'>): number => Math.floor((Date.parse(startedAt) + KEPT) / 1000);

/** A person who was chosen, and the revision that was seen. */
export interface Chosen {
  readonly reference: string;
  readonly revision: number;
}

const ERASED = '';
const asText = ({ reference, revision }: Chosen): string => `${reference} ${revision}`;
function fromText(text: string): Chosen | undefined {
  const [reference = '', revision] = text.split(' ');
  return reference === ERASED ? undefined : { reference, revision: Number(revision) };
}

type Named = Pick<Bulk, 'eventId' | 'id'>;

export interface BulkStore {
  /** Nothing where there is none of that id, or it is forgotten. Strongly consistent. */
  readonly read: (eventId: string, id: string) => Promise<Bulk | undefined>;
  /** All of an event that are not forgotten. */
  readonly list: (eventId: string) => Promise<readonly Bulk[]>;
  /** Those who were chosen, in order; `undefined` for one who was erased. */
  readonly chosen: (of: Named) => Promise<readonly (Chosen | undefined)[]>;
  /** What became of those it is through with. Nothing is noted of those who are gone. */
  readonly people: (of: Named) => Promise<readonly BulkPerson[]>;
  /** @param also what is written with it @returns whether it was written: there may be one of that id already */
  readonly start: (bulk: Bulk, chosen: readonly Chosen[], also: readonly TransactItem[]) => Promise<boolean>;
  /**
   * Goes past a person who is not changed.
   *
   * @param person what is noted of them, as long as they are registered: who is erased meanwhile would stay in it
   * @returns whether it was at that place, and running, and nobody of whom anything is noted was gone
   */
  readonly pass: (bulk: Bulk, at: number, person?: BulkPerson) => Promise<boolean>;
  /** Takes the next step, if it is as it was read. @param also what is written with it */
  readonly step: (
    bulk: Bulk,
    to: Partial<Bulk> & { readonly status: BulkStatus },
    also?: readonly TransactItem[],
  ) => Promise<boolean>;
  /** Forgets a single one, of which nothing is held back any more, unless it is another's already. */
  readonly end: (bulk: Bulk) => Promise<void>;
  /** Forgets a person. */
  readonly forget: (of: Named, reference: string) => Promise<void>;
}

export function bulkStore({ client, registry: table, system }: Given<'registry'>): BulkStore {
  const write = async (items: readonly TransactItem[]): Promise<boolean> =>
    (await transact(client, items, system)).length === 0;
  const chosenOf = async ({ eventId, id }: Named): Promise<readonly (Chosen | undefined)[]> => {
    const item = await readItem(client, table, bulkChosenKey(eventId, id));
    return item ? fromBulkChosenItem(item) : [];
  };
  return {
    async read(eventId, id) {
      const item = await readItem(client, table, bulkKey(eventId, id));
      return item && fromBulkItem(eventId, item);
    },

    list: async (eventId) =>
      (await queryPartition(client, table, bulkKey(eventId, '').pk)).map((item) => fromBulkItem(eventId, item)),

    chosen: chosenOf,

    async people({ eventId, id }) {
      const { pk, sk: chosen } = bulkChosenKey(eventId, id);
      const items = await queryPartition(client, table, pk);
      return items.filter(({ sk }) => sk !== chosen).map(fromBulkPersonItem);
    },

    start: (bulk, chosen, also) => write([...putBulk(table, bulk, chosen), ...also]),

    pass: (bulk, at, person) =>
      write([
        advance(table, bulk, at, 0),
        ...(person ? [putBulkPerson(table, bulk, person), requireThere(table, bulk, person)] : []),
      ]),

    step: (bulk, to, also = []) => write([stepTo(table, bulk, to), ...also]),

    async end({ eventId, id, status }) {
      const known = (await chosenOf({ eventId, id })).flatMap((each) => each?.reference ?? []);
      const keys = [bulkChosenKey(eventId, id), ...known.map((each) => bulkPersonKey(eventId, id, each))];
      await write([
        {
          Delete: {
            TableName: table,
            Key: bulkKey(eventId, id),
            ConditionExpression: '#status = :status',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':status': status },
          },
        },
        ...keys.map((Key) => ({ Delete: { TableName: table, Key } })),
      ]);
    },

    async forget({ eventId, id }, reference) {
      await client.send(new DeleteCommand({ TableName: table, Key: bulkPersonKey(eventId, id, reference) }));
      const people = await chosenOf({ eventId, id });
      const place = people.findIndex((each) => each?.reference === reference);
      const chosen = people[place];
      if (chosen === undefined) return;
      await updateIf(client, {
        TableName: table,
        Key: bulkChosenKey(eventId, id),
        UpdateExpression: `SET people[${place}] = :erased`,
        ConditionExpression: `people[${place}] = :chosen`,
        ExpressionAttributeValues: { ':erased': ERASED, ':chosen': asText(chosen) },
      });
    },
  };
}

/** @returns a new change of many, with those who were chosen for it */
export const putBulk = (
  table: string,
  bulk: Bulk,
  chosen: readonly Chosen[],
): readonly [TransactItem, TransactItem] => {
  const { eventId, id, ...facts } = bulk;
  const expiresAt = expiryOf(bulk);
  const people = chosen.map(asText);
  return [
    {
      Put: {
        TableName: table,
        Item: { ...bulkKey(eventId, id), v: 1, id, ...facts, expiresAt },
        ConditionExpression: NOT_THERE,
      },
    },
    { Put: { TableName: table, Item: { ...bulkChosenKey(eventId, id), v: 1, people, expiresAt } } },
  ];
};

/** `undefined` for one who was erased. */
export const fromBulkChosenItem = (item: Record<string, unknown>): readonly (Chosen | undefined)[] =>
  storedBulkChosen().parse(item).people.map(fromText);

export function fromBulkItem(eventId: string, item: Record<string, unknown>): Bulk {
  const { v: _, ...bulk } = storedBulk().parse(item);
  return { eventId, ...bulk };
}

export function fromBulkPersonItem(item: Record<string, unknown>): BulkPerson {
  const { v: _, ...person } = storedBulkPerson().parse(item);
  return person;
}

/** What became of a person, in the transaction that changes them. */
export const putBulkPerson = (table: string, bulk: Bulk, person: BulkPerson): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...bulkPersonKey(bulk.eventId, bulk.id, person.reference), v: 1, ...person, expiresAt: expiryOf(bulk) },
  },
});

const requireThere = (table: string, { eventId }: Named, { reference }: BulkPerson): TransactItem => ({
  ConditionCheck: {
    TableName: table,
    Key: registrationKey(eventId, reference),
    ConditionExpression: 'attribute_exists(pk)',
  },
});

/** Goes on to the next person: one transaction alone is through with each, whatever else works at it. @param changed 1 where they are changed */
export const advance = (table: string, { eventId, id }: Named, at: number, changed: 0 | 1): TransactItem => ({
  Update: {
    TableName: table,
    Key: bulkKey(eventId, id),
    UpdateExpression: 'SET handled = :next ADD #changed :changed',
    ConditionExpression: '#status = :running AND handled = :at',
    ExpressionAttributeNames: { '#status': 'status', '#changed': 'changed' },
    ExpressionAttributeValues: { ':running': 'running', ':at': at, ':next': at + 1, ':changed': changed },
  },
});

function stepTo(table: string, { eventId, id, status, handled }: Bulk, to: Partial<Bulk>): TransactItem {
  const entries = Object.entries(to);
  const isRunning = status === 'running';
  return {
    Update: {
      TableName: table,
      Key: bulkKey(eventId, id),
      UpdateExpression: `SET ${entries.map((_, place) => `#n${place} = :v${place}`).join(', ')}`,
      ConditionExpression: `#status = :before${isRunning && to.status !== 'taking-back' ? ' AND handled = :handled' : ''}`,
      ExpressionAttributeNames: {
        '#status': 'status',
        ...Object.fromEntries(entries.map(([name], place) => [`#n${place}`, name])),
      },
      ExpressionAttributeValues: {
        ':before': status,
        ...(isRunning && to.status !== 'taking-back' && { ':handled': handled }),
        ...Object.fromEntries(entries.map(([, value], place) => [`:v${place}`, value])),
      },
    },
  };
}

/** Nothing is held back of a person any more. Refused where another one saw to that first. */
export const settleBulkPerson = (
  table: string,
  { eventId, id }: Named,
  { reference }: BulkPerson,
  outcome: BulkOutcome,
): TransactItem => ({
  Update: {
    TableName: table,
    Key: bulkPersonKey(eventId, id, reference),
    UpdateExpression: 'SET outcome = :outcome REMOVE held',
    ConditionExpression: 'attribute_exists(held)',
    ExpressionAttributeValues: { ':outcome': outcome },
  },
});

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly bulks: BulkStore;
  }
}
