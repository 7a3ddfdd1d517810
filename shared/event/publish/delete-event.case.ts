import { DeleteCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { keptFeedback } from '../../kernel/dynamo/keys.ts';
import { TABLES, type TableName, type TableShape } from '../../kernel/dynamo/tables.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newJob } from '../../mail/outbox/new-items.store.ts';
import type { Job } from '../../mail/outbox/outbox-items.store.ts';
import { rulesReader } from '../event.store.ts';
import { PARTS, stampPart } from './retention.case.ts';

type Item = Readonly<Record<string, unknown>>;

const BY_SORT_KEY = /^(EVENTS|GREETING|(OWN|CHANGED)-EVENT#.*)$/;

/** Whether an item is of an event alone, of any table but `Audit`: what it is kept under says so. */
const isOfEvent = ({ pk = '', sk, eventId: of }: Item, eventId: string): boolean =>
  of === eventId || (BY_SORT_KEY.test(String(pk)) ? sk : String(pk).split('#')[1]) === eventId;

const AT_ONCE = 25;

interface Deleted {
  readonly eventId: string;
  readonly name: Exclude<TableName, 'audit'>;
  /** Its physical name. */
  readonly table: string;
}

interface Within {
  /** Of the table, of so many; the whole without it. */
  readonly part?: { readonly Segment: number; readonly TotalSegments: number };
  /** The id of an item that stays. */
  readonly kept?: string;
  /** Without it, no more is deleted once something was. */
  readonly hasTime?: () => boolean;
}

/**
 * Deletes what a table holds of an event, but tombstones.
 *
 * @returns how many items were deleted, and whether there is nothing left
 */
export async function deleteItems(
  client: DocumentClient,
  { eventId, name, table: TableName }: Deleted,
  { part, kept = '', hasTime = () => true }: Within = {},
): Promise<{ readonly deleted: number; readonly isWhole: boolean }> {
  const { partitionKey, sortKey }: TableShape = TABLES[name];
  const keys = [partitionKey, ...(sortKey === undefined ? [] : [sortKey])];
  const scan = { TableName, ProjectionExpression: [...keys, 'eventId'].join(', '), ConsistentRead: true, ...part };
  let deleted = 0;
  for await (const { Items = [] } of paginateScan({ client }, scan)) {
    const own = Items.filter(
      (item) => isOfEvent(item, eventId) && !/^TOMBSTONE#/.test(String(item['pk'])) && item['id'] !== kept,
    );
    for (let first = 0; first < own.length; first += AT_ONCE) {
      const deletes = own.slice(first, first + AT_ONCE).map((item) => {
        const Key = Object.fromEntries(keys.map((key) => [key, item[key]]));
        return client.send(new DeleteCommand({ TableName, Key }));
      });
      await Promise.all(deletes);
    }
    deleted += own.length;
    if (deleted > 0 && !hasTime()) return { deleted, isWhole: false };
  }
  return { deleted, isWhole: true };
}

/** Milliseconds after which one run leaves the rest to another: it must end well within the function's 30 seconds. */
const TIME = 15_000;
/** Seconds for which a job that goes on is kept: while one fails, what it leaves behind ends with its event. */
const JOB_KEPT = 7 * 24 * 60 * 60;

/**
 * Leaves nothing of an event that was deleted, part by part of its tables: what this function may delete it deletes, the end of what it may not
 * even see it makes now, and who alone may delete what is in `Care` is told. A job says how many parts are done; done twice, it ends the same.
 */
export async function deleteLeftovers(
  deps: Needs<'changedEvents' | 'feedbackTable' | 'jobs' | 'outboxTable' | 'publishing' | 'system'>,
  { id, eventId, reference = '0' }: Job,
): Promise<void> {
  const { publishing, feedbackTable, outboxTable, jobs, system } = deps;
  const { client, registry } = publishing;
  // Its id is nobody's for longer than a job is kept; were it not, another event would go.
  if ((await rulesReader({ client, registry })(eventId)) !== undefined) return;
  const begun = system.now().getTime();
  const hasTime = (): boolean => system.now().getTime() - begun < TIME;
  const feedback = { table: feedbackTable, partitions: keptFeedback(eventId), saysVersion: false };
  const now = Math.floor(begun / 1000);
  for (let part = Number(reference); part < PARTS; part += 1) {
    const within = { part: { Segment: part, TotalSegments: PARTS }, kept: id, hasTime };
    const isWhole =
      (await deleteItems(client, { eventId, name: 'registry', table: registry }, within)).isWhole &&
      (await deleteItems(client, { eventId, name: 'outbox', table: outboxTable }, within)).isWhole &&
      (await stampPart(part, { eventId, version: 0, until: now }, feedback, publishing, hasTime)).isWhole;
    if (!isWhole || !hasTime()) {
      const next = newJob(system, 'delete-event', eventId, { reference: String(isWhole ? part + 1 : part) });
      return jobs.add(next, now + JOB_KEPT);
    }
  }
  await deps.changedEvents.note('deleted', eventId);
}
