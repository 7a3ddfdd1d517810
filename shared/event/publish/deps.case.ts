import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import type { System } from '../../kernel/system.store.ts';

export interface PublishingDeps {
  readonly client: DocumentClient;
  /** Physical names of tables. */
  readonly registry: string;
  /** Who waits may have a seat once there are more. */
  readonly outbox: string;
  readonly system: System;
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly publishing: PublishingDeps;
  }
}
