import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { NOTHING_PUBLISHED, type Published } from '../domain/feedback/published.ts';
import { once } from '../once.ts';
import type { DocumentClient } from './client.ts';
import type { ItemKey } from './keys.ts';
import { PUBLISHED_PREFIX } from './tables.ts';
import type { UsesOf } from './uses-of.ts';

const ITEM_VERSION = 1;
/** Bytes of a token's hash that name a text: no two of some thousands are the same. */
const NAME_BYTES = 8;

const tally = () => z.object({ answers: z.int(), counts: z.record(z.string(), z.int()) });
const breakdown = () =>
  z.object({ answers: z.int(), blocks: z.array(z.object({ ...tally().shape, labels: z.array(z.string()) })) });

/** What organisers were shown last of a form. It is kept, since what is shown next depends on it. */
export const storedPublished = once(() =>
  z.object({
    v: z.literal(ITEM_VERSION),
    all: tally(),
    by: z.object({ mode: breakdown(), category: breakdown() }),
    /** Names of the texts that were written by those who are counted, one after the other: in the order of hashes, which says nothing. */
    texts: z.instanceof(Uint8Array),
    revision: z.int(),
  }),
);

export const PUBLISHED_USES = {
  v: ['records', 'event'],
  all: ['feedback', 'event'],
  by: ['feedback', 'event'],
  texts: ['feedback', 'event'],
  revision: ['records', 'event'],
} as const satisfies UsesOf<typeof storedPublished>;

/** One step of what organisers see: numbers, and which texts belong to them. */
export interface Shown {
  readonly published: Published;
  /** `textName` of each text. */
  readonly texts: ReadonlySet<string>;
  /** What a conditional write compares: 0 where nothing was ever shown. */
  readonly revision: number;
}

const publishedKey = (eventId: string, form: string): ItemKey => ({ pk: `${PUBLISHED_PREFIX}${eventId}`, sk: form });

/** What names a text in a step. @param hash of the token that it came with, base64url */
export const textName = (hash: string): string => Buffer.from(hash, 'base64url').toString('hex', 0, NAME_BYTES);

/** As it is now. @throws ZodError when the table holds something else */
export async function readShown(client: DocumentClient, table: string, eventId: string, form: string): Promise<Shown> {
  const Key = publishedKey(eventId, form);
  const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
  if (Item === undefined) return { published: NOTHING_PUBLISHED, texts: new Set(), revision: 0 };
  const { all, by, texts, revision } = storedPublished().parse(Item);
  return { published: { all, by }, texts: namesIn(texts), revision };
}

/**
 * Moves on to another step.
 *
 * @param shown with the revision that was read
 * @param expiresAt epoch seconds
 * @returns `false` where somebody else moved on meanwhile: nothing is written
 */
export async function putShown(
  client: DocumentClient,
  table: string,
  { eventId, form }: { readonly eventId: string; readonly form: string },
  { published: { all, by }, texts, revision }: Shown,
  expiresAt: number,
): Promise<boolean> {
  const names = Buffer.from([...texts].sort().join(''), 'hex');
  const put = new PutCommand({
    TableName: table,
    Item: {
      ...publishedKey(eventId, form),
      ...{ v: ITEM_VERSION, all, by, texts: names, revision: revision + 1, expiresAt },
    },
    ...(revision === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'revision = :read', ExpressionAttributeValues: { ':read': revision } }),
  });
  try {
    await client.send(put);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

function namesIn(texts: Uint8Array): ReadonlySet<string> {
  const bytes = Buffer.from(texts);
  const howMany = bytes.length / NAME_BYTES;
  return new Set(
    Array.from({ length: howMany }, (_, index) => bytes.toString('hex', index * NAME_BYTES, (index + 1) * NAME_BYTES)),
  );
}
