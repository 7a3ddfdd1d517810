import { type DelegationStore, delegationStore } from '../../shared/delegation/delegation.store.ts';
import { type RulesReader, rulesReader } from '../../shared/event/rules-reader.store.ts';
import { type DocumentClient, documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { readEnvironment } from '../../shared/kernel/env.ts';
import { realSystem, type System } from '../../shared/kernel/system.store.ts';
import { type MessageReader, messageReader } from '../../shared/mail/outbox/message-reader.store.ts';
import { type ChangeStore, changeStore } from '../../shared/registration/change.store.ts';
import { type RegistrationStore, registrationStore } from '../../shared/registration/registration.store.ts';
import { manifest } from './function.ts';

/** Everything outside that noting an event touches. */
export interface Deps {
  readonly system: System;
  readonly readMessage: MessageReader;
  readonly readRules: RulesReader;
  readonly registrations: Pick<RegistrationStore, 'read'>;
  readonly delegations: Pick<DelegationStore, 'readRoster' | 'registrations'>;
  readonly changes: ChangeStore;
  readonly client: DocumentClient;
  /** Physical names. */
  readonly registry: string;
  readonly outboxTable: string;
}

export function realDeps(client = documentClient()): Deps {
  const { registry, outbox } = readEnvironment(manifest);
  const system = realSystem;
  return {
    system,
    readMessage: messageReader({ client, outbox }),
    readRules: rulesReader({ client, registry }),
    registrations: registrationStore({ client, registry, system }),
    delegations: delegationStore({ client, registry, system }),
    changes: changeStore({ client, registry, outbox, system }),
    client,
    registry,
    outboxTable: outbox,
  };
}
