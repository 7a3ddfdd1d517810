import * as z from 'zod';
import { PASS_GROUPS, type PassGroup } from '../domain/feedback/pass.ts';
import { once } from '../once.ts';
import { batchGet } from './batch-get.ts';
import type { DocumentClient } from './client.ts';
import type { ItemKey } from './keys.ts';
import { FEEDBACK_KEYS_PREFIX } from './tables.ts';
import type { TransactItem } from './transact.ts';
import type { UsesOf } from './uses-of.ts';

const ITEM_VERSION = 1;

/** The keys that sign the tokens of one form, for one group of people. They are made once, and never change. */
export const storedFeedbackKeys = once(() =>
  z.object({
    v: z.literal(ITEM_VERSION),
    /** DER, SPKI, base64url. */
    publicKey: z.string(),
    /** DER, PKCS #8, as `sealBlindKey` sealed it, base64url. */
    sealedKey: z.string(),
  }),
);

export const FEEDBACK_KEYS_USES = {
  v: ['impersonal', 'event'],
  publicKey: ['impersonal', 'event'],
  sealedKey: ['impersonal', 'event'],
} as const satisfies UsesOf<typeof storedFeedbackKeys>;

export interface FeedbackKeys {
  readonly publicKey: Buffer;
  readonly sealedKey: Buffer;
}

export const feedbackKeysKey = (eventId: string, form: string, group: PassGroup): ItemKey => ({
  pk: `${FEEDBACK_KEYS_PREFIX}${eventId}#${form}`,
  sk: group,
});

/** Those of a form that were made. @throws ZodError when the table holds something else */
export async function readFeedbackKeys(
  client: DocumentClient,
  table: string,
  { eventId, form }: { readonly eventId: string; readonly form: string },
  system: Parameters<typeof batchGet>[3],
): Promise<Partial<Record<PassGroup, FeedbackKeys>>> {
  const keyOf = (group: PassGroup) => feedbackKeysKey(eventId, form, group);
  const item = await batchGet(client, table, PASS_GROUPS.map(keyOf), system, true);
  const made = PASS_GROUPS.flatMap((group) => {
    const found = item(keyOf(group));
    return found === undefined ? [] : [[group, fromItem(found)]];
  });
  return Object.fromEntries(made);
}

function fromItem(item: Record<string, unknown>): FeedbackKeys {
  const { publicKey, sealedKey } = storedFeedbackKeys().parse(item);
  return { publicKey: Buffer.from(publicKey, 'base64url'), sealedKey: Buffer.from(sealedKey, 'base64url') };
}

/** Refused where there are keys already. @param expiresAt epoch seconds */
export const putFeedbackKeys = (
  table: string,
  key: ItemKey,
  { publicKey, sealedKey }: FeedbackKeys,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: {
      ...{ ...key, v: ITEM_VERSION, expiresAt },
      publicKey: publicKey.toString('base64url'),
      sealedKey: sealedKey.toString('base64url'),
    },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});
