import { setTimeout as realWait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventDefinition } from '../shared/domain/event.ts';
import { type EventTexts, splitTexts } from '../shared/domain/event-texts.ts';
import { retentionEnd } from '../shared/domain/event-times.ts';
import { newJob } from '../shared/registering/new-items.ts';
import { putJob } from '../shared/registering/writes.ts';
import { type DocumentClient, documentClient } from '../shared/store/client.ts';
import { toRulesAttributes, toTextAttributes } from '../shared/store/event-item.ts';
import { eventKey, textKey } from '../shared/store/keys.ts';
import { type TransactItem, transact } from '../shared/store/transact.ts';
import { realSystem } from '../shared/system.ts';
import { counterChanges, type Overfull } from './counter-changes.ts';
import { keepUntil } from './keep-until.ts';
import { isSame, readStored, type StoredEvent } from './stored-event.ts';

export interface PublishDeps {
  readonly dynamodb: DynamoDBClient;
  /** The `Registry` table. */
  readonly tableName: string;
  /** The `Outbox` table: who waits may have a seat once there are more. */
  readonly outboxTable: string;
  /** Called where dates moved, before registrations are kept until another time. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

export interface Published {
  /** The version that readers now see. */
  readonly version: number;
  /** False where the table already held exactly this event. */
  readonly changed: boolean;
  /** Where the end of the retention moved: how many registrations and locks are now kept until when. */
  readonly kept?: { readonly items: number; readonly until: Date };
  /** Quotas of which more seats are taken than there are now: they stay taken, and no more are given. */
  readonly overfull: readonly Overfull[];
}

/** Bytes; DynamoDB's limit for one item. */
const ITEM_LIMIT = 400 * 1024;
/** How often others may publish the same event in between. */
const MOST_RACES = 5;

/**
 * Puts an event where the functions read it: rules, the words of each language, and a counter for each quota, all in
 * one transaction. Publishing the same content again changes nothing.
 *
 * The stored version is the authored one, and at least one more than was stored before: it rises with every change of
 * content, whether or not the author thought of it, and with nothing else.
 *
 * Counters keep the seats that are taken and waited for. A quota whose `when` changes, or that is added late, does not
 * count again who is registered already. Lowering a capacity takes no seat away. Where quotas change, looking for who
 * may leave the waiting list follows.
 *
 * Where dates or retention move, so does the time at which the table forgets registrations and locks. What an
 * interrupted publication left undone, the next one completes, whatever it publishes.
 *
 * @param definition one in which `definitionProblems` finds nothing
 * @throws Error that names the item which is too large, or the quota in use whose counters cannot be split anew;
 *   BusyError when rivals do not let go
 */
export async function publishEvent(definition: EventDefinition, deps: PublishDeps): Promise<Published> {
  const documents = documentClient(deps.dynamodb);
  const { tableName, wait = realWait } = deps;
  const { keptUntil, ...published } = await write(definition, documents, deps);
  const until = retentionEnd(definition);
  if (keptUntil === until) return published;
  const retention = { eventId: definition.id, version: published.version, until };
  const items = await keepUntil(retention, { documents, tableName, wait });
  return { ...published, kept: { items, until: new Date(until * 1000) } };
}

type Written = Omit<Published, 'kept'> & Pick<StoredEvent, 'keptUntil'>;

async function write(definition: EventDefinition, documents: DocumentClient, deps: PublishDeps): Promise<Written> {
  const { tableName, outboxTable } = deps;
  const { rules, texts } = splitTexts(definition);
  for (let race = 1; race <= MOST_RACES; race += 1) {
    const stored = await readStored(documents, tableName, definition.id);
    if (stored !== undefined && isSame(stored, rules, texts)) {
      return { version: stored.version, changed: false, overfull: [], keptUntil: stored.keptUntil };
    }
    const version = Math.max((stored?.version ?? 0) + 1, definition.version);
    const keptUntil = stillKeptUntil(retentionEnd(definition), stored);
    const counters = await counterChanges(
      definition.id,
      rules.quotas,
      stored?.rules.quotas ?? [],
      documents,
      tableName,
    );
    const refusals = await transact(
      documents,
      [
        ...writesOf({ ...rules, version }, texts, keptUntil, stored, tableName),
        ...counters.writes,
        ...(stored && quotasDiffer(stored.rules, rules) ? [promoteJob(definition, outboxTable)] : []),
      ],
      realSystem,
    );
    if (refusals.length === 0) return { version, changed: true, overfull: counters.overfull, keptUntil };
    await realSystem.backOff(race);
  }
  throw new Error(`others keep publishing "${definition.id}"; nothing was written`);
}

/** A new event has no registrations; those of a changed one are right where the time has not moved. */
const stillKeptUntil = (end: number, stored: StoredEvent | undefined): number | undefined =>
  stored === undefined || stored.keptUntil === end ? end : undefined;

function writesOf(
  rules: EventDefinition<string>,
  texts: Record<string, EventTexts>,
  keptUntil: number | undefined,
  stored: StoredEvent | undefined,
  tableName: string,
): TransactItem[] {
  const { id, version } = rules;
  const ruleItem = { ...eventKey(id), ...toRulesAttributes(rules), keptUntil };
  const textItems = Object.entries(texts).map(([language, words]) => ({
    ...textKey(id, language),
    ...toTextAttributes(version, words),
  }));
  for (const each of [ruleItem, ...textItems]) refuseTooLarge(each);
  const dropped = (stored?.rules.languages ?? []).filter((language) => !rules.languages.includes(language));
  return [
    { Put: { TableName: tableName, Item: ruleItem, ...asRead(stored) } },
    ...textItems.map((Item) => ({ Put: { TableName: tableName, Item } })),
    ...dropped.map((language) => ({ Delete: { TableName: tableName, Key: textKey(id, language) } })),
  ];
}

/** Holds where nobody has published since the version was read. */
function asRead(stored: StoredEvent | undefined) {
  if (stored === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return { ConditionExpression: 'version = :read', ExpressionAttributeValues: { ':read': stored.version } };
}

const quotasDiffer = (before: EventDefinition<string>, after: EventDefinition<string>): boolean =>
  !isDeepStrictEqual(before.quotas, after.quotas);

const promoteJob = (definition: EventDefinition, outboxTable: string): TransactItem =>
  putJob(outboxTable, newJob(realSystem, 'promote', definition.id), retentionEnd(definition));

/** As DynamoDB measures: the names and values of all attributes, in UTF-8. */
function refuseTooLarge(item: { readonly pk: string; readonly sk: string }): void {
  const size = Buffer.byteLength(Object.entries(item).flat().join(''));
  if (size > ITEM_LIMIT) throw new Error(`${item.pk} ${item.sk} takes ${size} bytes; DynamoDB holds ${ITEM_LIMIT}`);
}
