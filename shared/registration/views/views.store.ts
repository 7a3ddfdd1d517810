import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { viewsKey } from '../../kernel/dynamo/keys.ts';
import { readItem } from '../../kernel/dynamo/queries.store.ts';
import { putRevised, type TransactItem, transact } from '../../kernel/dynamo/transact.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { storedViews, type View, type Views } from './views.schema.ts';

export interface ViewStore {
  /** As they are now, strongly consistent; none, of revision 0, where none was ever saved. */
  readonly read: (eventId: string) => Promise<Views>;
  /** @param also what is written with it @returns whether they were as they were read */
  readonly write: (
    event: EventDefinition<unknown>,
    before: Views,
    views: readonly View[],
    also: readonly TransactItem[],
  ) => Promise<boolean>;
}

export function viewStore({ client, registry: table, system }: Given<'registry'>): ViewStore {
  return {
    async read(eventId) {
      const item = await readItem(client, table, viewsKey(eventId));
      return item === undefined ? { views: [], revision: 0 } : fromViewsItem(item);
    },
    write: async (event, before, views, also) =>
      (await transact(client, [putViews(table, event.id, before, views, retentionEnd(event)), ...also], system))
        .length === 0,
  };
}

/** @throws ZodError when the table holds something else */
export function fromViewsItem(item: Record<string, unknown>): Views {
  const { v: _, ...views } = storedViews().parse(item);
  return views;
}

/** @param expiresAt epoch seconds: they end with the event */
export const putViews = (
  table: string,
  eventId: string,
  { revision }: Pick<Views, 'revision'>,
  views: readonly View[],
  expiresAt: number,
): TransactItem => putRevised(table, revision, { ...viewsKey(eventId), v: 1, views, expiresAt });

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly views: ViewStore;
  }
}
