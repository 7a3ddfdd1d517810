import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import type { ItemKey } from '../../kernel/dynamo/keys.ts';
import { FEEDBACK_KEYS_PREFIX } from '../../kernel/dynamo/tables.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import type { FormOf, PassGroup } from './pass.ts';

/** 1 had an item for each group. */
const ITEM_VERSION = 2;

/** The keys that sign the tokens of one form. They are made once, and never change. */
export const storedFeedbackKeys = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'impersonal', 'event'),
  /** DER, SPKI, base64url. */
  publicKeys: field(z.object({ adult: z.string(), young: z.string() }), 'impersonal', 'event'),
  /** `FormSecrets`, as `FormSealing` sealed them, base64url. */
  sealed: field(z.string(), 'impersonal', 'event'),
}));

export interface FeedbackKeys {
  /** DER, SPKI. */
  readonly publicKeys: Readonly<Record<PassGroup, Buffer>>;
  readonly sealed: Buffer;
}

const feedbackKeysKey = ({ eventId, form }: FormOf): ItemKey => ({
  pk: `${FEEDBACK_KEYS_PREFIX}${eventId}#${form}`,
  sk: 'KEYS',
});

/** `undefined` until they are made. @throws ZodError when the table holds something else */
export async function readFeedbackKeys(
  client: DocumentClient,
  table: string,
  of: FormOf,
): Promise<FeedbackKeys | undefined> {
  const { Item } = await client.send(
    new GetCommand({ TableName: table, Key: feedbackKeysKey(of), ConsistentRead: true }),
  );
  if (Item === undefined) return undefined;
  const { publicKeys, sealed } = storedFeedbackKeys().parse(Item);
  const { adult, young } = publicKeys;
  return { publicKeys: { adult: fromText(adult), young: fromText(young) }, sealed: fromText(sealed) };
}

/** Refused where there are keys already. @param expiresAt epoch seconds */
export const putFeedbackKeys = (
  table: string,
  of: FormOf,
  { publicKeys: { adult, young }, sealed }: FeedbackKeys,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: {
      ...{ ...feedbackKeysKey(of), v: ITEM_VERSION, expiresAt },
      publicKeys: { adult: toText(adult), young: toText(young) },
      sealed: toText(sealed),
    },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

const toText = (bytes: Buffer): string => bytes.toString('base64url');
const fromText = (text: string): Buffer => Buffer.from(text, 'base64url');
