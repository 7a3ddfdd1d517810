import { BatchGetCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { dueIds, duePartition, isNothingDue } from '../../kernel/dynamo/due-ids.store.ts';
import { readItem } from '../../kernel/dynamo/queries.store.ts';
import { type Patient, type TransactItem, transact, updateIf } from '../../kernel/dynamo/transact.store.ts';
import { logger } from '../../kernel/log.store.ts';
import type { Database, Given } from '../../kernel/parts.store.ts';
import type { Urgency } from '../kinds.ts';
import { LONGEST_WINDOW, NO_MAIL_YET, withoutClaim } from '../limits/mail-cap.ts';
import { type Claim, type MailCap, type StoredCap, storedMailCap } from '../limits/sending.schema.ts';
import { type OutboxMessage, UNSETTLED_STATES } from './message.schema.ts';
import {
  countMails,
  dueOf,
  fromOutboxItem,
  MAIL_QUEUES,
  type Settled,
  settledUntil,
  settleMessage,
} from './outbox-items.store.ts';

interface OutboxStore {
  readonly read: (id: string) => Promise<OutboxMessage | undefined>;
  readonly readCap: (recipient: string) => Promise<StoredCap>;
  /** The same for up to 100 messages, and for as many recipients, in one call; what that did not bring is not among them. */
  readonly readAll: (ids: readonly string[]) => Promise<ReadonlyMap<string, OutboxMessage>>;
  readonly readCaps: (recipients: readonly string[]) => Promise<ReadonlyMap<string, StoredCap>>;
  /**
   * Claims a message and counts it, both or neither.
   *
   * @param message as it was read
   * @returns the message as it is now; undefined when it or the cap changed since they were read
   */
  readonly claim: (message: OutboxMessage, change: CapChange, leaseUntil: Date) => Promise<OutboxMessage | undefined>;
  /** Promises a message its turn. @returns whether neither it nor the cap changed since they were read */
  readonly promise: (message: OutboxMessage, change: CapChange, notBefore: Date) => Promise<boolean>;
  /**
   * Promises a message the turn of an older one that would say the same, which is settled by that: all or nothing.
   *
   * @returns whether none of them, nor the cap, changed since they were read
   */
  readonly replace: (
    message: OutboxMessage,
    older: OutboxMessage,
    change: CapChange,
    notBefore: Date,
  ) => Promise<boolean>;
  /**
   * Counts a claim no more that did certainly not send its message. Where rivals do not let go, or we fall before it, it goes on counting.
   *
   * @param recipient HMAC
   */
  readonly giveBack: (recipient: string, claim: Claim) => Promise<void>;
  /** Has a message go to where its reader is reached by now; a turn at the other address is not its own any more. Nothing where it changed. */
  readonly readdress: (message: OutboxMessage, to: string) => Promise<void>;
  /** Leaves one that could not be written for a later try; no claim was made. Nothing where it changed meanwhile. */
  readonly setAside: (message: OutboxMessage, notBefore: Date) => Promise<void>;
  /**
   * Says what became of a message, unless SES's own account of it came first.
   *
   * @param message claimed, or one that is not to be sent at all
   * @param forgetAt epoch seconds
   * @returns the message as it stands where it was settled before; undefined where it is settled now, or gone
   */
  readonly settle: (message: OutboxMessage, settled: Settled, forgetAt: number) => Promise<OutboxMessage | undefined>;
  /** Gives a claim back, for a later try: it was certainly not sent. Nothing where the claim is no longer held. */
  readonly putOff: (claimed: OutboxMessage, notBefore: Date) => Promise<void>;
  /** Nobody knows whether it was sent: to be looked at again then. Nothing where that is known meanwhile. */
  readonly markUnknown: (claimed: OutboxMessage, notBefore: Date) => Promise<void>;
  /** Leaves one that nobody looked at yet to a sweep. Nothing where an instance did meanwhile. */
  readonly postpone: (id: string, notBefore: Date) => Promise<void>;
  /** Has sweeps look at others before one on which they fail. Nothing where it waits no more. */
  readonly stepBack: (id: string, notBefore: Date) => Promise<void>;
  /** Counts mails, of these events or their minutes: see `storedSentMails`. Where one cannot be counted, nothing waits for it. @returns all there were */
  readonly count: (mails: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  /** Whether certainly none is due, asked at once of all urgencies; see `isNothingDue`. */
  readonly isNoneDue: (now: Date) => Promise<boolean>;
  /** Ids of messages whose lease or wait is over, longest first. From an index: a claim finds out whether it is so. */
  readonly due: (now: Date, urgency: Urgency, most: number) => Promise<readonly string[]>;
}

export function outboxStore({ client, outbox: table, system }: Given<'outbox', keyof Patient>): OutboxStore {
  const get = (Key: { id: string }) => readItem(client, table, Key);
  const getAll = async (keys: readonly { id: string }[]) => {
    const wanted = new Map(keys.map((key) => [key.id, key]));
    if (wanted.size === 0) return { items: new Map<unknown, Record<string, unknown>>(), putOff: new Set<unknown>() };
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetCommand({ RequestItems: { [table]: { Keys: [...wanted.values()], ConsistentRead: true } } }),
    );
    const items = new Map((Responses?.[table] ?? []).map((item) => [item['id'] as unknown, item]));
    return { items, putOff: new Set<unknown>((UnprocessedKeys?.[table]?.Keys ?? []).map(({ id }) => id)) };
  };
  return {
    read: messageReader({ client, outbox: table }),

    async readCap(recipient) {
      const item = await get(mailCapKey(recipient));
      return item ? fromMailCapItem(item) : NO_CAP_YET;
    },

    async readAll(ids) {
      const { items } = await getAll(ids.map((id) => ({ id })));
      return new Map([...items].map(([id, item]) => [String(id), fromOutboxItem(item)]));
    },

    async readCaps(recipients) {
      const keys = recipients.map((recipient) => ({ recipient, ...mailCapKey(recipient) }));
      const { items, putOff } = await getAll(keys.map(({ id }) => ({ id })));
      return new Map(
        keys
          .filter(({ id }) => !putOff.has(id))
          .map(({ recipient, id }) => {
            const item = items.get(id);
            return [recipient, item ? fromMailCapItem(item) : NO_CAP_YET];
          }),
      );
    },

    async claim(message, change, leaseUntil) {
      const items = [claimMessage(table, message, leaseUntil), putCap(table, change)];
      const refused = await transact(client, items, system);
      return refused.length > 0 ? undefined : { ...message, state: 'claimed', attempts: message.attempts + 1 };
    },

    async promise(message, change, notBefore) {
      const items = [waitForTurn(table, message, notBefore), putCap(table, change)];
      return (await transact(client, items, system)).length === 0;
    },

    async replace(message, older, change, notBefore) {
      const settled = { state: 'failed', failure: 'superseded' } as const;
      const { ReturnValuesOnConditionCheckFailure: _, ...settle } = settleMessage(
        table,
        older,
        ['pending'],
        settled,
        settledUntil(system.now()),
      );
      const items = [waitForTurn(table, message, notBefore, older.former), { Update: settle }, putCap(table, change)];
      return (await transact(client, items as TransactItem[], system)).length === 0;
    },

    async giveBack(recipient, claim) {
      for (let race = 1; race <= MOST_RACES; race += 1) {
        const item = await get(mailCapKey(recipient));
        if (item === undefined) return;
        const before = fromMailCapItem(item);
        const after = withoutClaim(before, claim);
        if (after.claims.length === before.claims.length) return;
        if ((await transact(client, [putCap(table, { recipient, before, after })], system)).length === 0) return;
        await system.backOff(race);
      }
    },

    async readdress(message, to) {
      const { ExpressionAttributeNames: names, ...rest } = change(table, message, 'SET #to = :to REMOVE promised', {
        ':to': to,
      });
      await updateIf(client, { ...rest, ExpressionAttributeNames: { ...names, '#to': 'to' } });
    },

    async setAside(message, notBefore) {
      const set = 'SET notBefore = :notBefore, due = :due ADD attempts :one';
      const values = { ':notBefore': notBefore.toISOString(), ':due': dueOf(message), ':one': 1 };
      await updateIf(client, change(table, message, set, values));
    },

    async settle(message, settled, forgetAt) {
      const old = await updateIf(client, settleMessage(table, message, UNSETTLED_STATES, settled, forgetAt));
      return old === 'done' || old === undefined ? undefined : fromOutboxItem(old);
    },

    async putOff(claimed, notBefore) {
      await updateIf(client, leaveAs(table, claimed, 'pending', notBefore));
    },

    async markUnknown(claimed, notBefore) {
      await updateIf(client, leaveAs(table, claimed, 'unknown', notBefore));
    },

    async postpone(id, notBefore) {
      await updateIf(client, postponeMessage(table, id, notBefore));
    },

    async stepBack(id, notBefore) {
      await updateIf(client, stepBack(table, id, notBefore));
    },

    async count(mails) {
      const counts = new Map<string, number>();
      for (const of of new Set(mails)) {
        const many = mails.filter((each) => each === of).length;
        try {
          const { Attributes } = await client.send(new UpdateCommand(countMails(table, of, many, system.now())));
          counts.set(of, Attributes?.['sent']);
        } catch (error) {
          logger.error('mails not counted', { error, of });
        }
      }
      return counts;
    },

    isNoneDue: (now) => isNothingDue(client, table, now),

    due: (now, urgency, most) => dueIds(client, table, MAIL_QUEUES[urgency], now, most),
  };
}

const NO_CAP_YET: StoredCap = { ...NO_MAIL_YET, revision: 0 };

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly outbox: OutboxStore;
  }
}

/** How often a claim is given back anew because another message to the same person came first. */
const MOST_RACES = 8;

/** A recipient's cap before and after a message asked for its turn. */
interface CapChange {
  /** HMAC of who gets the message. */
  readonly recipient: string;
  readonly before: StoredCap;
  readonly after: MailCap;
}

/** `attempts` rises with each claim: an instance that claimed before and was slow cannot settle it any more. */
const UNCHANGED = '#state = :state AND attempts = :attempts';

/**
 * Puts it into the index that shows what was written about a registration. Not as it is written: a person who registers at a rush
 * does not pay for that. No index takes an empty key: the first release wrote mails to the team that say nothing of what they are about.
 */
const listing = (isListed: boolean): { readonly set: string; readonly names: Record<string, string> } =>
  isListed
    ? { set: ', about = #reference', names: { '#state': 'state', '#reference': 'reference' } }
    : { set: '', names: { '#state': 'state' } };

/** What changes a message that is as it was read. */
const change = (table: string, message: OutboxMessage, set: string, values: object, list = listing(false)) => ({
  TableName: table,
  Key: { id: message.id },
  UpdateExpression: set,
  ConditionExpression: UNCHANGED,
  ExpressionAttributeNames: list.names,
  ExpressionAttributeValues: { ':state': message.state, ':attempts': message.attempts, ...values },
});

function claimMessage(table: string, message: OutboxMessage, leaseUntil: Date): TransactItem {
  const list = listing(message.reference !== '');
  const set = `SET #state = :claimed, notBefore = :lease, due = :due${list.set} REMOVE promised ADD attempts :one`;
  const values = { ':claimed': 'claimed', ':lease': leaseUntil.toISOString(), ':due': dueOf(message), ':one': 1 };
  return { Update: change(table, message, set, values, list) };
}

/** The message is not claimed: it goes on waiting, with a turn that was promised to it. @param former of a change that it tells along */
function waitForTurn(
  table: string,
  message: OutboxMessage,
  notBefore: Date,
  former?: OutboxMessage['former'],
): TransactItem {
  const list = listing(message.reference !== '');
  const set = `SET notBefore = :notBefore, promised = :true, due = :due${former ? ', former = :former' : ''}${list.set}`;
  const values = {
    ...(former && { ':former': former }),
    ':notBefore': notBefore.toISOString(),
    ':true': true,
    ':due': dueOf(message),
  };
  return { Update: change(table, message, set, values, list) };
}

/** One that was never looked at, and has no turn yet. */
const postponeMessage = (table: string, id: string, notBefore: Date): UpdateCommandInput => ({
  TableName: table,
  Key: { id },
  UpdateExpression: `SET notBefore = :notBefore, due = :due${listing(true).set}`,
  ConditionExpression: '#state = :pending AND attribute_not_exists(notBefore)',
  ExpressionAttributeNames: listing(true).names,
  ExpressionAttributeValues: {
    ':pending': 'pending',
    ':notBefore': notBefore.toISOString(),
    ':due': duePartition('mail', id),
  },
});

/** Whatever else is wrong with it: it may be one that cannot be read. */
const stepBack = (table: string, id: string, notBefore: Date): UpdateCommandInput => ({
  TableName: table,
  Key: { id },
  UpdateExpression: 'SET notBefore = :notBefore',
  ConditionExpression: 'attribute_exists(due) AND notBefore < :notBefore',
  ExpressionAttributeValues: { ':notBefore': notBefore.toISOString() },
});

const putCap = (table: string, { recipient, before, after }: CapChange): TransactItem => ({
  Put: {
    TableName: table,
    Item: toMailCapItem(recipient, { ...after, revision: before.revision + 1 }, before),
    ...(before.revision === 0
      ? { ConditionExpression: 'attribute_not_exists(id)' }
      : { ConditionExpression: 'revision = :before', ExpressionAttributeValues: { ':before': before.revision } }),
  },
});

/** Nobody holds it any more: it waits, to be tried again (`pending`), or for what SES tells of it (`unknown`). */
const leaveAs = (
  table: string,
  claimed: OutboxMessage,
  state: 'pending' | 'unknown',
  notBefore: Date,
): UpdateCommandInput =>
  change(table, claimed, 'SET #state = :next, notBefore = :notBefore', {
    ':next': state,
    ':notBefore': notBefore.toISOString(),
  });

type MessageReader = (id: string) => Promise<OutboxMessage | undefined>;

/** Reads a message of `Outbox` as it is now. */
export const messageReader =
  ({ client, outbox: table }: Database<'outbox'>): MessageReader =>
  async (id) => {
    const item = await readItem(client, table, { id });
    return item && fromOutboxItem(item);
  };

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly readMessage: MessageReader;
  }
}

/** In the `Outbox` table. `recipient` is an HMAC: no address is readable in a key. */
export const mailCapKey = (recipient: string) => ({ id: `CAP#${recipient}` });

/** Forgotten once it limits nothing any more. */
export function toMailCapItem(recipient: string, cap: StoredCap, before?: MailCap) {
  const { claims, turns, repeats = [], waiting = [], revision } = cap;
  // Where all was given back there is nothing to remember, and the item is to go no later than it was.
  const last = lastIn(cap) ?? (before && lastIn(before)) ?? '';
  return {
    ...mailCapKey(recipient),
    v: 1,
    claims,
    turns,
    ...(repeats.length > 0 && { repeats }),
    ...(waiting.length > 0 && { waiting }),
    revision,
    expiresAt: Math.ceil((Date.parse(last) + LONGEST_WINDOW) / 1000),
  };
}

const lastIn = ({ claims, turns, repeats = [], waiting = [] }: MailCap): string | undefined =>
  [...[...claims, ...waiting].map(({ at }) => at), ...turns, ...repeats].sort().at(-1);

export function fromMailCapItem(item: Record<string, unknown>): StoredCap {
  const { v: _, ...cap } = storedMailCap().parse(item);
  return cap;
}
