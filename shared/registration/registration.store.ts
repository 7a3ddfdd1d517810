import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { eventMemory } from '../event/event.store.ts';
import { itemReader, type LocalisedEvent } from '../event/localised-event.store.ts';
import { batchGet } from '../kernel/dynamo/batch-get.store.ts';
import { registrationKey } from '../kernel/dynamo/keys.ts';
import type { Given } from '../kernel/parts.store.ts';
import type { Registration } from './registration.schema.ts';
import { fromRegistrationItem } from './registration-item.store.ts';

export interface RegistrationWithEvent extends LocalisedEvent {
  readonly registration: Registration;
}

export interface RegistrationStore {
  /** A registration with its event in one language, in one read. */
  readonly readWithEvent: (
    eventId: string,
    reference: string,
    language: string,
  ) => Promise<RegistrationWithEvent | undefined>;
  /** The registration as it stands now, strongly consistent: what a change is decided on. */
  readonly read: (eventId: string, reference: string) => Promise<Registration | undefined>;
}

export function registrationStore({
  client,
  registry: table,
  system,
}: Given<'registry', 'backOff'>): RegistrationStore {
  const events = eventMemory(itemReader(client, table, system));
  return {
    async readWithEvent(eventId, reference, language) {
      const event = events(eventId, language);
      const key = registrationKey(eventId, reference);
      // The outbox reads right after the write that woke it, a holder right after a press: neither may miss it.
      const item = await batchGet(client, table, [key, ...event.keys], system, true);
      const found = item(key);
      const localised = await event.found(item);
      return found && localised && { registration: fromRegistrationItem(found), ...localised };
    },

    async read(eventId, reference) {
      const key = registrationKey(eventId, reference);
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
      return Item && fromRegistrationItem(Item);
    },
  };
}

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly registrations: RegistrationStore;
  }
}
