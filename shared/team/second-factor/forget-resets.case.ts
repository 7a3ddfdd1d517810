import { transact } from '../../kernel/dynamo/transact.store.ts';
import { logError } from '../../kernel/log.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { putMember } from '../role/role.store.ts';
import { keptOfReset } from './factor-reset.ts';

type Deps = Needs<'client' | 'digestWriter' | 'registry' | 'roles' | 'system'>;

/** Forgets why second factors were to be reset, a day after nobody waits any more. A member who just changed is looked at the next time. */
export async function forgetResets(deps: Deps): Promise<void> {
  for (const eventId of await deps.digestWriter.events()) {
    try {
      await forgetIn(deps, eventId);
    } catch (error) {
      logError('resets not forgotten', error, { eventId });
    }
  }
}

async function forgetIn({ client, registry, roles, system }: Deps, eventId: string): Promise<void> {
  const now = system.now();
  for (const member of await roles.list(eventId)) {
    const { factorReset, revision } = member;
    const kept = factorReset && keptOfReset(factorReset, now);
    if (kept === factorReset) continue;
    const after = { ...member, factorReset: kept, revision: revision + 1 };
    await transact(client, [putMember(registry, eventId, member, after)], system);
  }
}
