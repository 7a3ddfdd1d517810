import type { Context } from './context.ts';
import { type FoundPerson, SearchError } from './engine.ts';

const PATIENCE = 15_000;

export interface Found {
  readonly people: readonly FoundPerson[];
  readonly hasMore: boolean;
}

const WHY: Readonly<Record<string, SearchError['why']>> = {
  'search-locked': 'locked',
  'search-ended': 'ended',
  'too-many-searches': 'too-many',
};

/**
 * Asks the server: a phone holds no name that it could look through.
 *
 * @param unlock what opens a search that is locked; the phone keeps none of it
 * @throws SearchError
 */
export async function searchPeople({ ask, memory }: Context, text: string, unlock?: string): Promise<Found> {
  const { device } = memory.state;
  if (device?.terms.maySearch !== true) throw new SearchError('not-permitted');
  const path = `/api/checkin/search?${new URLSearchParams({ q: text })}`;
  const answer = await ask<Found>({ path, token: device.token, unlock, patience: PATIENCE });
  if (answer.kind === 'ok') return answer.body;
  if (answer.kind === 'offline') throw new SearchError('offline');
  const why = WHY[answer.type ?? ''] ?? (answer.status === 403 ? 'not-permitted' : 'server');
  throw new SearchError(why, answer.lock);
}
