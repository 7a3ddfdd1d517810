import { logError } from '../../kernel/log.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { recipientIdentity } from '../../kernel/text/email-address.ts';
import { isForTeam } from '../kinds.ts';
import type { StoredCap } from '../limits/mail-cap.store.ts';
import type { OutboxMessage } from './message.ts';

type Deps = Needs<'outbox' | 'secrets'>;

/** A message, and whom it is to, as they stood when its batch began. */
export interface AsRead {
  readonly message: OutboxMessage;
  /** HMAC. */
  readonly recipient: string;
  /** What they got lately; absent where it is to be read alone. */
  readonly cap: StoredCap | undefined;
}

/**
 * Reads all messages of a batch in two calls: each by itself would be two calls, which are a quarter of all that a mail takes.
 * Nothing is decided on it for good, since a claim is written only if both are still as they were read.
 *
 * @returns by id, as far as they could be read
 */
export async function readAhead(deps: Deps, ids: readonly string[]): Promise<ReadonlyMap<string, AsRead>> {
  // One alone is read at its turn.
  if (ids.length < 2) return new Map();
  try {
    const messages = [...(await deps.outbox.readAll(ids)).values()];
    const named = await Promise.all(
      messages.map(async (message) => ({ message, recipient: await hashRecipient(deps, message) })),
    );
    const caps = await deps.outbox.readCaps([...new Set(named.map(({ recipient }) => recipient))]);
    return new Map(named.map((each) => [each.message.id, { ...each, cap: caps.get(each.recipient) }]));
  } catch (error) {
    logError('messages not read together', error);
    return new Map();
  }
}

/** Each kind to the team is counted apart, and from all that strangers may cause to the same address. */
export async function hashRecipient({ secrets }: Deps, { kind, eventId, to = '' }: OutboxMessage): Promise<string> {
  const person = recipientIdentity(to);
  const mac = isForTeam(kind)
    ? await secrets.mac('team-recipient', JSON.stringify([eventId, kind, person]))
    : await secrets.mac('recipient', person);
  return mac.toString('base64url');
}
