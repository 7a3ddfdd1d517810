import { KMSClient } from '@aws-sdk/client-kms';
import { type EventStore, eventStore } from '../../shared/event/event.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { readEnvironment } from '../../shared/kernel/env.ts';
import { kmsSecrets, type Secrets } from '../../shared/kernel/keys/secrets.store.ts';
import { realSystem, type System } from '../../shared/kernel/system.store.ts';
import { type SubmissionStore, submissionStore } from '../../shared/registration/apply/submission.store.ts';
import { type ChangeStore, changeStore } from '../../shared/registration/change.store.ts';
import { type UnconfirmedStore, unconfirmedStore } from '../../shared/registration/confirm/unconfirmed.store.ts';
import { manifest } from './function.ts';

/** Everything outside that the use cases of this function touch. */
export interface Deps {
  readonly system: System;
  readonly secrets: Secrets;
  readonly events: EventStore;
  readonly submissions: SubmissionStore;
  readonly changes: ChangeStore;
  readonly unconfirmed: UnconfirmedStore;
  /** Physical names, for what is written along with a registration. */
  readonly tables: { readonly registry: string; readonly care: string };
  /** The address mail comes from: what to look for in the inbox. */
  readonly sender: string;
}

export function realDeps(client = documentClient()): Deps {
  const environment = readEnvironment(manifest);
  const system = realSystem;
  const tables = { registry: environment.registry, outbox: environment.outbox, care: environment.care };
  return {
    system,
    secrets: kmsSecrets(new KMSClient({}), environment.secretsKey),
    events: eventStore({ client, registry: tables.registry, system }),
    submissions: submissionStore({ client, ...tables, system }),
    changes: changeStore({ client, ...tables, system }),
    unconfirmed: unconfirmedStore({ client, ...tables, system }),
    tables,
    sender: environment.mailFrom,
  };
}
