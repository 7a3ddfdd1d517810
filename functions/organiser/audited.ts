import type { AuditAction, AuditEntry } from '../../shared/domain/audit.ts';
import type { EventDefinition } from '../../shared/domain/event.ts';
import { retentionEnd } from '../../shared/domain/event-times.ts';
import { newId } from '../../shared/registering/new-items.ts';
import { putAudit } from '../../shared/store/audit-item.ts';
import type { TransactItem } from '../../shared/store/transact.ts';
import type { Deps } from './deps.ts';
import type { Caller } from './permitted.ts';

type Noting = Pick<Deps, 'system' | 'auditTable'>;

/**
 * The note of what someone does, to be written in the transaction that does it.
 *
 * @param about a reference, or the id of a quota, session or invitation
 */
export function audited(
  { system, auditTable }: Noting,
  event: EventDefinition<unknown>,
  { id: by }: Caller,
  action: AuditAction,
  about?: string,
): TransactItem {
  const entry: AuditEntry = { id: newId(system), eventId: event.id, at: system.now().toISOString(), by, action, about };
  return putAudit(auditTable, entry, retentionEnd(event));
}

/** Notes that someone is about to see something: where it cannot be noted, it is not seen. */
export const noteRead = (
  deps: Deps,
  event: EventDefinition<unknown>,
  caller: Caller,
  action: AuditAction,
  about?: string,
): Promise<void> => deps.write([audited(deps, event, caller, action, about)]);
