import * as z from 'zod';
import type { ItemKey } from '../../kernel/dynamo/keys.ts';
import { SPENT_TOKENS_PREFIX } from '../../kernel/dynamo/tables.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';

/** 1 had what was written beside it. */
const ITEM_VERSION = 2;

/** That a token was spent: neither when, nor for what answer. */
export const storedSpentToken = stored(() => ({ v: field(z.literal(ITEM_VERSION), 'records', 'event') }));

/** A form's tokens are one partition, in the order of their hashes: that of nothing. @param hash of the token, base64url */
export const spentTokenKey = (eventId: string, form: string, hash: string): ItemKey => ({
  pk: `${SPENT_TOKENS_PREFIX}${eventId}#${form}`,
  sk: hash,
});

/** Refused where the token was spent before. @param expiresAt epoch seconds */
export const putSpentToken = (table: string, key: ItemKey, expiresAt: number): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...key, v: ITEM_VERSION, expiresAt },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});
