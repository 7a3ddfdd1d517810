import type { EventDefinition } from '../../domain/event.ts';
import { retentionEnd } from '../../domain/event-times.ts';
import { provenBy } from '../../domain/proven.ts';
import { logError } from '../../log.ts';
import { changed } from '../../registering/new-items.ts';
import { putRegistration, unprovenWrites } from '../../registering/writes.ts';
import { readRegistrations } from '../../store/read-registrations.ts';
import { transact } from '../../store/transact.ts';
import type { Deps } from './deps.ts';
import type { NamedHolder } from './holders.ts';

/**
 * Whoever comes with their ticket had our mail. The scan is kept by then, and its answer waits for no second try: where something else
 * changes the registration at the same moment, the next scan proves it.
 */
export async function proveByTicket(
  { client, registry, system }: Pick<Deps, 'client' | 'registry' | 'system'>,
  event: EventDefinition<unknown>,
  holder: NamedHolder | undefined,
): Promise<void> {
  if (!holder?.unproven || !holder.isConfirmed || holder.replaced !== undefined) return;
  try {
    const [before] = await readRegistrations(client, registry, event.id, [holder.reference], system);
    if (before?.unproven === undefined) return;
    const after = provenBy(changed(before, {}, system.now()), 'ticket');
    const end = retentionEnd(event);
    await transact(
      client,
      [putRegistration(registry, before, after, end), ...unprovenWrites(registry, before, after, end)],
      system,
    );
  } catch (error) {
    logError('not proven by its ticket', error, { eventId: event.id, reference: holder.reference });
  }
}
