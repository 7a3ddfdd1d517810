import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import type { System } from '../../kernel/system.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';

/** What it takes to bring in what a phone scanned. */
export interface Deps {
  readonly system: System;
  readonly client: DocumentClient;
  /** All registrations of an event, in no order. */
  readonly listRegistrations: (eventId: string) => Promise<readonly Registration[]>;
  /** Physical names. */
  readonly registry: string;
  readonly auditTable: string;
}
