import { logError } from '../../shared/log.ts';
import { deliver } from './deliver.ts';
import type { Deps } from './deps.ts';

/** Milliseconds after which no further message is begun: the function has thirty seconds. */
const TIME = 20 * 1000;
/** More than can be sent in that time. */
const MOST = 500;

/** Sends what was put off and may leave now, and what someone claimed and did not finish. */
export async function sweep(deps: Deps): Promise<void> {
  const begun = deps.system.now();
  for (const id of await deps.outbox.due(begun, MOST)) {
    if (deps.system.now().getTime() - begun.getTime() > TIME) return;
    await deliver(deps, id).catch((error: unknown) => logError('message not swept', error, { outboxId: id }));
  }
}
