import { KMSClient } from '@aws-sdk/client-kms';
import { countsMemory } from '../../shared/checkin/attendance/counted.case.ts';
import { type EventStore, eventStore } from '../../shared/event/event.store.ts';
import { kmsAnswerSealing } from '../../shared/feedback/answer/answer-sealing.store.ts';
import { type EveryoneWhoCame, everyoneMemory } from '../../shared/feedback/result/everyone.case.ts';
import { type FeedbackStore, feedbackStore } from '../../shared/feedback/result/feedback.store.ts';
import { type DocumentClient, documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { type Refusal, type TransactItem, transact, writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { readEnvironment } from '../../shared/kernel/env.ts';
import { realSystem, type System } from '../../shared/kernel/system.store.ts';
import { type RoleStore, roleStore } from '../../shared/team/role/role.store.ts';
import { manifest } from './function.ts';

/** Everything outside that showing feedback touches. */
export interface Deps {
  readonly system: System;
  readonly client: DocumentClient;
  readonly roles: RoleStore;
  readonly events: EventStore;
  readonly feedback: FeedbackStore;
  readonly counts: ReturnType<typeof countsMemory>;
  readonly everyone: EveryoneWhoCame;
  /** Writes items of which none is refused, all or nothing. */
  readonly write: (items: readonly TransactItem[]) => Promise<void>;
  /** Writes all items or none; says which were refused. */
  readonly attempt: (items: readonly TransactItem[]) => Promise<readonly Refusal[]>;
  /** Physical names. */
  readonly registry: string;
  readonly auditTable: string;
}

export function realDeps(client = documentClient()): Deps {
  const { registry, audit: auditTable, feedback: feedbackTable, feedbackKey } = readEnvironment(manifest);
  const system = realSystem;
  const sealing = kmsAnswerSealing(new KMSClient({}), feedbackKey, system);
  return {
    system,
    client,
    roles: roleStore({ client, registry }),
    events: eventStore({ client, registry, system }),
    feedback: feedbackStore(client, feedbackTable, sealing, system),
    counts: countsMemory({ client, registry, system }),
    everyone: everyoneMemory({ client, registry, system }),
    write: (items) => writeAll(client, items, system),
    attempt: (items) => transact(client, items, system),
    ...{ registry, auditTable },
  };
}
