import * as z from 'zod';
import type { ItemKey } from '../../kernel/dynamo/keys.ts';
import { WORDS_PREFIX } from '../../kernel/dynamo/tables.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { UsesOf } from '../../kernel/dynamo/uses-of.ts';
import { once } from '../../kernel/once.ts';

const ITEM_VERSION = 1;

/** What five people or more wrote whose answers were opened together: neither who, nor what else they answered, nor what belongs together. */
export const storedWords = once(() =>
  z.object({
    v: z.literal(ITEM_VERSION),
    /** By question, each question's in the order of the alphabet. */
    texts: z.record(z.string(), z.array(z.string())),
  }),
);

export const WORDS_USES = {
  v: ['records', 'event'],
  texts: ['feedback', 'event'],
} as const satisfies UsesOf<typeof storedWords>;

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
