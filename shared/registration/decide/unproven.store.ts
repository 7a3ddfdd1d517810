import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { guardKey, type ItemKey, waitlistKey } from '../../kernel/dynamo/keys.ts';
import { type TransactItem, transact, updateIf } from '../../kernel/dynamo/transact.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { isGuarded } from '../../mail/limits/guard.store.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { putMessage } from '../../mail/outbox/outbox-items.store.ts';
import type { UnprovenSeat } from '../../seats/seat.schema.ts';
import {
  type ListedSeat,
  noteAsked,
  noteDelivery,
  readUnprovenSeats,
  readUnprovenSeatsOf,
} from '../../seats/unproven-seat.store.ts';
import { type WaitlistEntry, waitlistPages } from '../../seats/waitlist.store.ts';
import { readRegistrations } from '../list/registration-list.store.ts';
import type { Registration } from '../registration.schema.ts';

type Event = EventDefinition<string>;

interface UnprovenStore {
  /** @param before only those which were registered earlier */
  readonly seats: (event: Event, before?: Date) => Promise<readonly UnprovenSeat[]>;
  /** Registrations by their references, as they are now. */
  readonly registrations: (eventId: string, references: readonly string[]) => Promise<readonly Registration[]>;
  /** Whether the event is under attack. */
  readonly isGuarded: (eventId: string) => Promise<boolean>;
  /** Asks an attendee with a seat a second time, once. */
  readonly ask: (event: Event, registration: Registration, message: OutboxMessage) => Promise<void>;
  /** Asks an attendee who waits, and would have a seat, once for each place in the list. */
  readonly askWaiting: (event: Event, entry: WaitlistEntry, message: OutboxMessage) => Promise<void>;
  /** Seats in the lists of one quota, also of one that the event does not have any more. */
  readonly seatsOf: (eventId: string, quota: string) => Promise<readonly ListedSeat[]>;
  /** Keeps of a seat whose list became another what is known of its mail. */
  readonly carry: (registration: Registration, seat: UnprovenSeat) => Promise<void>;
  readonly forget: (key: ItemKey) => Promise<void>;
}

const IS_NOT_ASKED = 'attribute_exists(pk) AND attribute_not_exists(askedAt) AND unproven = :yes';

export function unprovenStore({ client, registry, outbox, system }: Given<'registry' | 'outbox'>): UnprovenStore {
  const asked = async (event: Event, noted: TransactItem | undefined, message: OutboxMessage): Promise<void> => {
    if (noted === undefined) return;
    // Refused: another instance asked, or it is proven.
    await transact(client, [noted, putMessage(outbox, message, retentionEnd(event))], system);
  };
  return {
    seats: (event, before) => readUnprovenSeats(client, registry, event, before),

    registrations: (eventId, references) => readRegistrations(client, registry, eventId, references, system),

    async isGuarded(eventId) {
      const input = { TableName: registry, Key: guardKey(eventId), ConsistentRead: true };
      return isGuarded((await client.send(new GetCommand(input))).Item, system.now());
    },

    seatsOf: (eventId, quota) => readUnprovenSeatsOf(client, registry, eventId, quota),

    async carry(registration, { deliveredAt, askedAt }) {
      const delivered = deliveredAt === undefined ? undefined : noteDelivery(registry, registration, deliveredAt);
      const asked = askedAt === undefined ? undefined : noteAsked(registry, registration, askedAt)?.Update;
      // Refused, it was proven meanwhile.
      for (const update of [delivered, asked]) if (update !== undefined) await updateIf(client, update);
    },

    async forget(Key) {
      await client.send(new DeleteCommand({ TableName: registry, Key }));
    },

    ask: (event, registration, message) =>
      asked(event, noteAsked(registry, registration, system.now().toISOString()), message),

    askWaiting: (event, entry, message) =>
      asked(
        event,
        {
          Update: {
            TableName: registry,
            Key: waitlistKey(event.id, entry),
            UpdateExpression: 'SET askedAt = :at',
            ConditionExpression: IS_NOT_ASKED,
            ExpressionAttributeValues: { ':at': system.now().toISOString(), ':yes': true },
          },
        },
        message,
      ),
  };
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly unproven: UnprovenStore;
  }
}

/** Seats that nobody has proven, and everyone who waits, the longest first. */
interface UnprovenList {
  readonly seats: (event: EventDefinition<string>) => Promise<readonly UnprovenSeat[]>;
  readonly waiting: (eventId: string) => Promise<readonly WaitlistEntry[]>;
  readonly registrations: (eventId: string, references: readonly string[]) => Promise<readonly Registration[]>;
}

export const unprovenList = ({ client, registry, system }: Given<'registry'>): UnprovenList => ({
  seats: (event) => readUnprovenSeats(client, registry, event),
  async waiting(eventId) {
    const all: WaitlistEntry[] = [];
    for await (const page of waitlistPages(client, registry, eventId)) all.push(...page);
    return all;
  },
  registrations: (eventId, references) => readRegistrations(client, registry, eventId, references, system),
});

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly unprovenSeats: UnprovenList;
  }
}
