import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { once } from '../once.ts';
import type { DocumentClient } from './client.ts';
import type { ItemKey } from './keys.ts';
import type { TransactItem } from './transact.ts';
import type { UsesOf } from './uses-of.ts';

const ITEM_VERSION = 1;

/** That a token was spent, and what its holder wrote in their own words: neither when, nor what else they answered. */
export const storedSpentToken = once(() =>
  z.object({
    v: z.literal(ITEM_VERSION),
    /** By question. */
    texts: z.record(z.string(), z.string()).optional(),
  }),
);

export const SPENT_TOKEN_USES = {
  v: ['records', 'event'],
  texts: ['feedback', 'event'],
} as const satisfies UsesOf<typeof storedSpentToken>;

/** A form's tokens are one partition, in the order of their hashes: that of nothing. @param hash of the token, base64url */
export const spentTokenKey = (eventId: string, form: string, hash: string): ItemKey => ({
  pk: `SPENT#${eventId}#${form}`,
  sk: hash,
});

/** @throws ZodError when the table holds something else */
export const fromSpentTokenItem = (item: Record<string, unknown>): Readonly<Record<string, string>> =>
  storedSpentToken().parse(item).texts ?? {};

/** Refused where the token was spent before. @param expiresAt epoch seconds */
export const putSpentToken = (
  table: string,
  key: ItemKey,
  texts: Readonly<Record<string, string>>,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...key, v: ITEM_VERSION, ...(Object.keys(texts).length > 0 && { texts }), expiresAt },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

export interface Writers {
  /** How many people answered. */
  readonly answers: number;
  /** Hashes of the tokens that texts came with, base64url. */
  readonly hashes: readonly string[];
}

/** Counts the tokens of a form, and names those only that texts came with: all are read, few are sent. */
export async function tokensSpent(client: DocumentClient, table: string, pk: string): Promise<Writers> {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      FilterExpression: 'attribute_exists(texts)',
      ProjectionExpression: 'sk',
      ConsistentRead: true,
    },
  );
  const hashes: string[] = [];
  let answers = 0;
  for await (const { Items = [], ScannedCount = 0 } of pages) {
    answers += ScannedCount;
    hashes.push(...Items.map(({ sk }) => String(sk)));
  }
  return { answers, hashes };
}
