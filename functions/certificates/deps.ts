import { KMSClient } from '@aws-sdk/client-kms';
import type { Certificates } from '../../shared/certificates/document/certificate.ts';
import { openFiles } from '../../shared/certificates/files.case.ts';
import { type Attending, attending } from '../../shared/checkin/attendance/attending.case.ts';
import { type EventStore, eventStore } from '../../shared/event/event.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { readEnvironment } from '../../shared/kernel/env.ts';
import { kmsSecrets, type Secrets } from '../../shared/kernel/keys/secrets.store.ts';
import { realSystem, type System } from '../../shared/kernel/system.store.ts';
import { type RegistrationStore, registrationStore } from '../../shared/registration/registration.store.ts';
import { manifest } from './function.ts';

/** Everything outside that the use cases of this function touch. */
export interface Deps {
  readonly system: System;
  readonly secrets: Secrets;
  readonly events: Pick<EventStore, 'readEvent'>;
  readonly registrations: RegistrationStore;
  /** Where someone came, at doors and online. */
  readonly attending: Attending;
  /** What draws: opened at its first use, since few of those who check a code need any of it. */
  readonly certificates: () => Promise<Certificates>;
  readonly siteUrl: string;
}

export function realDeps(client = documentClient()): Deps {
  const environment = readEnvironment(manifest);
  const system = realSystem;
  return {
    system,
    secrets: kmsSecrets(new KMSClient({}), environment.secretsKey),
    events: eventStore({ client, registry: environment.registry, system }),
    registrations: registrationStore({ client, registry: environment.registry, system }),
    attending: attending({ client, registry: environment.registry, system }),
    certificates: openFiles,
    siteUrl: environment.siteUrl,
  };
}
