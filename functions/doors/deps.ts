import { type HoldersOf, holderMemory } from '../../shared/checkin/holder-memory.store.ts';
import { type EventStore, eventStore } from '../../shared/event/event.store.ts';
import { type DocumentClient, documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { type Refusal, type TransactItem, transact, writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { readEnvironment } from '../../shared/kernel/env.ts';
import { realSystem, type System } from '../../shared/kernel/system.store.ts';
import { listRegistrations } from '../../shared/registration/list/registration-list.store.ts';
import { type RegistrationStore, registrationStore } from '../../shared/registration/registration.store.ts';
import type { Registration } from '../../shared/registration/registration.ts';
import { type RoleStore, roleStore } from '../../shared/team/role/role.store.ts';
import { manifest } from './function.ts';

/** Everything outside that setting up and watching the doors touches. */
export interface Deps {
  readonly system: System;
  readonly client: DocumentClient;
  readonly roles: RoleStore;
  readonly events: EventStore;
  readonly registrations: Pick<RegistrationStore, 'read'>;
  readonly holdersOf: HoldersOf;
  /** All registrations of an event, in no order. */
  readonly listRegistrations: (eventId: string) => Promise<readonly Registration[]>;
  /** Writes items of which none is refused, all or nothing. */
  readonly write: (items: readonly TransactItem[]) => Promise<void>;
  /** Writes all items or none; says which were refused. */
  readonly attempt: (items: readonly TransactItem[]) => Promise<readonly Refusal[]>;
  /** Physical names. */
  readonly registry: string;
  readonly auditTable: string;
  readonly outboxTable: string;
  readonly siteUrl: string;
}

export function realDeps(client = documentClient()): Deps {
  const { registry, audit: auditTable, outbox, siteUrl } = readEnvironment(manifest);
  const system = realSystem;
  const everyone = (eventId: string) => listRegistrations(client, registry, eventId);
  return {
    system,
    client,
    roles: roleStore({ client, registry }),
    events: eventStore({ client, registry, system }),
    registrations: registrationStore({ client, registry, system }),
    holdersOf: holderMemory(everyone, system),
    listRegistrations: everyone,
    write: (items) => writeAll(client, items, system),
    attempt: (items) => transact(client, items, system),
    registry,
    auditTable,
    outboxTable: outbox,
    siteUrl,
  };
}
