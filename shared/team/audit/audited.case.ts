import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { System } from '../../kernel/system.store.ts';
import { newId } from '../../mail/outbox/new-items.store.ts';
import type { Caller } from '../role/permitted.case.ts';
import { type AuditEntry, putAudit } from './audit.store.ts';
import type { AuditAction } from './audit.ts';

interface Noting {
  readonly system: Pick<System, 'now' | 'random'>;
  /** The physical name. */
  readonly auditTable: string;
}

type Said = Pick<AuditEntry, 'grants' | 'label' | 'vettedUntil' | 'why' | 'people' | 'columns'>;

interface Writing extends Noting {
  /** Writes items of which none is refused, all or nothing. */
  readonly write: (items: readonly TransactItem[]) => Promise<void>;
}

/**
 * The note of what a member does, to be written in the transaction that does it.
 *
 * @param about a reference, or the id of a quota, session or invitation
 * @param said what is noted of it beside
 */
export function audited(
  { system, auditTable }: Noting,
  event: EventDefinition<unknown>,
  { id: by }: Caller,
  action: AuditAction,
  about?: string,
  said: Said = {},
): TransactItem {
  const entry: AuditEntry = {
    id: newId(system),
    eventId: event.id,
    at: system.now().toISOString(),
    by,
    action,
    about,
    ...said,
  };
  return putAudit(auditTable, entry, retentionEnd(event));
}

/** Notes that a member is about to see something: where it cannot be noted, it is not seen. */
export const noteRead = (
  deps: Writing,
  event: EventDefinition<unknown>,
  caller: Caller,
  action: AuditAction,
  about?: string,
): Promise<void> => deps.write([audited(deps, event, caller, action, about, caller.why ? { why: caller.why } : {})]);

/**
 * Notes that a member is about to see a minor's record, and why (CS14): a member who does not say why does not see it.
 *
 * @param action `read-handover` where it is how they leave
 * @throws ProblemError `why-needed`
 */
export function noteMinor(
  deps: Writing,
  event: EventDefinition<unknown>,
  caller: Caller,
  reference: string,
  action: Extract<AuditAction, 'read-minor' | 'read-handover'> = 'read-minor',
): Promise<void> {
  if (caller.why === undefined) throw new ProblemError('why-needed');
  return noteRead(deps, event, caller, action, reference);
}
