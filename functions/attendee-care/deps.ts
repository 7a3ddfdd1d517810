import { KMSClient } from '@aws-sdk/client-kms';
import { type NeedsStore, needsStore } from '../../shared/care/needs.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { readEnvironment } from '../../shared/kernel/env.ts';
import { kmsSecrets, type Secrets } from '../../shared/kernel/keys/secrets.store.ts';
import { realSystem, type System } from '../../shared/kernel/system.store.ts';
import { type YoungStore, type YoungTables, youngStore } from '../../shared/minors/young.store.ts';
import { type ChangeStore, changeStore } from '../../shared/registration/change.store.ts';
import { type RegistrationStore, registrationStore } from '../../shared/registration/registration.store.ts';
import { manifest } from './function.ts';

/** Everything outside that the use cases of this function touch. */
export interface Deps {
  readonly system: System;
  readonly secrets: Secrets;
  readonly registrations: RegistrationStore;
  readonly changes: ChangeStore;
  readonly needs: NeedsStore;
  readonly young: Pick<YoungStore, 'readPending'>;
  /** Physical names, for what is written along with a registration. */
  readonly tables: YoungTables;
}

export function realDeps(client = documentClient()): Deps {
  const environment = readEnvironment(manifest);
  const system = realSystem;
  const tables = { registry: environment.registry, outbox: environment.outbox, care: environment.care };
  return {
    system,
    secrets: kmsSecrets(new KMSClient({}), environment.secretsKey),
    registrations: registrationStore({ client, registry: tables.registry, system }),
    changes: changeStore({ client, ...tables, system }),
    needs: needsStore({ client, ...tables, system }),
    young: youngStore({ client, ...tables, system }),
    tables,
  };
}
