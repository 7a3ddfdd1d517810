import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { type ItemKey, NOT_THERE } from '../../kernel/dynamo/keys.ts';
import { ANSWERS_PREFIX, WORDS_PREFIX } from '../../kernel/dynamo/tables.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';

const ITEM_VERSION = 1;

/** What one person answered, until four others have: sealed, each as long as any other, and beside nothing that is anybody's. */
export const storedAnswer = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  /** `SealedAnswer`, as `AnswerSealing` sealed it. */
  sealed: field(z.instanceof(Uint8Array), 'feedback', 'event'),
}));

export interface WaitingAnswer {
  /** Made for this alone: nothing leads from it to a token, or to the attendee who answered. */
  readonly id: string;
  readonly sealed: Uint8Array;
}

/** A form's answers are one partition, in the order of ids: that of nothing. */
export const answerKey = (eventId: string, form: string, id: string): ItemKey => ({
  pk: `${ANSWERS_PREFIX}${eventId}#${form}`,
  sk: id,
});

/** @param expiresAt epoch seconds */
export const putAnswer = (table: string, key: ItemKey, sealed: Uint8Array, expiresAt: number): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...key, v: ITEM_VERSION, sealed, expiresAt },
    ConditionExpression: NOT_THERE,
  },
});

/** Refused where it was opened meanwhile. */
export const deleteAnswer = (table: string, key: ItemKey): TransactItem => ({
  Delete: { TableName: table, Key: key, ConditionExpression: 'attribute_exists(pk)' },
});

/** Those of a form that wait to be opened. @param most no more are read @throws ZodError when the table holds something else */
export async function readWaiting(
  client: DocumentClient,
  table: string,
  { pk }: Pick<ItemKey, 'pk'>,
  most: number,
): Promise<readonly WaitingAnswer[]> {
  const pages = paginateQuery(
    { client, pageSize: most },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
    },
  );
  const waiting: WaitingAnswer[] = [];
  for await (const { Items = [] } of pages) {
    waiting.push(...Items.map((item) => ({ id: String(item['sk']), sealed: storedAnswer().parse(item).sealed })));
    if (waiting.length >= most) break;
  }
  return waiting.slice(0, most);
}

/** What five people or more wrote whose answers were opened together: neither who, nor what else they answered, nor what belongs together. */
export const storedWords = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  /** By question, each question's in the order of the alphabet. */
  texts: field(z.record(z.string(), z.array(z.string())), 'feedback', 'event'),
}));

/** By question. */
export type Words = Readonly<Record<string, readonly string[]>>;

/** @param id made for this alone */
export const wordsKey = (eventId: string, form: string, id: string): ItemKey => ({
  pk: `${WORDS_PREFIX}${eventId}#${form}`,
  sk: id,
});

/** @throws ZodError when the table holds something else */
export const fromWordsItem = (item: Record<string, unknown>): Words => storedWords().parse(item).texts;

/** @param expiresAt epoch seconds */
export const putWords = (table: string, key: ItemKey, texts: Words, expiresAt: number): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...key, v: ITEM_VERSION, texts, expiresAt },
    ConditionExpression: NOT_THERE,
  },
});
