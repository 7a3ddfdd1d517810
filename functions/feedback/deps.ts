import { readEnvironment } from '../../shared/env.ts';
import { documentClient } from '../../shared/store/client.ts';
import { type FeedbackStore, feedbackStore } from '../../shared/store/feedback-store.ts';
import { realSystem, type System } from '../../shared/system.ts';
import { type FormsOf, formMemory } from './form-memory.ts';
import { type PublicKeysOf, publicKeyMemory } from './public-keys.ts';

/** Everything outside that taking answers touches. It can read nothing about anybody. */
export interface Deps {
  readonly system: System;
  readonly formsOf: FormsOf;
  readonly publicKeysOf: PublicKeysOf;
  readonly store: Pick<FeedbackStore, 'answer'>;
}

export function realDeps(client = documentClient()): Deps {
  const { registryTable, feedbackTable } = readEnvironment('feedback');
  const system = realSystem;
  return {
    system,
    formsOf: formMemory(client, registryTable, system),
    publicKeysOf: publicKeyMemory(client, registryTable),
    store: feedbackStore(client, feedbackTable, system),
  };
}
