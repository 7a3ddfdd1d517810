import { KMSClient } from '@aws-sdk/client-kms';
import { type AnnouncementStore, announcementStore } from '../../shared/announcements/announcement.store.ts';
import { type MailStore, mailStore } from '../../shared/announcements/write/mail.store.ts';
import { type StoppedDelegations, stoppedDelegations } from '../../shared/delegation/stopped-delegations.store.ts';
import { type EventStore, eventStore } from '../../shared/event/event.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { type Refusal, type TransactItem, transact, writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { readEnvironment } from '../../shared/kernel/env.ts';
import { kmsSecrets, type Secrets } from '../../shared/kernel/keys/secrets.store.ts';
import { realSystem, type System } from '../../shared/kernel/system.store.ts';
import { listRegistrations } from '../../shared/registration/list/registration-list.store.ts';
import type { Registration } from '../../shared/registration/registration.ts';
import { type RoleStore, roleStore } from '../../shared/team/role/role.store.ts';
import { manifest } from './function.ts';

/** Everything outside that writing to many touches. */
export interface Deps {
  readonly system: System;
  readonly secrets: Secrets;
  readonly roles: RoleStore;
  readonly events: EventStore;
  readonly announcements: AnnouncementStore;
  readonly mail: MailStore;
  /** All registrations of an event, in no order. */
  readonly listRegistrations: (eventId: string) => Promise<readonly Registration[]>;
  readonly stoppedDelegations: StoppedDelegations;
  /** Writes items of which none is refused, all or nothing. */
  readonly write: (items: readonly TransactItem[]) => Promise<void>;
  /** Writes all items or none; says which were refused. */
  readonly attempt: (items: readonly TransactItem[]) => Promise<readonly Refusal[]>;
  /** Physical names. */
  readonly registry: string;
  readonly outboxTable: string;
  readonly auditTable: string;
  readonly siteUrl: string;
}

export function realDeps(client = documentClient()): Deps {
  const environment = readEnvironment(manifest);
  const system = realSystem;
  const tables = { registry: environment.registry, outbox: environment.outbox };
  return {
    system,
    secrets: kmsSecrets(new KMSClient({}), environment.secretsKey),
    roles: roleStore({ client, registry: tables.registry }),
    events: eventStore({ client, registry: tables.registry, system }),
    announcements: announcementStore({ client, registry: tables.registry }),
    mail: mailStore({ client, outbox: tables.outbox, system }),
    listRegistrations: (eventId) => listRegistrations(client, tables.registry, eventId),
    stoppedDelegations: stoppedDelegations({ client, registry: tables.registry, system }),
    write: (items) => writeAll(client, items, system),
    attempt: (items) => transact(client, items, system),
    registry: tables.registry,
    outboxTable: tables.outbox,
    auditTable: environment.audit,
    siteUrl: environment.siteUrl,
  };
}
