import type { Needs } from '../../kernel/parts.store.ts';
import type { Urgency } from '../kinds.ts';
import { deliver } from './deliver.case.ts';
import { readAhead } from './read-ahead.case.ts';
import type { WriteNeeds } from './write-mail.case.ts';

type Deps = WriteNeeds & Needs<'mailer' | 'outbox' | 'pace' | 'sesConnections'>;

export interface Paced {
  /** Messages that could not even be claimed or put off, and why. */
  readonly failed?: ReadonlyMap<string, unknown>;
  /** Those that had no turn, and when to ask again. */
  readonly left?: { readonly ids: readonly string[]; readonly notBefore: Date };
}

/**
 * Delivers messages at the account's rate: each is begun at its turn, and none waits for the one before to end.
 *
 * @throws when no turn could be asked for
 */
export async function deliverPaced(deps: Deps, ids: readonly string[], urgency: Urgency): Promise<Paced> {
  try {
    return await deliverInTurn(deps, ids, urgency);
  } finally {
    deps.sesConnections.closeIdle();
  }
}

async function deliverInTurn(deps: Deps, ids: readonly string[], urgency: Urgency): Promise<Paced> {
  const { system } = deps;
  const schedule = await deps.pace.take(ids.length, urgency);
  if ('askAgainAt' in schedule) return { left: { ids, notBefore: new Date(schedule.askAgainAt) } };
  const failed = new Map<string, unknown>();
  const now = ids.slice(0, schedule.mails);
  const ahead = await readAhead(deps, now);
  await Promise.all(
    now.map(async (id, place) => {
      await system.wait(schedule.startAt + place * schedule.every - system.now().getTime());
      await deliver(deps, id, ahead.get(id)).catch((error: unknown) => failed.set(id, error));
    }),
  );
  const { mails, restAt } = schedule;
  return { failed, ...(restAt !== undefined && { left: { ids: ids.slice(mails), notBefore: new Date(restAt) } }) };
}
