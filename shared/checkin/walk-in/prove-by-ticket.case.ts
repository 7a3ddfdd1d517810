import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { type TransactItem, transact } from '../../kernel/dynamo/transact.store.ts';
import { logError } from '../../kernel/log.ts';
import { changed } from '../../mail/outbox/new-items.store.ts';
import { readRegistrations } from '../../registration/list/read-registrations.store.ts';
import { provenBy } from '../../registration/proven.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { putRegistration, unprovenWrites } from '../../registration/writes.store.ts';
import type { Deps } from '../scan/deps.case.ts';
import type { NamedHolder } from '../scan/holders.case.ts';

/** DynamoDB's limit for the items of one transaction. */
const MOST_ITEMS = 100;

/**
 * Whoever comes with their ticket had our mail. The scans are kept by then, and their answer waits for no second try: where something
 * else changes one of the registrations at the same moment, the next scan proves it.
 *
 * @param holders of tickets with which somebody came in
 */
export async function proveByTicket(
  { client, registry, system }: Pick<Deps, 'client' | 'registry' | 'system'>,
  event: EventDefinition<unknown>,
  holders: readonly NamedHolder[],
): Promise<void> {
  const unproven = holders.filter((holder) => holder.unproven && holder.isConfirmed && holder.replaced === undefined);
  const references = [...new Set(unproven.map(({ reference }) => reference))];
  if (references.length === 0) return;
  try {
    const found = await readRegistrations(client, registry, event.id, references, system);
    const end = retentionEnd(event);
    const write = (before: Registration): readonly TransactItem[] => {
      const after = provenBy(changed(before, {}, system.now()), 'ticket');
      return [putRegistration(registry, before, after, end), ...unprovenWrites(registry, before, after, end)];
    };
    const writes = found.filter((each) => each.unproven !== undefined).map(write);
    await Promise.all(together(writes).map((some) => proveTogether(some)));
  } catch (error) {
    logError('not proven by their tickets', error, { eventId: event.id });
  }

  async function proveTogether(some: readonly (readonly TransactItem[])[]): Promise<void> {
    const refusals = await transact(client, some.flat(), system);
    if (refusals.length === 0 || some.length === 1) return;
    // One of them changed meanwhile: it harms no other.
    for (const one of some) await transact(client, [...one], system);
  }
}

/** As many of them to a transaction as it holds. */
function together(writes: readonly (readonly TransactItem[])[]): (readonly TransactItem[])[][] {
  const groups: (readonly TransactItem[])[][] = [];
  let size = MOST_ITEMS;
  for (const each of writes) {
    if (size + each.length > MOST_ITEMS) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(each);
    size += each.length;
  }
  return groups;
}
