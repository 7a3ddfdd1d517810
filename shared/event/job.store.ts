import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { isCanary } from '../kernel/canary.ts';
import type { DocumentClient } from '../kernel/dynamo/client.store.ts';
import { dueIds, isNothingDue } from '../kernel/dynamo/due-ids.store.ts';
import { changedEventKey } from '../kernel/dynamo/keys.ts';
import { queryPartition, readItem } from '../kernel/dynamo/queries.store.ts';
import { updateIf } from '../kernel/dynamo/transact.store.ts';
import { logger } from '../kernel/log.store.ts';
import type { Database, Given } from '../kernel/parts.store.ts';
import { field, stored } from '../kernel/stored.schema.ts';
import { fromJobItem, type Job, toJobItem } from '../mail/outbox/outbox-items.store.ts';

export interface JobStore {
  /** Nothing for a job that is done. */
  readonly read: (id: string) => Promise<Job | undefined>;
  /** @param expiresAt epoch seconds */
  readonly add: (job: Job, expiresAt: number) => Promise<void>;
  readonly forget: (id: string) => Promise<void>;
  /** Has one that waits, and that is still there, wait until then. */
  readonly defer: (id: string, until: Date) => Promise<void>;
  /** Ids of jobs whose wait is over, longest first. From an index: doing one finds out whether it is so. */
  readonly due: (now: Date, most: number) => Promise<readonly string[]>;
}

export const jobStore = ({ client, outbox: TableName }: Database<'outbox'>): JobStore => ({
  async read(id) {
    const item = await readItem(client, TableName, { id });
    return item && fromJobItem(item);
  },
  async add(job, expiresAt) {
    await client.send(new PutCommand({ TableName, Item: { ...toJobItem(job), expiresAt } }));
  },
  async forget(id) {
    await client.send(new DeleteCommand({ TableName, Key: { id } }));
  },
  async defer(id, until) {
    await updateIf(client, {
      TableName,
      Key: { id },
      UpdateExpression: 'SET notBefore = :until',
      ConditionExpression: 'attribute_exists(notBefore)',
      ExpressionAttributeValues: { ':until': until.toISOString() },
    });
  },
  due: async (now, most) =>
    (await isNothingDue(client, TableName, now)) ? [] : dueIds(client, TableName, 'job', now, most),
});

/*
 * Of what changes by the thousand no job is written each time. A writer notes once for many changes that there were some, and each minute
 * housekeeping looks at the events that are noted: where nothing happens, nothing is read. A note that is lost costs readers an hour of
 * changes: each event that may change is noted once an hour whatever happens.
 */

/** What is looked after so: the index of people, that of attendance, and what phones know of tickets. */
export const FOLLOWED = ['people', 'attendance', 'phones'] as const;
/** Beside it: that the event was deleted, for who alone may delete what is in `Care`. */
type Followed = (typeof FOLLOWED)[number] | 'deleted';

export const storedChangedEvent = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'three-days'),
  /** The event. */
  sk: field(z.string(), 'impersonal', 'three-days'),
  /** Raised with each note: one that was noted again since it was read stays. */
  revision: field(z.int(), 'impersonal', 'three-days'),
}));

export interface ChangedEvent {
  readonly eventId: string;
  readonly revision: number;
}

interface ChangedEvents {
  /** Events that are noted. */
  readonly of: (what: Followed) => Promise<readonly ChangedEvent[]>;
  readonly note: (what: Followed, eventId: string) => Promise<void>;
  /** Forgets one that was looked at, but where it was noted again since it was read. */
  readonly settle: (what: Followed, changed: ChangedEvent) => Promise<void>;
}

export const changedEvents = ({ client, registry: TableName, system }: Given<'registry'>): ChangedEvents => ({
  of: async (what) =>
    (await queryPartition(client, TableName, changedEventKey(what, '').pk, { consistent: false })).map(
      fromChangedEventItem,
    ),

  async note(what, eventId) {
    await client.send(new UpdateCommand(noteChangedEvent(TableName, what, eventId, system.now()).Update));
  },

  async settle(what, { eventId, revision }) {
    const asRead = {
      ConditionExpression: 'revision = :revision',
      ExpressionAttributeValues: { ':revision': revision },
    };
    try {
      await client.send(new DeleteCommand({ TableName, Key: changedEventKey(what, eventId), ...asRead }));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  },
});

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly jobs: JobStore;
    readonly changedEvents: ChangedEvents;
  }
}

const DAY_SECONDS = 86_400;

/** It says no time, which would be one at which somebody came. @param at the instant of the change */
export function noteChangedEvent(TableName: string, what: Followed, eventId: string, at: Date) {
  const today = Math.floor(at.getTime() / 1000 / DAY_SECONDS);
  return {
    Update: {
      TableName,
      Key: changedEventKey(what, eventId),
      UpdateExpression: 'SET v = :v, expiresAt = :expiresAt ADD revision :one',
      ExpressionAttributeValues: { ':v': 1, ':one': 1, ':expiresAt': (today + 2) * DAY_SECONDS },
    },
  };
}

/** @throws ZodError when the table holds something else */
export function fromChangedEventItem(item: Record<string, unknown>): ChangedEvent {
  const { sk: eventId, revision } = storedChangedEvent().parse(item);
  return { eventId, revision };
}

/** Changes of an event that an instance makes until it notes them: a write unit is little for so many. */
export const NOTED_TOGETHER = 16;

/** What an instance changed and has not noted yet, by event. */
const unnoted = new WeakMap<DocumentClient, Map<string, number>>();

/**
 * Notes that much changed, once it did. What changed is written by then: nobody fails for a note.
 *
 * @param changes `many` were written at that time
 */
export async function noteChanges(
  client: DocumentClient,
  table: string,
  {
    what,
    eventId,
    many,
    at,
  }: { readonly what: Followed; readonly eventId: string; readonly many: number; readonly at: Date },
): Promise<void> {
  // Nobody reads an index of its people.
  if (isCanary(eventId)) return;
  const waiting = unnoted.get(client) ?? new Map<string, number>();
  unnoted.set(client, waiting);
  const name = `${what} ${eventId}`;
  const all = (waiting.get(name) ?? 0) + many;
  waiting.set(name, all < NOTED_TOGETHER ? all : 0);
  if (all < NOTED_TOGETHER) return;
  try {
    await client.send(new UpdateCommand(noteChangedEvent(table, what, eventId, at).Update));
  } catch (error) {
    logger.error('changes not noted', { error, eventId, what });
  }
}
