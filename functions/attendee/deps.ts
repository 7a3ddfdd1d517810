import { KMSClient } from '@aws-sdk/client-kms';
import { type CoordinatorMailStore, coordinatorMailStore } from '../../shared/delegation/coordinator-mail.store.ts';
import { type DelegationStore, delegationStore } from '../../shared/delegation/delegation.store.ts';
import { type EventStore, eventStore } from '../../shared/event/event.store.ts';
import { type DocumentClient, documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { readEnvironment } from '../../shared/kernel/env.ts';
import { kmsSecrets, type Secrets } from '../../shared/kernel/keys/secrets.store.ts';
import { realSystem, type System } from '../../shared/kernel/system.store.ts';
import { type YoungStore, type YoungTables, youngStore } from '../../shared/minors/young.store.ts';
import { type ChangeStore, changeStore } from '../../shared/registration/change.store.ts';
import { type LockStore, lockStore } from '../../shared/registration/lock.store.ts';
import { type RegistrationStore, registrationStore } from '../../shared/registration/registration.store.ts';
import { kmsTicketSigner, type TicketSigner } from '../../shared/ticket/ticket-signer.store.ts';
import { manifest } from './function.ts';

/** Everything outside that the use cases of this function touch. */
export interface Deps {
  readonly system: System;
  readonly client: DocumentClient;
  readonly secrets: Secrets;
  readonly signer: TicketSigner;
  readonly registrations: RegistrationStore;
  readonly changes: ChangeStore;
  readonly locks: LockStore;
  readonly young: YoungStore;
  readonly delegations: Pick<DelegationStore, 'read' | 'readMember'>;
  readonly coordinatorMail: CoordinatorMailStore;
  readonly events: EventStore;
  /** Physical names, for what is written along with a registration. */
  readonly tables: YoungTables;
}

export function realDeps(client = documentClient()): Deps {
  const environment = readEnvironment(manifest);
  const system = realSystem;
  const kms = new KMSClient({});
  const tables = { registry: environment.registry, outbox: environment.outbox, care: environment.care };
  return {
    system,
    client,
    secrets: kmsSecrets(kms, environment.secretsKey),
    signer: kmsTicketSigner(kms, environment.ticketKey),
    registrations: registrationStore({ client, registry: tables.registry, system }),
    changes: changeStore({ client, ...tables, system }),
    locks: lockStore({ client, ...tables, system }),
    young: youngStore({ client, ...tables, system }),
    delegations: delegationStore({ client, registry: tables.registry, system }),
    coordinatorMail: coordinatorMailStore({ client, registry: tables.registry }),
    events: eventStore({ client, registry: tables.registry, system }),
    tables,
  };
}
