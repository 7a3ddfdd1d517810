import type { DocumentClient } from '../store/client.ts';
import type { System } from '../system.ts';

export interface PublishingDeps {
  readonly documents: DocumentClient;
  /** Physical names of tables. */
  readonly registry: string;
  /** Who waits may have a seat once there are more. */
  readonly outbox: string;
  readonly system: System;
}
