import { KMSClient } from '@aws-sdk/client-kms';
import { type EventStore, eventStore } from '../../shared/event/event.store.ts';
import { type DocumentClient, documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { type TransactItem, writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { readEnvironment } from '../../shared/kernel/env.ts';
import { realSystem, type System } from '../../shared/kernel/system.store.ts';
import { listRegistrations } from '../../shared/registration/list/registration-list.store.ts';
import type { Registration } from '../../shared/registration/registration.ts';
import { kmsTicketKey, type TicketKey } from '../../shared/ticket/ticket-key.store.ts';
import { manifest } from './function.ts';

/** Everything outside that the use cases of this function touch. */
export interface Deps {
  readonly system: System;
  readonly client: DocumentClient;
  readonly events: EventStore;
  /** All registrations of an event, in no order. */
  readonly listRegistrations: (eventId: string) => Promise<readonly Registration[]>;
  /** Writes items of which none is refused, all or nothing. */
  readonly write: (items: readonly TransactItem[]) => Promise<void>;
  /** Of which the public half is told to phones. */
  readonly ticketKey: Pick<TicketKey, 'publicKey'>;
  /** Public keys whose tickets are still good, 32 bytes each. */
  readonly formerTicketKeys: readonly Uint8Array[];
  /** Physical names. */
  readonly registry: string;
  readonly auditTable: string;
  /** Where passkeys are made and used: `https://host`. */
  readonly siteUrl: string;
}

export function realDeps(client = documentClient()): Deps {
  const environment = readEnvironment(manifest);
  const registry = environment.registry;
  return {
    system: realSystem,
    client,
    events: eventStore({ client, registry, system: realSystem }),
    listRegistrations: (eventId) => listRegistrations(client, registry, eventId),
    write: (items) => writeAll(client, items, realSystem),
    ticketKey: kmsTicketKey(new KMSClient({}), environment.ticketKey),
    formerTicketKeys: publicKeys(environment.formerTicketKeys),
    registry,
    auditTable: environment.audit,
    siteUrl: environment.siteUrl,
  };
}

const publicKeys = (list: string): readonly Uint8Array[] =>
  (JSON.parse(list) as readonly string[]).map((key) => Buffer.from(key, 'base64url'));
