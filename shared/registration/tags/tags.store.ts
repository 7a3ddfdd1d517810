import { tagsKey } from '../../kernel/dynamo/keys.ts';
import { readItem } from '../../kernel/dynamo/queries.store.ts';
import { putRevised, type TransactItem, transact } from '../../kernel/dynamo/transact.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { storedTags, type Tags } from './tags.schema.ts';

type NewTags = Omit<Tags, 'revision'>;

export interface TagStore {
  /** As they are now, strongly consistent; none, of revision 0, where none was ever made. */
  readonly read: (eventId: string) => Promise<Tags>;
  /** @param also what is written with it @returns whether they were as they were read */
  readonly write: (eventId: string, before: Tags, after: NewTags, also: readonly TransactItem[]) => Promise<boolean>;
}

export function tagStore({ client, registry: table, system }: Given<'registry'>): TagStore {
  return {
    async read(eventId) {
      const item = await readItem(client, table, tagsKey(eventId));
      return item === undefined ? { tags: [], revision: 0 } : fromTagsItem(item);
    },
    write: async (eventId, before, after, also) =>
      (await transact(client, [putTags(table, eventId, before, after), ...also], system)).length === 0,
  };
}

/** @throws ZodError when the table holds something else */
export function fromTagsItem(item: Record<string, unknown>): Tags {
  const { v: _, ...tags } = storedTags().parse(item);
  return tags;
}

export const putTags = (
  table: string,
  eventId: string,
  { revision }: Pick<Tags, 'revision'>,
  { tags, removed }: NewTags,
): TransactItem => putRevised(table, revision, { ...tagsKey(eventId), v: 1, tags, ...(removed && { removed }) });

/** Nobody gets a tag that is removed at the same moment: what looks for those who have it comes after this. */
export const requireTags = (table: string, eventId: string, { revision }: Pick<Tags, 'revision'>): TransactItem => ({
  ConditionCheck: {
    TableName: table,
    Key: tagsKey(eventId),
    ConditionExpression: 'revision = :read',
    ExpressionAttributeValues: { ':read': revision },
  },
});

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly tags: TagStore;
  }
}
