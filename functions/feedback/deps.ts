import { KMSClient } from '@aws-sdk/client-kms';
import { readEnvironment } from '../../shared/env.ts';
import { kmsAnswerSealing } from '../../shared/keys/answer-sealing.ts';
import { documentClient } from '../../shared/store/client.ts';
import { type AnswerBox, answerBox } from '../../shared/store/feedback-store.ts';
import { realSystem, type System } from '../../shared/system.ts';
import { type FormsOf, formMemory } from './form-memory.ts';
import { manifest } from './function.ts';
import { type PublicKeysOf, publicKeyMemory } from './public-keys.ts';

/** Everything outside that taking answers touches. It can read nothing about anybody, and open nothing that was answered. */
export interface Deps {
  readonly system: System;
  readonly formsOf: FormsOf;
  readonly publicKeysOf: PublicKeysOf;
  readonly box: AnswerBox;
}

export function realDeps(client = documentClient()): Deps {
  const { registryTable, feedbackTable, feedbackKey } = readEnvironment(manifest);
  const system = realSystem;
  const sealing = kmsAnswerSealing(new KMSClient({}), feedbackKey, system);
  return {
    system,
    formsOf: formMemory(client, registryTable, system),
    publicKeysOf: publicKeyMemory(client, registryTable),
    box: answerBox(client, feedbackTable, sealing, system),
  };
}
