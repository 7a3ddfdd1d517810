import type { OutboxMessage } from '../../../shared/domain/message.ts';
import type { Registration } from '../../../shared/domain/registration.ts';
import { logWarning } from '../../../shared/log.ts';
import {
  giveBackSeat,
  markCancelled,
  putMessage,
  releaseLock,
  type Tables,
} from '../../../shared/registering/writes.ts';
import type { DocumentClient } from '../../../shared/store/client.ts';
import { transact } from '../../../shared/store/transact.ts';
import type { System } from '../../../shared/system.ts';

export interface Cancellation {
  /** As it stood when the cancellation was decided: what it held is given back. */
  readonly before: Registration;
  readonly after: Registration;
  readonly addressHash: string;
  readonly message: OutboxMessage;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

export interface CancellationStore {
  /**
   * Cancels, gives back the seats or places in a queue, frees the address and tells by mail: all or nothing.
   *
   * @returns whether it was written; if not, the registration has changed since it was read
   */
  readonly cancel: (cancellation: Cancellation) => Promise<boolean>;
}

export function cancellationStore(
  client: DocumentClient,
  { registry, outbox }: Tables,
  system: System,
): CancellationStore {
  return {
    async cancel({ before, after, addressHash, message, expiresAt }) {
      const cancelling = [markCancelled(registry, after), putMessage(outbox, message, expiresAt)];
      let givingBack = [
        releaseLock(registry, before, addressHash),
        ...before.seats.map((seat) => giveBackSeat(registry, before.eventId, seat)),
      ];
      for (;;) {
        const refusals = await transact(client, [...cancelling, ...givingBack], system);
        if (refusals.length === 0) return true;
        const missing = refusals.map(({ position }) => position - cancelling.length);
        if (missing.some((position) => position < 0)) return false;
        // Nobody is held to an event by a counter that is wrong: it is reported, and the rest is given back.
        logWarning('a registration held what is not there to give back', { refusals: refusals.length });
        givingBack = givingBack.filter((_, position) => !missing.includes(position));
      }
    },
  };
}
