import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import type { ItemKey } from '../../kernel/dynamo/keys.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { Database, Parts } from '../../kernel/parts.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import type { FormSettings } from './form.ts';

const ITEM_VERSION = 1;

/** What organisers set of an event's feedback: one item, for its forms are few and are looked at together. */
export const storedFormSettings = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'impersonal', 'published'),
  /** By the id of the form. Instants are ISO 8601. */
  forms: field(
    z.record(
      z.string(),
      z.object({
        opensAt: z.string().optional(),
        closedAt: z.string().optional(),
        isOff: z.boolean().optional(),
        by: z.enum(['door', 'day']).optional(),
      }),
    ),
    'impersonal',
    'published',
  ),
  revision: field(z.int(), 'impersonal', 'published'),
}));

/** Beside the rules of the event, and published like them. */
export const formSettingsKey = (eventId: string): ItemKey => ({ pk: `EVENT#${eventId}`, sk: 'FEEDBACK' });

/** What is set of each form, and what a conditional write compares: 0 where nothing was ever set. */
export interface KeptFormSettings {
  readonly settings: FormSettings;
  readonly revision: number;
}

/** As they are now. @throws ZodError when the table holds something else */
export async function readFormSettings(
  client: DocumentClient,
  table: string,
  eventId: string,
): Promise<KeptFormSettings> {
  const Key = formSettingsKey(eventId);
  const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
  if (Item === undefined) return { settings: {}, revision: 0 };
  const { forms, revision } = storedFormSettings().parse(Item);
  return { settings: forms, revision };
}

/** @param revision that was read */
export const putFormSettings = (
  table: string,
  eventId: string,
  { settings, revision }: KeptFormSettings,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...formSettingsKey(eventId), v: ITEM_VERSION, forms: settings, revision: revision + 1 },
    ...(revision === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'revision = :read', ExpressionAttributeValues: { ':read': revision } }),
  },
});

export const formSettingsReader =
  ({ client, registry }: Database<'registry'>): Parts['readFormSettings'] =>
  (eventId) =>
    readFormSettings(client, registry, eventId);

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly readFormSettings: (eventId: string) => Promise<KeptFormSettings>;
  }
}
