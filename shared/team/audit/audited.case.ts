import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { System } from '../../kernel/system.store.ts';
import { newId } from '../../mail/outbox/new-items.store.ts';
import type { Caller } from '../role/permitted.case.ts';
import { type AuditEntry, putAudit } from './audit.store.ts';
import type { AboutOf, AuditAction } from './audit.ts';

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
 * @param about the registration of a person, or the id of a quota, session or invitation
 * @param said what is noted of it beside
 */
export function audited<Action extends AuditAction>(
  { system, auditTable }: Noting,
  event: EventDefinition<unknown>,
  { id: by, label: byLabel }: Pick<Caller, 'id' | 'label'>,
  action: Action,
  about?: AboutOf<Action>,
  said: Said = {},
): TransactItem {
  const entry: AuditEntry = {
    id: newId(system),
    eventId: event.id,
    at: system.now().toISOString(),
    by,
    byLabel,
    action,
    ...(typeof about === 'object'
      ? { about: about.reference, person: about.ageBand ?? 'adult' }
      : { about: about as string | undefined }),
    ...said,
  };
  return putAudit(auditTable, entry, retentionEnd(event));
}

/** Notes that a member is about to see something: where it cannot be noted, it is not seen. */
export const noteRead = <Action extends AuditAction>(
  deps: Writing,
  event: EventDefinition<unknown>,
  caller: Caller,
  action: Action,
  about?: AboutOf<Action>,
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
  return noteRead(deps, event, caller, action, { reference, ageBand: 'minor' });
}
