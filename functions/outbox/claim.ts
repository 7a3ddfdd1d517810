import { recipientIdentity } from '../../shared/domain/email-address.ts';
import { askForTurn } from '../../shared/domain/mail-cap.ts';
import type { OutboxMessage } from '../../shared/domain/message.ts';
import { BusyError } from '../../shared/errors.ts';
import type { Deps } from './deps.ts';

/**
 * Milliseconds a claim is held: longer than the function may run (30 s), so that no two instances ever send one
 * message, and not much longer, since nobody else sends it until then.
 */
export const LEASE = 40 * 1000;

/** How often a claim is tried anew because another message to the same person came first. */
const MOST_RACES = 8;

/**
 * Claims a message if its time has come and its recipient may get another mail now. If they may not, it is promised a
 * turn, at which a sweep finds it.
 *
 * @returns the message to be sent; undefined when there is nothing to do now
 * @throws BusyError when rivals did not let go
 */
export async function claim(deps: Deps, id: string): Promise<OutboxMessage | undefined> {
  for (let race = 1; race <= MOST_RACES; race += 1) {
    const now = deps.system.now();
    const message = await deps.outbox.read(id);
    if (message === undefined || isSettled(message) || hasToWait(message, now)) return undefined;
    const recipient = await hashRecipient(deps, message);
    const before = await deps.outbox.readCap(recipient);
    const mayHaveLeft = message.state === 'claimed';
    const turn = askForTurn(before, { id, promised: message.promised ?? false, mayHaveLeft }, now);
    const change = { recipient, before, after: turn.cap };
    if (turn.at > now) {
      if (await deps.outbox.promise(message, change, turn.at)) return undefined;
    } else {
      const claimed = await deps.outbox.claim(message, change, new Date(now.getTime() + LEASE));
      if (claimed !== undefined) return claimed;
    }
    await deps.system.backOff(race);
  }
  throw new BusyError();
}

const isSettled = ({ state }: OutboxMessage): boolean => state === 'sent' || state === 'failed';
const hasToWait = ({ notBefore }: OutboxMessage, now: Date): boolean =>
  notBefore !== undefined && Date.parse(notBefore) > now.getTime();

const hashRecipient = async (deps: Deps, { to = '' }: OutboxMessage): Promise<string> =>
  (await deps.secrets.mac('recipient', recipientIdentity(to))).toString('base64url');
