import { KMSClient } from '@aws-sdk/client-kms';
import { kmsAnswerSealing } from '../../shared/feedback/answer/answer-sealing.store.ts';
import { type FormsOf, formMemory } from '../../shared/feedback/form/form-memory.store.ts';
import { type AnswerBox, answerBox } from '../../shared/feedback/result/feedback.store.ts';
import { type PublicKeysOf, publicKeyMemory } from '../../shared/feedback/token/public-keys.case.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { readEnvironment } from '../../shared/kernel/env.ts';
import { realSystem, type System } from '../../shared/kernel/system.store.ts';
import { manifest } from './function.ts';

/** Everything outside that taking answers touches. It can read nothing about anybody, and open nothing that was answered. */
export interface Deps {
  readonly system: System;
  readonly formsOf: FormsOf;
  readonly publicKeysOf: PublicKeysOf;
  readonly box: AnswerBox;
}

export function realDeps(client = documentClient()): Deps {
  const { registry: registryTable, feedback: feedbackTable, feedbackKey } = readEnvironment(manifest);
  const system = realSystem;
  const sealing = kmsAnswerSealing(new KMSClient({}), feedbackKey, system);
  return {
    system,
    formsOf: formMemory({ client, registry: registryTable, system }),
    publicKeysOf: publicKeyMemory({ client, registry: registryTable }),
    box: answerBox(client, feedbackTable, sealing, system),
  };
}
