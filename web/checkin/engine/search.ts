import type { Context } from './context.ts';
import { type FoundPerson, SearchError } from './engine.ts';

const PATIENCE = 15_000;

export interface Found {
  readonly people: readonly FoundPerson[];
  readonly hasMore: boolean;
}

/** Asks the server: a phone holds no name that it could look through. @throws SearchError */
export async function searchPeople({ ask, memory }: Context, text: string): Promise<Found> {
  const { device } = memory.state;
  if (device?.terms.maySearch !== true) throw new SearchError('not-permitted');
  const path = `/api/checkin/search?${new URLSearchParams({ q: text })}`;
  const answer = await ask<Found>({ path, token: device.token, patience: PATIENCE });
  if (answer.kind === 'ok') return answer.body;
  if (answer.kind === 'offline') throw new SearchError('offline');
  throw new SearchError(answer.status === 403 ? 'not-permitted' : 'server');
}
