import { KMSClient } from '@aws-sdk/client-kms';
import { readEnvironment } from '../../shared/env.ts';
import { kmsSecrets, type Secrets } from '../../shared/keys/secrets.ts';
import { documentClient } from '../../shared/store/client.ts';
import { type RoleInvitationStore, roleInvitationStore } from '../../shared/store/role-invitation-store.ts';
import { type RoleStore, roleStore } from '../../shared/store/role-store.ts';
import { realSystem, type System } from '../../shared/system.ts';

/** Everything outside that the use cases of this function touch. */
export interface Deps {
  readonly system: System;
  readonly secrets: Secrets;
  readonly roles: RoleStore;
  readonly invitations: RoleInvitationStore;
  /** The physical name of the table of messages. */
  readonly outbox: string;
  readonly siteUrl: string;
}

export function realDeps(client = documentClient()): Deps {
  const environment = readEnvironment('organiser');
  const system = realSystem;
  return {
    system,
    secrets: kmsSecrets(new KMSClient({}), environment.secretsKey),
    roles: roleStore(client, environment.registryTable),
    invitations: roleInvitationStore(client, environment.registryTable, system),
    outbox: environment.outboxTable,
    siteUrl: environment.siteUrl,
  };
}
