import * as z from 'zod';
import { type ItemKey, NOT_THERE } from '../../kernel/dynamo/keys.ts';
import { ISSUED_TOKENS_PREFIX, SPENT_TOKENS_PREFIX } from '../../kernel/dynamo/tables.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';

const ISSUED_VERSION = 1;

/** That an attendee was given the token of a form: neither who nor when, nor which it is. */
export const storedIssuedToken = stored(() => ({
  v: field(z.literal(ISSUED_VERSION), 'records', 'event'),
  /**
   * Of what was signed unseen: its SHA-256, base64url. Of who answered without a script, for whom nothing was signed, a MAC that looks
   * the same: by it they are known who send their answers twice. Neither is ever anywhere near an answer.
   */
  blindedHash: field(z.string(), 'feedback', 'event'),
}));

/** @param holder an HMAC of the attendee: nobody who reads the table learns who asked */
export const issuedTokenKey = (eventId: string, form: string, holder: string): ItemKey => ({
  pk: `${ISSUED_TOKENS_PREFIX}${eventId}#${form}`,
  sk: holder,
});

/** @returns its `blindedHash` */
export const fromIssuedTokenItem = (item: Record<string, unknown>): string =>
  storedIssuedToken().parse(item).blindedHash;

/** Refused where something else was signed for them. @param expiresAt epoch seconds */
export const putIssuedToken = (table: string, key: ItemKey, blindedHash: string, expiresAt: number): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...key, v: ISSUED_VERSION, blindedHash, expiresAt },
    ConditionExpression: 'attribute_not_exists(pk) OR blindedHash = :same',
    ExpressionAttributeValues: { ':same': blindedHash },
  },
});

/** Refused, with the item as it stands, where anything was noted of them before. @param expiresAt epoch seconds */
export const putAnsweredHere = (table: string, key: ItemKey, mark: string, expiresAt: number): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...key, v: ISSUED_VERSION, blindedHash: mark, expiresAt },
    ConditionExpression: NOT_THERE,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

/** 1 had what was written beside it. */
const SPENT_VERSION = 2;

/** That a token was spent: neither when, nor for what answer. */
export const storedSpentToken = stored(() => ({ v: field(z.literal(SPENT_VERSION), 'records', 'event') }));

/** A form's tokens are one partition, in the order of their hashes: that of nothing. @param hash of the token, base64url */
export const spentTokenKey = (eventId: string, form: string, hash: string): ItemKey => ({
  pk: `${SPENT_TOKENS_PREFIX}${eventId}#${form}`,
  sk: hash,
});

/** Refused where the token was spent before. @param expiresAt epoch seconds */
export const putSpentToken = (table: string, key: ItemKey, expiresAt: number): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...key, v: SPENT_VERSION, expiresAt },
    ConditionExpression: NOT_THERE,
  },
});
