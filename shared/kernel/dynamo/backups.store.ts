import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Database } from '../parts.store.ts';
import { field, type Output, stored } from '../stored.schema.ts';
import type { ItemKey } from './keys.ts';
import { readItem } from './queries.store.ts';
import { BACKED_UP } from './tables.ts';

/** Whether each table can be brought back, as DynamoDB said once a day. */
export const storedBackups = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'published'),
  /** ISO 8601. */
  readAt: field(z.string(), 'impersonal', 'published'),
  /** Until when; nothing of one that cannot be. One of which nothing was said is left out. */
  tables: field(
    z.array(z.object({ table: z.enum(BACKED_UP), until: z.string().optional() })),
    'impersonal',
    'published',
  ),
}));
export interface Backups extends Omit<Output<typeof storedBackups>, 'v'> {}
export type BackedUpTable = Backups['tables'][number];

/** Milliseconds by which it may be late: DynamoDB is by five minutes. */
const LATEST = 60 * 60 * 1000;

/** @param at when it was asked, epoch milliseconds */
export const isRestorable = ({ until }: Pick<BackedUpTable, 'until'>, at: number): boolean =>
  until !== undefined && at - Date.parse(until) <= LATEST;

/** In `Registry`, one for the whole system. */
const BACKUPS_KEY: ItemKey = { pk: 'BACKUPS', sk: 'BACKUPS' };

export const toBackupsItem = (backups: Backups) => ({ ...BACKUPS_KEY, v: 1, ...backups });

export function fromBackupsItem(item: Record<string, unknown>): Backups {
  const { v: _, ...backups } = storedBackups().parse(item);
  return backups;
}

interface BackupStore {
  readonly note: (backups: Backups) => Promise<void>;
  /** Nothing until they were looked at for the first time. */
  readonly read: () => Promise<Backups | undefined>;
}

export const backupStore = ({ client, registry: TableName }: Database<'registry'>): BackupStore => ({
  async note(backups) {
    await client.send(new PutCommand({ TableName, Item: toBackupsItem(backups) }));
  },
  async read() {
    const item = await readItem(client, TableName, BACKUPS_KEY, { consistent: false });
    return item && fromBackupsItem(item);
  },
});

declare module '../parts.store.ts' {
  interface Parts {
    readonly backups: BackupStore;
  }
}
