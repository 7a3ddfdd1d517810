import { isDeepStrictEqual } from 'node:util';
import { announce } from '../../announcements/announcement.store.ts';
import { putTold, toldReader } from '../../announcements/told.store.ts';
import { firstTold, hasNews, isAnnounced, newStanding, tellAt, withNewSessions } from '../../announcements/told.ts';
import { isCanary } from '../../kernel/canary.ts';
import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import { eventKey, NOT_THERE, textKey, versionKey } from '../../kernel/dynamo/keys.ts';
import { type TransactItem, transact } from '../../kernel/dynamo/transact.store.ts';
import { logger } from '../../kernel/log.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { AnnouncementKind } from '../../mail/kinds.ts';
import { newJob } from '../../mail/outbox/new-items.store.ts';
import { putJob } from '../../mail/outbox/outbox-items.store.ts';
import { counterKey, fromCounterItem } from '../../seats/counter.store.ts';
import { type PoolStore, poolStore } from '../../seats/pool.store.ts';
import { poolOf } from '../../seats/quota.ts';
import { checkMember, putOwnEvent } from '../../team/role/role.store.ts';
import { readersPromised } from '../answer-readers.ts';
import { LIVE_STATUSES } from '../attendee.ts';
import { toConsentWordsItem, withWords } from '../consent-words.store.ts';
import type { ConsentWording } from '../consents.schema.ts';
import { consentWordings } from '../consents.ts';
import { type EventEntry, eventEntries, eventEntryOf, putEventEntry } from '../event.store.ts';
import type { EventDefinition, Quota } from '../event.ts';
import { toRulesAttributes, toTextAttributes, toVersionAttributes } from '../event-item.store.ts';
import { isCalledOff } from '../event-standing.ts';
import { type EventTexts, joinTexts } from '../event-texts.ts';
import { retentionEnd } from '../event-times.ts';
import { WRITES_END } from './retention.case.ts';
import { type PublishingDeps, publishedConsentWords, readStored, type StoredEvent } from './stored-event.case.ts';

interface Telling {
  readonly items: readonly TransactItem[];
  /** What everyone is told by it. */
  readonly announced?: AnnouncementKind | undefined;
}

const NOTHING: Telling = { items: [] };

/**
 * What tells people that an event is not as they know it, for the transaction that makes it so: at once whether and when it takes
 * place, and with a job, which collects what follows, of its programme. A first publication tells nothing.
 */
async function tellWrites(
  { client, registry, outbox, system }: PublishingDeps,
  stored: StoredEvent | undefined,
  event: EventDefinition,
): Promise<Telling> {
  // Words that are not of these rules were never seen by anyone.
  if (stored === undefined || !stored.whole) return NOTHING;
  const now = system.now();
  const was = joinTexts(stored.rules, stored.texts);
  if (!isAnnounced(was, event, now)) return NOTHING;
  const { id: eventId, version } = event;
  const since = now.toISOString();
  const read = (await toldReader({ client, registry })(eventId)) ?? firstTold(was, since);
  const id = `event#${version}`;
  const standing = newStanding(read, event, id, since);
  const told = withNewSessions(standing?.told ?? read, event);
  const end = retentionEnd(event);
  const news = hasNews(told, event);
  const isNew = read.revision === 0;
  if (isNew && standing === undefined && !news) return NOTHING;
  const items = [
    // Also where nothing is told: a run about to tell what was changed back by this is refused.
    putTold(registry, eventId, told, end),
    ...(standing
      ? announce(
          system,
          { registry, outbox },
          {
            ...{ eventId, id, kind: standing.kind, createdAt: since },
            segment: { statuses: LIVE_STATUSES },
          },
          end,
        )
      : []),
    ...(news ? [putJob(outbox, newJob(system, 'tell-changes', eventId, { notBefore: tellAt(told, now) }), end)] : []),
  ];
  return { items, announced: standing?.kind };
}

export interface SplitDefinition {
  /** Its version is the one that is wanted: a higher one is written where that was used already. */
  readonly rules: EventDefinition<string>;
  readonly texts: Readonly<Record<string, EventTexts>>;
}

export interface WrittenDefinition extends Pick<StoredEvent, 'version' | 'keptUntil'> {
  /** Quotas of which more seats are taken than there are now: they stay taken, and no more are given. */
  readonly overfull: readonly Overfull[];
  /** What everyone who is registered is told of the event. */
  readonly announced?: AnnouncementKind;
}

/** Bytes; DynamoDB's limit for one item. */
const ITEM_LIMIT = 400 * 1024;

/**
 * Writes rules and words in one transaction, if the event is still as it was read, with what tells people that it is not as
 * they know it; then has the counters follow. Where quotas or the status changed, looking for who may leave the waiting list
 * follows, which also completes what this leaves undone of the counters; where dates moved, that all is kept for as long after them as
 * before.
 *
 * @param also what else is written with it, such as an audit entry
 * @returns nothing where another version was published since it was read
 * @throws Error that names the item which is too large; BusyError when rivals do not let go
 */
export async function writeDefinition(
  deps: PublishingDeps,
  { rules: wanted, texts }: SplitDefinition,
  stored: StoredEvent | undefined,
  also: readonly TransactItem[] = [],
): Promise<WrittenDefinition | undefined> {
  const { client, registry, outbox, system } = deps;
  const now = system.now();
  const before = stored?.rules.quotas ?? [];
  const noted = withPromises(withSince(wanted, stored, now), stored, now);
  const rules = await withFormerCounters(deps, noted, before);
  const version = Math.max((stored?.version ?? 0) + 1, rules.version);
  const end = retentionEnd(rules);
  const keptUntil = stillKeptUntil(end, stored);
  const notBefore = new Date(now.getTime() + WRITES_END);
  const mayPromote =
    stored !== undefined &&
    (stored.rules.status !== rules.status || !isDeepStrictEqual(stored.rules.quotas, rules.quotas));
  const [{ items: told, announced }, consentWords] = await Promise.all([
    tellWrites(deps, stored, joinTexts({ ...rules, version }, texts)),
    stored === undefined ? [] : publishedConsentWords(deps, stored),
  ]);
  const refusals = await transact(
    client,
    [
      ...eventWrites({ ...rules, version }, texts, { keptUntil, publishedAt: now, consentWords }, stored, registry),
      ...(mayPromote ? [putJob(outbox, newJob(system, 'promote', rules.id), end)] : []),
      ...(keptUntil === undefined ? [putJob(outbox, newJob(system, 'keep', rules.id, { notBefore }), end)] : []),
      ...removedFrom(before, rules).map((reference) =>
        putJob(outbox, newJob(system, 'clear-unproven', rules.id, { reference, notBefore }), end),
      ),
      ...told,
      ...also,
    ],
    system,
  );
  if (refusals.length > 0) return undefined;
  const overfull = await settleCounters(deps, { ...rules, version }, before);
  return { version, overfull, keptUntil, ...(announced && { announced }) };
}

/** Ids of quotas that the event has no more. */
const removedFrom = (
  before: EventDefinition<string>['quotas'],
  { quotas }: Pick<EventDefinition<string>, 'quotas'>,
): readonly string[] => before.map(({ id }) => id).filter((id) => !quotas.some((quota) => quota.id === id));

/** Notes since when an event is called off: what had begun by then took place. */
function withSince(
  { calledOffAt: _, ...rules }: EventDefinition<string>,
  stored: StoredEvent | undefined,
  now: Date,
): EventDefinition<string> {
  if (!isCalledOff(rules)) return rules;
  const since = stored && isCalledOff(stored.rules) ? stored.rules.calledOffAt : now.toISOString();
  return { ...rules, ...(since !== undefined && { calledOffAt: since }) };
}

/** Notes who was promised to read answers, for as long as any are kept. */
function withPromises(
  { promisedReaders: _, ...rules }: EventDefinition<string>,
  stored: StoredEvent | undefined,
  now: Date,
): EventDefinition<string> {
  if (stored === undefined || now.getTime() / 1000 >= retentionEnd(stored.rules)) return rules;
  const promisedReaders = readersPromised(stored.rules, now);
  return { ...rules, ...(Object.keys(promisedReaders).length > 0 && { promisedReaders }) };
}

/** A new event has no registrations; those of a changed one are right where the time has not moved. */
const stillKeptUntil = (end: number, stored: StoredEvent | undefined): number | undefined =>
  stored === undefined || stored.keptUntil === end ? end : undefined;

interface Kept {
  readonly keptUntil: number | undefined;
  readonly publishedAt: Date;
  /** All that were published before. */
  readonly consentWords: readonly ConsentWording[];
}

function eventWrites(
  rules: EventDefinition<string>,
  texts: SplitDefinition['texts'],
  { keptUntil, publishedAt, consentWords }: Kept,
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
  const asked = consentWordings(joinTexts(rules, texts));
  const consentItem = toConsentWordsItem(id, withWords(consentWords, asked));
  refuseTooLarge(consentItem);
  const dropped = (stored?.rules.languages ?? []).filter((language) => !rules.languages.includes(language));
  return [
    { Put: { TableName: tableName, Item: ruleItem, ...asRead(stored) } },
    { Put: { TableName: tableName, Item: { ...versionKey(id), ...toVersionAttributes(version, publishedAt) } } },
    // What is in no list is in no overview, digest or reminder either: all of them begin there.
    ...(isCanary(id) ? [] : [putEventEntry(tableName, eventEntryOf(rules, texts))]),
    ...textItems.map((Item) => ({ Put: { TableName: tableName, Item } })),
    { Put: { TableName: tableName, Item: consentItem } },
    ...dropped.map((language) => ({ Delete: { TableName: tableName, Key: textKey(id, language) } })),
  ];
}

/** An event that was never published, for the transaction that makes it; its counters begin with the first seat. */
export const newEventWrites = (
  { rules, texts }: SplitDefinition,
  publishedAt: Date,
  registry: string,
): readonly TransactItem[] =>
  eventWrites(rules, texts, { keptUntil: retentionEnd(rules), publishedAt, consentWords: [] }, undefined, registry);

/** Holds where nobody has published since the version was read. */
function asRead(stored: StoredEvent | undefined) {
  if (stored === undefined) return { ConditionExpression: NOT_THERE };
  return { ConditionExpression: 'version = :read', ExpressionAttributeValues: { ':read': stored.version } };
}

/** As DynamoDB measures: the names and values of all attributes, in UTF-8. */
function refuseTooLarge(item: { readonly pk: string; readonly sk: string }): void {
  const size = Buffer.byteLength(Object.entries(item).flat().join(''));
  if (size > ITEM_LIMIT) throw new Error(`${item.pk} ${item.sk} takes ${size} bytes; DynamoDB holds ${ITEM_LIMIT}`);
}

/** A quota with more seats taken than there are. */
export interface Overfull {
  readonly quota: string;
  readonly capacity: number;
  readonly taken: number;
}

type Rules = Pick<EventDefinition<string>, 'id' | 'version' | 'quotas'>;

/**
 * Has the counters of an event be as its definition says, once that is written: nothing for a quota that stays as it was, since
 * people register meanwhile. Each step is small, and none loses or makes a seat; what is left undone where this is interrupted, the
 * job that promotes completes, or the request that needs a seat. Counters per organisation or country, of which there may be any number,
 * are left to these two.
 *
 * @returns quotas of which more seats are taken than there are now
 * @throws BusyError when rivals do not let go
 */
export async function settleCounters(
  { client, registry, system }: Pick<PublishingDeps, 'client' | 'registry' | 'system'>,
  rules: Rules,
  before: readonly Quota<string>[],
): Promise<readonly Overfull[]> {
  const pools = poolStore({ client, registry, system });
  const changed = rules.quotas.filter(isCounted).filter((quota) => {
    const old = before.find(({ id }) => id === quota.id);
    return old?.capacity !== quota.capacity || old.shards !== quota.shards;
  });
  const overfull = await Promise.all(changed.map((quota) => settle(pools, rules, quota)));
  return overfull.flat();
}

/** Per organisation or country there are counters for each, which begin with the first seat. */
const isCounted = ({ per }: Quota<string>): boolean => per === undefined;

async function settle(pools: PoolStore, rules: Rules, quota: Quota<string>): Promise<readonly Overfull[]> {
  const { id, capacity } = quota;
  const counters = [...(await pools.read(rules, [poolOf(quota)])).values()];
  const taken = counters.reduce((sum, counter) => sum + counter.taken, 0);
  return taken > capacity ? [{ quota: id, capacity, taken }] : [];
}

/** A quota that the event had before, though not of late, has as many counters as it had. */
export async function withFormerCounters<Definition extends Rules>(
  { client, registry, system }: Pick<PublishingDeps, 'client' | 'registry' | 'system'>,
  rules: Definition,
  before: readonly Quota<string>[],
): Promise<Definition> {
  const added = rules.quotas.filter((quota) => isCounted(quota) && !before.some(({ id }) => id === quota.id));
  if (added.length === 0 || before.length === 0) return rules;
  const keyOf = ({ id }: Quota<string>) => counterKey(rules.id, { quota: id, shard: 0 });
  const item = await batchGet(client, registry, added.map(keyOf), system, true);
  const quotas = rules.quotas.map((quota) => {
    const found = added.includes(quota) && item(keyOf(quota));
    return found ? { ...quota, shards: Math.max(quota.shards, fromCounterItem(found).split?.counters ?? 1) } : quota;
  });
  return { ...rules, quotas };
}

type ListDeps = Needs<'client' | 'publishing' | 'registry' | 'roles' | 'system'>;

/**
 * Has members find the events that they joined, and lists say what events are called, also where an earlier version of this program wrote
 * them: once for each event, after which each change writes both. It is a chore, since a page that is looked at writes nothing (AU2), and
 * since members who joined long ago redeem nothing more.
 */
export async function completeEventList(deps: ListDeps): Promise<void> {
  for (const entry of await eventEntries(deps.client, deps.registry)) {
    if (entry.membersListed === true) continue;
    try {
      await completeEntry(deps, entry);
    } catch (error) {
      logger.error('event not listed for its members', { error, eventId: entry.id });
    }
  }
}

/** A member who changes meanwhile, and an event that is published meanwhile, are looked at the next time. */
async function completeEntry(deps: ListDeps, { id, titles }: EventEntry): Promise<void> {
  const { client, registry, system } = deps;
  const [stored, members] = await Promise.all([readStored(deps.publishing, id), deps.roles.list(id)]);
  if (stored?.whole !== true) return;
  for (const member of members) {
    const writes = [checkMember(registry, id, member), putOwnEvent(registry, id, member)];
    if ((await transact(client, writes, system)).length > 0) return;
  }
  const said =
    titles === undefined
      ? putEventEntry(registry, { ...eventEntryOf(stored.rules, stored.texts), membersListed: true }, NOT_NAMED)
      : putEventEntry(registry, { id, membersListed: true });
  await transact(client, [said], system);
}

const NOT_NAMED = 'attribute_not_exists(titles)';
