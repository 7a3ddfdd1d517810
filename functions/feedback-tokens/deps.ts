import { KMSClient } from '@aws-sdk/client-kms';
import { countsMemory } from '../../shared/checkin/attendance/counted.case.ts';
import { kmsAnswerSealing } from '../../shared/feedback/answer/answer-sealing.store.ts';
import { type AnswerBox, answerBox } from '../../shared/feedback/result/feedback.store.ts';
import { type KeysOf, keyMemory } from '../../shared/feedback/token/feedback-keys.case.ts';
import { kmsSealing } from '../../shared/feedback/token/form-secrets.store.ts';
import { type NamedFor, namedMemory } from '../../shared/feedback/token/named.case.ts';
import { type DocumentClient, documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { readEnvironment } from '../../shared/kernel/env.ts';
import { kmsSecrets, type Secrets } from '../../shared/kernel/keys/secrets.store.ts';
import { realSystem, type System } from '../../shared/kernel/system.store.ts';
import { type RegistrationStore, registrationStore } from '../../shared/registration/registration.store.ts';
import { manifest } from './function.ts';

/** Everything outside that saying who attended touches. It can put answers away, of people without scripts, and read none. */
export interface Deps {
  readonly system: System;
  readonly client: DocumentClient;
  readonly secrets: Secrets;
  readonly registrations: RegistrationStore;
  readonly counts: ReturnType<typeof countsMemory>;
  readonly keysOf: KeysOf;
  readonly namedFor: NamedFor;
  readonly box: AnswerBox;
  /** Physical name. */
  readonly registry: string;
}

export function realDeps(client = documentClient()): Deps {
  const { registry, feedback: feedbackTable, secretsKey, feedbackKey } = readEnvironment(manifest);
  const system = realSystem;
  const kms = new KMSClient({});
  const counts = countsMemory({ client, registry, system });
  return {
    system,
    client,
    secrets: kmsSecrets(kms, secretsKey),
    registrations: registrationStore({ client, registry, system }),
    counts,
    keysOf: keyMemory({ client, registry, sealing: kmsSealing(kms, feedbackKey), system }),
    namedFor: namedMemory({ client, registry, system, counts }),
    box: answerBox(client, feedbackTable, kmsAnswerSealing(kms, feedbackKey, system), system),
    registry,
  };
}
