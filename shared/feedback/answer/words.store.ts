import * as z from 'zod';
import type { ItemKey } from '../../kernel/dynamo/keys.ts';
import { WORDS_PREFIX } from '../../kernel/dynamo/tables.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';

const ITEM_VERSION = 1;

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
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});
