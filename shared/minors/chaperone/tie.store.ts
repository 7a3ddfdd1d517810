import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { type TransactItem, transact } from '../../kernel/dynamo/transact.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { putMessage } from '../../mail/outbox/outbox-items.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { putRegistration } from '../../registration/registration.store.ts';
import { unprovenWrites } from '../../seats/unproven-seat.store.ts';

/** One registration as it was read, and as it is to be. */
export interface Changed {
  readonly before: Registration;
  readonly after: Registration;
}

export interface TieStore {
  /**
   * Writes both ends of a tie, and the former chaperone's where there was one: all or nothing.
   *
   * @returns whether all of them still were as they were read
   */
  readonly tie: (
    event: EventDefinition<string>,
    ends: readonly Changed[],
    messages: readonly OutboxMessage[],
    also: readonly TransactItem[],
  ) => Promise<boolean>;
}

export const tieStore = ({ client, registry, outbox, system }: Given<'registry' | 'outbox'>): TieStore => ({
  async tie(event, ends, messages, also) {
    const expiresAt = retentionEnd(event);
    const refusals = await transact(
      client,
      [
        ...ends.flatMap(({ before, after }) => [
          // Of what a tie changes nothing is in anyone's history.
          putRegistration(registry, before, after, expiresAt, 'system'),
          ...unprovenWrites(registry, before, after, expiresAt),
        ]),
        ...messages.map((message) => putMessage(outbox, message, expiresAt)),
        ...also,
      ],
      system,
    );
    return refusals.length === 0;
  },
});

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly ties: TieStore;
  }
}
