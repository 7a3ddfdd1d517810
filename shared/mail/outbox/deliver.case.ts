import { isCanary } from '../../kernel/canary.ts';
import { BusyError } from '../../kernel/errors.ts';
import { count, logger } from '../../kernel/log.store.ts';
import { METRICS } from '../../kernel/metrics.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { recipientIdentity } from '../../kernel/text/email-address.ts';
import { isForFocalPoint, isForTeam, KINDS, rankOf, type Urgency } from '../kinds.ts';
import type { Obstacle } from '../letter/letter.ts';
import {
  askForTurn,
  isToldAlready,
  isWorthWaiting,
  LATER_CAPS,
  MAIL_CAPS,
  type MailAsking,
  REPEATED_CAPS,
  TEAM_CAPS,
  turnPassedOn,
  waitingBefore,
  withoutTurns,
} from '../limits/mail-cap.ts';
import type { StoredCap } from '../limits/sending.schema.ts';
import { type MailOutcome, TO_NOBODY } from './mailer.case.ts';
import { type Failure, type OutboxMessage, saysTheSame } from './message.schema.ts';
import { type Settled, settledUntil } from './outbox-items.store.ts';
import { type WriteNeeds, type Written, writeMail } from './write-mail.case.ts';

type DeliverPacedDeps = WriteNeeds & Needs<'mailHold' | 'mailer' | 'outbox' | 'pace' | 'sesConnections'>;

/** Milliseconds after which it is looked again whether mail of restored tables may leave. */
const HOLD_LOOK = 60 * 1000;

export interface Paced {
  /** Messages that could not even be claimed or put off, and why. */
  readonly failed?: ReadonlyMap<string, unknown>;
  /** Those that had no turn, and when to ask again. */
  readonly left?: { readonly ids: readonly string[]; readonly notBefore: Date };
}

/**
 * Delivers messages at the account's rate: each is begun at its turn, and none waits for the one before to end. None while mail is held.
 *
 * @throws when no turn could be asked for, or whether mail is held
 */
export async function deliverPaced(deps: DeliverPacedDeps, ids: readonly string[], urgency: Urgency): Promise<Paced> {
  try {
    return await deliverInTurn(deps, ids, urgency);
  } finally {
    deps.sesConnections.closeIdle();
  }
}

async function deliverInTurn(deps: DeliverPacedDeps, ids: readonly string[], urgency: Urgency): Promise<Paced> {
  const { system } = deps;
  if (await deps.mailHold.isHeld()) return { left: { ids, notBefore: new Date(system.now().getTime() + HOLD_LOOK) } };
  const schedule = await deps.pace.take(ids.length, urgency);
  if ('askAgainAt' in schedule) return { left: { ids, notBefore: new Date(schedule.askAgainAt) } };
  const failed = new Map<string, unknown>();
  const now = ids.slice(0, schedule.mails);
  const ahead = await readAhead(deps, now);
  const sent = await Promise.all(
    now.map(async (id, place) => {
      await system.wait(schedule.startAt + place * schedule.every - system.now().getTime());
      return deliver(deps, id, ahead.get(id)).catch((error: unknown) => void failed.set(id, error));
    }),
  );
  await deps.outbox.count(sent.filter((of) => of !== undefined));
  const { mails, restAt } = schedule;
  return { failed, ...(restAt !== undefined && { left: { ids: ids.slice(mails), notBefore: new Date(restAt) } }) };
}

type DeliverDeps = WriteNeeds & Needs<'mailer' | 'outbox'>;

/** Milliseconds before a message that was put off is tried again; each later wait is twice as long. */
export const FIRST_WAIT = 60 * 1000;
const LONGEST_WAIT = 60 * 60 * 1000;

/**
 * Brings one message as far as it goes now:
 *
 *   pending ──claim──> claimed ──SES accepts──────────────────> sent
 *    │ ^                │ │ └────SES refuses────> failed         ^
 *    │ └────put off─────┘ └─no answer, none noted─> unknown ──SES tells of it
 *    └──nothing to tell any more──> failed
 *
 * It is written before it is claimed: what has nothing to tell any more takes nobody's turn. What SES did certainly not take gives its claim
 * back. If SES's answer is lost, or we fall before noting it, SES's event still says that the mail left. Only where that
 * does not come either is the message claimed again, for a mail twice is better than a ticket lost. A sweep finds
 * whatever waits.
 *
 * @param ahead what was read of it with its batch
 * @returns its event, where SES took it and it is counted what that costs
 * @throws when the message could not even be claimed or put off: nothing is known to wake it again
 */
export async function deliver(deps: DeliverDeps, id: string, ahead?: AsRead): Promise<string | undefined> {
  const claimed = await claim(deps, id, (message) => writeMail(deps, message), ahead);
  if (claimed === undefined) return undefined;
  try {
    const isSent = await send(deps, claimed);
    return isSent && !isCanary(claimed.message.eventId) ? claimed.message.eventId : undefined;
  } catch (error) {
    logger.error('message not sent', { error, outboxId: id });
    return undefined;
  }
}

/** @returns whether SES took it, for what it costs */
async function send(deps: DeliverDeps, { message, mail, recipient, at }: Claimed<Mail>): Promise<boolean> {
  const outcome = mail.isToNobody ? TO_NOBODY : await hand(deps, message, mail);
  if (outcome.kind === 'accepted') await settle(deps, message, { state: 'sent', messageId: outcome.messageId });
  if (outcome.kind === 'accepted') return outcome !== TO_NOBODY;
  logger.warn('SES did not take a message', { outboxId: message.id, outcome: outcome.kind, reason: outcome.reason });
  if (outcome.kind === 'refused') await settle(deps, message, { state: 'failed', failure: outcome.reason });
  else await deps.outbox.putOff(message, nextTry(deps, message.attempts));
  await deps.outbox.giveBack(recipient, { message: message.id, at });
  return false;
}

/** @throws when no answer came; the message says so then */
async function hand(deps: DeliverDeps, message: OutboxMessage, mail: Mail): Promise<MailOutcome> {
  try {
    return await deps.mailer.send({ ...mail, outboxId: message.id });
  } catch (error) {
    await markUnknown(deps, message);
    throw error;
  }
}

/** For as long as SES may tell what became of it. It is counted first: who falls once it is noted could not do so any more. */
async function markUnknown({ outbox, system }: Needs<'outbox' | 'system'>, message: OutboxMessage): Promise<void> {
  count(METRICS.mailUnknown);
  await outbox.markUnknown(message, new Date(system.now().getTime() + RECONCILIATION));
}

/** What SES tells of a mail may come before its answer is noted here; of another one, it was sent twice. */
async function settle(deps: DeliverDeps, message: OutboxMessage, settled: Settled): Promise<void> {
  const now = deps.system.now();
  const before = await deps.outbox.settle(message, settled, settledUntil(now));
  const isOther = settled.state === 'sent' && before?.state === 'sent' && before.messageId !== settled.messageId;
  if (isOther) count(METRICS.sentTwice);
}

/** @param attempts how often it was tried, this time included */
function nextTry({ system }: Needs<'system'>, attempts: number): Date {
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempts - 1));
  return new Date(system.now().getTime() + wait);
}

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

type ClaimDeps = Needs<'outbox' | 'secrets' | 'system'>;
type Mail = Exclude<Written, Obstacle>;

interface Addressed {
  /** Where its reader is reached by now, which need not be where the message was to go. */
  readonly to: string;
}

/** Writes a mail, or says why there is none to send any more. */
type Write<M extends Addressed> = (message: OutboxMessage) => Promise<M | Obstacle>;

interface Claimed<M> {
  readonly message: OutboxMessage;
  readonly mail: M;
  /** HMAC. */
  readonly recipient: string;
  /** When it was counted, ISO 8601. */
  readonly at: string;
}

/**
 * Claims a message if its time has come, there is still something to tell, and its recipient may get another mail now. If they may not, it
 * is promised a turn, at which a sweep finds it, unless that is too far off for what can be asked for again. One whose claim ran out may
 * have been sent: it is left to what SES tells, for a while. To the team, mails that wait have no queue: the first that may leave speaks
 * for the rest. One whose reader is reached elsewhere by now asks for a turn there: no inbox gets more by a change of address (AB2).
 *
 * @param ahead what was read of it with its batch: where that is not so any more, it is read again
 * @returns the message to be sent; undefined when there is nothing to do now
 * @throws BusyError when rivals did not let go
 */
export async function claim<M extends Addressed>(
  deps: ClaimDeps,
  id: string,
  writeAnew: Write<M>,
  ahead?: AsRead,
): Promise<Claimed<M> | undefined> {
  const write = writtenOnce(writeAnew);
  for (let race = 1; race <= MOST_RACES; race += 1) {
    const now = deps.system.now();
    const read = race === 1 ? ahead : undefined;
    const message = read?.message ?? (await deps.outbox.read(id));
    if (message === undefined || isSettled(message) || hasToWait(message, now)) return undefined;
    if (message.state === 'claimed') {
      await markUnknown(deps, message);
      return undefined;
    }
    const recipient = read?.recipient ?? (await hashRecipient(deps, message));
    const before = read?.cap ?? (await deps.outbox.readCap(recipient));
    const mail = askingOf(message);
    if (!mail.mayHaveLeft && isForFocalPoint(message.kind) && isToldAlready(before, message)) {
      return giveUp(deps, message, 'told-already');
    }
    let turn = askForTurn(before, mail, now, capsOf(message));
    const useless = turn.at > now ? await uselessTurns(deps, before, message, write) : NONE_USELESS;
    const cap = withoutTurns(before, useless.ids);
    const { older, isSaidByNewer } = useless;
    if (isSaidByNewer) return giveUp(deps, message, 'superseded');
    if (older !== undefined) {
      const place = before.waiting?.find((each) => each.message === older.id);
      const notBefore = new Date(Math.max(now.getTime(), Date.parse(place?.at ?? '')));
      const after = turnPassedOn(cap, older.id, id);
      const replaced = await deps.outbox.replace(message, older, { recipient, before, after }, notBefore);
      if (replaced && notBefore > now) return undefined;
    } else {
      if (useless.ids.length > 0) turn = askForTurn(cap, mail, now, capsOf(message));
      if (!isWorthWaiting(mail, turn, new Date(message.createdAt), now)) {
        return giveUp(deps, message, 'asked-too-often');
      }
      const change = { recipient, before, after: turn.cap };
      if (turn.at > now) {
        if (await deps.outbox.promise(message, change, turn.at)) return undefined;
      } else {
        const written = await orGivenUp(deps, message, write);
        if (written === undefined) return undefined;
        if (written.to !== message.to) {
          await deps.outbox.readdress(message, written.to);
          continue;
        }
        const claimed = await deps.outbox.claim(message, change, new Date(now.getTime() + LEASE));
        if (claimed !== undefined) {
          return { message: claimed, mail: written, recipient, at: turn.at.toISOString() };
        }
      }
    }
    await deps.system.backOff(race);
  }
  throw new BusyError();
}

/** Writing takes longer than a claim: where rivals came first, what was written is not written again before the next try. */
function writtenOnce<M extends Addressed>(write: Write<M>): Write<M> {
  const written = new Map<string, Promise<M | Obstacle>>();
  return (message) => {
    const as = `${message.id} ${message.state} ${message.attempts} ${message.to}`;
    const mail = written.get(as) ?? write(message);
    written.set(as, mail);
    return mail;
  };
}

async function giveUp(deps: ClaimDeps, message: OutboxMessage, failure: Failure): Promise<undefined> {
  await deps.outbox.settle(message, { state: 'failed', failure }, settledUntil(deps.system.now()));
}

/** Nothing is sent here, and nothing counted: after a failure, another try need not reckon with a mail that left. */
async function orGivenUp<M extends Addressed>(
  deps: ClaimDeps,
  message: OutboxMessage,
  write: Write<M>,
): Promise<M | undefined> {
  try {
    const mail = await write(message);
    return 'obstacle' in mail ? await giveUp(deps, message, mail.obstacle) : mail;
  } catch (error) {
    logger.error('message not written', { error, outboxId: message.id });
    await deps.outbox.setAside(message, nextTry(deps, message.attempts + 1));
    return undefined;
  }
}

interface UselessTurns {
  /** Of mails that are settled, or have nothing to tell any more. */
  readonly ids: readonly string[];
  /** One that the message in question says all of. */
  readonly older?: OutboxMessage | undefined;
  /** Whether one of them says all that the message in question does. */
  readonly isSaidByNewer?: boolean;
}
const NONE_USELESS: UselessTurns = { ids: [] };

/** Which of the turns that a message would have to let pass are held for nothing. */
async function uselessTurns<M extends Addressed>(
  deps: ClaimDeps,
  cap: StoredCap,
  message: OutboxMessage,
  write: Write<M>,
): Promise<UselessTurns> {
  const ids = waitingBefore(cap, askingOf(message), deps.system.now()).map((each) => each.message);
  if (ids.length === 0) return NONE_USELESS;
  const found = await deps.outbox.readAll(ids);
  const others = [...found.values()];
  const older = others.find((each) => saysTheSame(message, each));
  const isSaidByNewer =
    message.former === undefined && others.some((each) => !isSettled(each) && saysTheSame(each, message));
  const isUseless = async (id: string): Promise<boolean> => {
    const other = found.get(id);
    if (other === undefined || isSettled(other)) return true;
    // To write all that waits for a coordinator of hundreds would keep rivals from the cap: what the message is about changed alone.
    if (other === older || other.eventId !== message.eventId || other.reference !== message.reference) return false;
    return !(await isStillTold(deps, other, write));
  };
  const useless = await Promise.all(ids.map(isUseless));
  return { ids: ids.filter((_, index) => useless[index]), older, isSaidByNewer };
}

/** One that is claimed or may have left is, whatever became of what it tells. */
async function isStillTold<M extends Addressed>(
  deps: ClaimDeps,
  message: OutboxMessage,
  write: Write<M>,
): Promise<boolean> {
  if (message.state !== 'pending') return true;
  try {
    const mail = await write(message);
    if (!('obstacle' in mail)) return true;
    await giveUp(deps, message, mail.obstacle);
    return false;
  } catch (error) {
    logger.error('message not written', { error, outboxId: message.id });
    return true;
  }
}

const isSettled = ({ state }: OutboxMessage): boolean => state === 'sent' || state === 'failed';
const hasToWait = ({ notBefore }: OutboxMessage, now: Date): boolean =>
  notBefore !== undefined && Date.parse(notBefore) > now.getTime();

const askingOf = ({ id, kind, state, promised = false }: OutboxMessage): MailAsking => ({
  id,
  promised: isForTeam(kind) || promised,
  mayHaveLeft: state === 'unknown',
  rank: rankOf(kind),
});

/** A member who proposes and takes back again and again silences nobody, nor does a thief who first fills the queue to an owner. */
function capsOf({ kind, eventId }: OutboxMessage) {
  // One address of nobody, at which each mail follows an erasure, or half an hour.
  if (KINDS[kind].urgency === 'first' || isCanary(eventId)) return [];
  if (isForTeam(kind)) return TEAM_CAPS;
  return { own: MAIL_CAPS, repeated: REPEATED_CAPS, later: LATER_CAPS }[rankOf(kind)];
}

type ReadAheadDeps = Needs<'outbox' | 'secrets'>;

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
export async function readAhead(deps: ReadAheadDeps, ids: readonly string[]): Promise<ReadonlyMap<string, AsRead>> {
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
    logger.error('messages not read together', { error });
    return new Map();
  }
}

/** Each kind to the team, or of the canary, is counted apart, and from all that strangers may cause to the same address. */
export async function hashRecipient(
  { secrets }: ReadAheadDeps,
  { kind, eventId, to = '' }: OutboxMessage,
): Promise<string> {
  const person = recipientIdentity(to);
  const mac =
    isForTeam(kind) || isCanary(eventId)
      ? await secrets.mac('team-recipient', JSON.stringify([eventId, kind, person]))
      : await secrets.mac('recipient', person);
  return mac.toString('base64url');
}
