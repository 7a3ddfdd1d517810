import { BusyError } from '../../kernel/errors.ts';
import { count, METRICS } from '../../kernel/metric.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { isForFocalPoint, isForTeam, KINDS, type MailKind } from '../kinds.ts';
import { askForTurn, isToldAlready, isWorthWaiting, MAIL_CAPS, REPEATED_CAPS, TEAM_CAPS } from '../limits/mail-cap.ts';
import { type OutboxMessage, settledUntil } from './message.ts';
import { type AsRead, hashRecipient } from './read-ahead.case.ts';

type Deps = Needs<'outbox' | 'secrets' | 'system'>;

/**
 * Milliseconds a claim is held: longer than the function may run (60 s), so that no two instances ever send one
 * message, and not much longer, since nobody else looks at it until then.
 */
export const LEASE = 70 * 1000;

/**
 * Milliseconds for which SES's own account of a mail is awaited where no answer was noted. It comes within seconds; an
 * instance that fails on it gets it twice more within three minutes.
 */
export const RECONCILIATION = 10 * 60 * 1000;

/** How often a claim is tried anew because another message to the same person came first. */
const MOST_RACES = 8;

/**
 * Claims a message if its time has come and its recipient may get another mail now. If they may not, it is promised a
 * turn, at which a sweep finds it, unless that is too far off for what can be asked for again. One whose claim ran out may have
 * been sent: it is left to what SES tells, for a while. To the team, mails that wait have no queue: the first that may leave speaks
 * for the rest.
 *
 * @param ahead what was read of it with its batch: where that is not so any more, it is read again
 * @returns the message to be sent; undefined when there is nothing to do now
 * @throws BusyError when rivals did not let go
 */
export async function claim(deps: Deps, id: string, ahead?: AsRead): Promise<OutboxMessage | undefined> {
  for (let race = 1; race <= MOST_RACES; race += 1) {
    const now = deps.system.now();
    const read = race === 1 ? ahead : undefined;
    const message = read?.message ?? (await deps.outbox.read(id));
    if (message === undefined || isSettled(message) || hasToWait(message, now)) return undefined;
    if (message.state === 'claimed') {
      await deps.outbox.markUnknown(message, new Date(now.getTime() + RECONCILIATION));
      return undefined;
    }
    const recipient = read?.recipient ?? (await hashRecipient(deps, message));
    const before = read?.cap ?? (await deps.outbox.readCap(recipient));
    const mayHaveLeft = message.state === 'unknown';
    const toTeam = isForTeam(message.kind);
    if (!mayHaveLeft && isForFocalPoint(message.kind) && isToldAlready(before, message)) {
      await deps.outbox.settle(message, { state: 'failed', failure: 'told-already' }, settledUntil(now));
      return undefined;
    }
    const promised = toTeam || (message.promised ?? false);
    const mail = { id, promised, mayHaveLeft, isRepeated: isRepeated(message.kind) };
    const turn = askForTurn(before, mail, now, capsOf(message.kind));
    if (!isWorthWaiting(mail, turn, new Date(message.createdAt), now)) {
      await deps.outbox.settle(message, { state: 'failed', failure: 'asked-too-often' }, settledUntil(now));
      return undefined;
    }
    const change = { recipient, before, after: turn.cap };
    if (turn.at > now) {
      if (await deps.outbox.promise(message, change, turn.at)) return undefined;
    } else {
      const claimed = await deps.outbox.claim(message, change, new Date(now.getTime() + LEASE));
      if (claimed !== undefined) {
        if (mayHaveLeft) count(METRICS.sentAgain, now);
        return claimed;
      }
    }
    await deps.system.backOff(race);
  }
  throw new BusyError();
}

const isSettled = ({ state }: OutboxMessage): boolean => state === 'sent' || state === 'failed';
const hasToWait = ({ notBefore }: OutboxMessage, now: Date): boolean =>
  notBefore !== undefined && Date.parse(notBefore) > now.getTime();

/** Whoever proposes and takes back again and again silences nobody. */
function capsOf(kind: MailKind) {
  if (KINDS[kind].urgency === 'first') return [];
  if (isForTeam(kind)) return TEAM_CAPS;
  return isRepeated(kind) ? REPEATED_CAPS : MAIL_CAPS;
}

const isRepeated = (kind: MailKind): boolean => KINDS[kind].repeats === 'again';
