import { notesKey } from '../../kernel/dynamo/keys.ts';
import { readItem } from '../../kernel/dynamo/queries.store.ts';
import { putRevised, type TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Registration } from '../registration.schema.ts';
import { type Note, type Notes, storedNotes } from './notes.schema.ts';

type Of = Pick<Registration, 'eventId' | 'reference'>;

/** As they are now, strongly consistent, unless they are only shown; none, of revision 0, where nobody wrote any. */
export async function readNotes(
  { client, registry }: Needs<'client' | 'registry'>,
  { eventId, reference }: Of,
  { consistent = true } = {},
): Promise<Notes> {
  const item = await readItem(client, registry, notesKey(eventId, reference), { consistent });
  return item === undefined ? { notes: [], revision: 0 } : fromNotesItem(item);
}

/** @throws ZodError when the table holds something else */
export function fromNotesItem(item: Record<string, unknown>): Notes {
  const { v: _, ...notes } = storedNotes().parse(item);
  return notes;
}

/** @param expiresAt epoch seconds: with the registration at the latest */
export const putNotes = (
  table: string,
  { eventId, reference }: Of,
  { revision }: Pick<Notes, 'revision'>,
  notes: readonly Note[],
  expiresAt: number,
): TransactItem => putRevised(table, revision, { ...notesKey(eventId, reference), v: 1, notes, expiresAt });

/** Whether there are any or not. */
export const deleteNotes = (table: string, { eventId, reference }: Of): TransactItem => ({
  Delete: { TableName: table, Key: notesKey(eventId, reference) },
});
