import * as z from 'zod';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import type { ItemKey } from '../../kernel/dynamo/keys.ts';
import { readItem } from '../../kernel/dynamo/queries.store.ts';
import { FEEDBACK_KEYS_PREFIX } from '../../kernel/dynamo/tables.ts';
import { putRevised, type TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { type NameableLabels, NOTHING_NAMED } from '../result/published.ts';
import type { FormOf } from './pass.ts';

const ITEM_VERSION = 1;

/** What may be said of those who answer a form: of groups, and of nobody. */
export const storedFeedbackLabels = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'impersonal', 'event'),
  modes: field(z.array(z.string()), 'impersonal', 'event'),
  categories: field(z.record(z.string(), z.array(z.string())), 'impersonal', 'event'),
  revision: field(z.int(), 'impersonal', 'event'),
}));

/** What is named, and what a conditional write compares: 0 where nothing ever was. */
export interface KeptLabels {
  readonly named: NameableLabels;
  readonly revision: number;
}

/** Beside the keys of the form. */
const feedbackLabelsKey = ({ eventId, form }: FormOf): ItemKey => ({
  pk: `${FEEDBACK_KEYS_PREFIX}${eventId}#${form}`,
  sk: 'LABELS',
});

/** As they are now. @throws ZodError when the table holds something else */
export async function readFeedbackLabels(client: DocumentClient, table: string, of: FormOf): Promise<KeptLabels> {
  const item = await readItem(client, table, feedbackLabelsKey(of));
  if (item === undefined) return { named: NOTHING_NAMED, revision: 0 };
  const { modes, categories, revision } = storedFeedbackLabels().parse(item);
  return { named: { modes, categories }, revision };
}

/** Refused where others are named by now. @param revision that was read @param expiresAt epoch seconds */
export const putFeedbackLabels = (
  table: string,
  of: FormOf,
  { named: { modes, categories }, revision }: KeptLabels,
  expiresAt: number,
): TransactItem =>
  putRevised(table, revision, { ...feedbackLabelsKey(of), v: ITEM_VERSION, modes, categories, expiresAt });
