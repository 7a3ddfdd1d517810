import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb';
import {
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { BusyError } from '../errors.ts';
import type { Parts } from '../parts.store.ts';
import type { System } from '../system.store.ts';
import type { DocumentClient } from './client.store.ts';
import { NOT_THERE } from './keys.ts';

export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Why one item of a transaction was refused; `old` is the item as it stands, where the write asked for `ALL_OLD`. */
export interface WriteRefusal {
  readonly position: number;
  readonly old: Record<string, unknown> | undefined;
}

/** What trying again takes. */
export type Patient = Pick<System, 'backOff' | 'now' | 'random'>;

/** How often one caller tries against rivals before it answers "busy". */
const MOST_ATTEMPTS = 24;
/** Milliseconds after which it does not try again: it has to answer before its function is stopped. */
const PATIENCE = 4_000;

/** Nothing is wrong with a request that was refused for one of these: the same one may succeed at once. */
export const PASSING = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/**
 * Writes all items or none. The SDK does not retry `TransactionConflict`, so rivals for one item are retried here. What was cancelled
 * is over, and tried again as another transaction; one that is still in progress, since its answer was lost, may yet be written, and is
 * asked for again by the same token, or it would be written twice.
 *
 * @param foresee conditions that will fail by what is read now: a transaction that is refused keeps others away from its items just as
 *   long as one that is written
 * @returns the conditions that failed, by position; an empty list means that everything was written
 * @throws BusyError when rivals did not let go
 */
export async function transact(
  client: DocumentClient,
  items: readonly TransactItem[],
  system: Patient,
  foresee?: () => Promise<readonly WriteRefusal[]>,
): Promise<readonly WriteRefusal[]> {
  const startedAt = system.now().getTime();
  const isPatient = () => system.now().getTime() - startedAt < PATIENCE;
  let token = newToken(system);
  for (let attempt = 1; attempt <= MOST_ATTEMPTS && isPatient(); attempt += 1) {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: [...items], ClientRequestToken: token }));
      return [];
    } catch (error) {
      const refusals = refusalsOf(error);
      if (refusals.length > 0) return refusals;
      if (attempt < MOST_ATTEMPTS && isPatient()) await system.backOff(attempt);
      // One that is still in progress may be what is seen.
      if (!(error instanceof TransactionCanceledException)) continue;
      token = newToken(system);
      const foreseen = (await foresee?.()) ?? [];
      if (foreseen.length > 0) return foreseen;
    }
  }
  throw new BusyError();
}

/** 22 characters, of 36 that DynamoDB takes. */
const TOKEN_BYTES = 16;

const newToken = ({ random }: Patient): string => Buffer.from(random(TOKEN_BYTES)).toString('base64url');

/**
 * An item that is written anew as a whole, where it is as it was read: of two who change it at once, one decides on it anew.
 *
 * @param revision that was read; 0 where there was none
 * @param Item its key and what it is to be
 */
export const putRevised = (
  TableName: string,
  revision: number,
  Item: Readonly<Record<string, unknown>>,
): TransactItem => ({
  Put: {
    TableName,
    Item: { ...Item, revision: revision + 1 },
    ...(revision === 0
      ? { ConditionExpression: NOT_THERE }
      : { ConditionExpression: 'revision = :read', ExpressionAttributeValues: { ':read': revision } }),
  },
});

/** How often a change is decided on anew because another one came first, where nothing else is said. */
const MOST_RACES = 8;

/**
 * Reads, decides and writes, and does so anew where another one wrote meanwhile.
 *
 * @param attempt nothing where another one came first
 * @throws BusyError when rivals did not let go
 */
export async function untilWritten<Done>(
  system: Pick<System, 'backOff'>,
  attempt: () => Promise<Done | undefined>,
  mostRaces = MOST_RACES,
): Promise<Done> {
  for (let race = 1; race <= mostRaces; race += 1) {
    const done = await attempt();
    if (done !== undefined) return done;
    await system.backOff(race);
  }
  throw new BusyError();
}

/** Writes items of which none is refused. @throws Error where one is */
export async function writeAll(...[client, items, system]: Parameters<typeof transact>): Promise<void> {
  const refusals = await transact(client, items, system);
  if (refusals.length > 0) throw new Error('an item that was to be new is there already');
}

/** @throws the error itself, unless it says that conditions failed or that a rival was at work */
function refusalsOf(error: unknown): WriteRefusal[] {
  if (error instanceof TransactionInProgressException) return [];
  if (!(error instanceof TransactionCanceledException)) throw error;
  const reasons = error.CancellationReasons ?? [];
  const failed = reasons.flatMap(({ Code, Item }, position) =>
    Code === 'ConditionalCheckFailed' ? [{ position, old: Item && unmarshall(Item) }] : [],
  );
  if (failed.length === 0 && !reasons.some(({ Code }) => Code !== undefined && PASSING.has(Code))) throw error;
  return failed;
}

/** What use cases write with. */
interface Writing {
  readonly client: DocumentClient;
  readonly system: Patient;
}

export const writer =
  ({ client, system }: Writing): Parts['write'] =>
  (items) =>
    writeAll(client, items, system);

export const attempter =
  ({ client, system }: Writing): Parts['attempt'] =>
  (items) =>
    transact(client, items, system);

export const writerIfUnchanged =
  ({ client, system }: Writing): Parts['writeIfUnchanged'] =>
  async (items) =>
    (await transact(client, items, system)).length === 0;

declare module '../parts.store.ts' {
  interface Parts {
    /** Writes items of which none is refused, all or nothing. */
    readonly write: (items: readonly TransactItem[]) => Promise<void>;
    /** Writes all items or none; says which were refused. */
    readonly attempt: (items: readonly TransactItem[]) => Promise<readonly WriteRefusal[]>;
    /** Writes all items or none. @returns whether their conditions held */
    readonly writeIfUnchanged: (items: readonly TransactItem[]) => Promise<boolean>;
  }
}

/**
 * Updates an item if its condition holds.
 *
 * @returns 'done', or the item as it stands, where the update asks for `ALL_OLD`
 */
export async function updateIf(
  client: DocumentClient,
  update: UpdateCommandInput,
): Promise<'done' | Record<string, unknown> | undefined> {
  try {
    await client.send(new UpdateCommand(update));
    return 'done';
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return error.Item && unmarshall(error.Item);
  }
}
