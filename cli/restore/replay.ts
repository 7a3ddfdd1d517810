import { isDeepStrictEqual } from 'node:util';
import { type DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import type { KMSClient } from '@aws-sdk/client-kms';
import { DeleteCommand, PutCommand, paginateScan, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { announcementStore } from '../../shared/announcements/announcement.store.ts';
import { delegationStore } from '../../shared/delegation/delegation.store.ts';
import { rulesReader, WHOLE_EVENT } from '../../shared/event/event.store.ts';
import { jobStore } from '../../shared/event/job.store.ts';
import { ERASURE_JOBS, type ErasureDeps } from '../../shared/jobs.ts';
import { type DocumentClient, documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { tombstoneKey } from '../../shared/kernel/dynamo/keys.ts';
import { queryPartition } from '../../shared/kernel/dynamo/queries.store.ts';
import { ISSUED_TOKENS_PREFIX, type RestoredTable } from '../../shared/kernel/dynamo/tables.ts';
import type { TransactItem } from '../../shared/kernel/dynamo/transact.store.ts';
import { kmsSecrets, type Secrets } from '../../shared/kernel/keys/secrets.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { toMailHoldItem } from '../../shared/mail/outbox/mail-hold.store.ts';
import { fromJobItem, type Job } from '../../shared/mail/outbox/outbox-items.store.ts';
import { youngStore } from '../../shared/minors/young.store.ts';
import { isForgotten } from '../../shared/minors/young.ts';
import { storedBulkPerson } from '../../shared/registration/bulk/bulk.schema.ts';
import { bulkStore } from '../../shared/registration/bulk/bulk.store.ts';
import { erase } from '../../shared/registration/cancel/erase.case.ts';
import { addressChangeReader } from '../../shared/registration/change/address-change.store.ts';
import { changeStore } from '../../shared/registration/change.store.ts';
import { hashReference } from '../../shared/registration/hashes.store.ts';
import { peopleStore } from '../../shared/registration/people/people.store.ts';
import { fromRegistrationItem, registrationStore } from '../../shared/registration/registration.store.ts';
import { fromCounterItem } from '../../shared/seats/counter.store.ts';
import { corrected, countSeats, type SeatCount } from '../../shared/seats/kept-seats.ts';
import type { Counter } from '../../shared/seats/quota.ts';
import type { Seat } from '../../shared/seats/seat.schema.ts';
import { deleteEvent } from '../delete-event.ts';

/** Names of restored tables, of the Outbox, which is what it was, and of the key that hashes are made with. */
interface Restored extends Readonly<Record<RestoredTable, string>> {
  readonly outbox: string;
  /** Those in use, as far as they can be read still: they know who was erased since. */
  readonly former: Readonly<Record<'registry' | 'audit', string>>;
  readonly secretsKey: string;
}

export interface ReplayDeps {
  readonly db: DynamoDBClient;
  readonly kms: KMSClient;
  readonly say: (line: string) => void;
}

type Item = Readonly<Record<string, unknown>>;

/**
 * Brings restored tables, which no system works on yet, to where one may: mail is held, who was erased since is erased again, nobody gets a
 * second token for feedback, phones take the next list of revocations, and counters say what registrations hold. Each step may be done twice.
 *
 * @returns whether nothing is left that a person has to look at
 */
export async function replay(deps: ReplayDeps, restored: Restored & { readonly to: Date }): Promise<boolean> {
  const { say } = deps;
  const client = documentClient(deps.db);
  await holdMail(client, restored);
  const isErased = await eraseKnown(deps, restored);
  say(`people who were given a token for feedback since: ${await keepIssued(client, restored)}`);
  await dropRevocations(client, restored);
  const isExact = await checkCounters(client, restored, say);
  await sayWhatWasTold(client, restored, say);
  return isErased && isExact;
}

/**
 * Erases in tables that no system works on whoever was erased elsewhere, and the events that were deleted.
 *
 * @returns whether nobody is left of them
 */
export async function eraseKnown(deps: ReplayDeps, restored: Restored): Promise<boolean> {
  const { say } = deps;
  const { registry, audit, care } = restored;
  const client = documentClient(deps.db);
  const known = await tombstonesIn(client, restored, say);
  for (const Item of known.values()) {
    for (const TableName of [registry, audit]) await client.send(new PutCommand({ TableName, Item }));
  }
  say(`erasures known: ${known.size}`);
  for (const { pk, sk } of known.values()) {
    if (sk !== WHOLE_EVENT) continue;
    const [, eventId = ''] = String(pk).split('#');
    const deleted = await deleteEvent(client, { registry, audit, care }, eventId, {
      ...realSystem,
      wait: async () => {},
    });
    say(`${eventId}: deleted again, ${deleted} items`);
  }
  const { erased, left } = await eraseAgain({ ...deps, client }, restored, known);
  say(`erased again: ${erased}`);
  if (left > 0) say(`not erased, since their event is not there: ${left}`);
  return left === 0;
}

/** Before anything else: whatever becomes of this command, tables that are switched to mail nobody. */
async function holdMail(
  client: DocumentClient,
  { registry, to }: Pick<Restored, 'registry'> & { readonly to: Date },
): Promise<void> {
  const Item = toMailHoldItem({ since: realSystem.now().toISOString(), restoredTo: to.toISOString() });
  await client.send(new PutCommand({ TableName: registry, Item }));
}

/** By key. */
async function tombstonesIn(
  client: DocumentClient,
  { former, registry, audit }: Restored,
  say: ReplayDeps['say'],
): Promise<ReadonlyMap<string, Item>> {
  const known = new Map<string, Item>();
  let readable = 0;
  for (const table of [former.audit, former.registry, audit, registry]) {
    const isThere = await unlessGone(async () => {
      for await (const item of itemsIn(client, table, ['TOMBSTONE#'])) known.set(keyOf(item), item);
    });
    if (!isThere) say(`${table}: is gone, with what it knew of erasures`);
    else if (table === former.audit || table === former.registry) readable += 1;
  }
  if (readable === 0)
    throw new Error(`${former.audit}: nothing says who was erased since; restore it from its backup first`);
  return known;
}

const keyOf = ({ pk, sk }: Item): string => `${pk} ${sk}`;

/** @returns how many were erased again, and how many could not be */
async function eraseAgain(
  { kms, client }: ReplayDeps & { readonly client: DocumentClient },
  restored: Restored,
  known: ReadonlyMap<string, Item>,
): Promise<{ readonly erased: number; readonly left: number }> {
  const { registry, secretsKey } = restored;
  const secrets = kmsSecrets({ kms, secretsKey });
  const eraseOne = eraser(client, restored, secrets);
  const isErased = async (eventId: string, reference: string): Promise<boolean> => {
    const { pk, sk } = tombstoneKey(eventId, await hashReference(secrets, eventId, reference));
    return known.has(keyOf({ pk, sk }));
  };
  const count = { erased: 0, left: 0 };
  for await (const item of itemsIn(client, registry, ['REGISTRATION#', 'DELEGATION#'])) {
    const [kind, eventId = '', id = ''] = String(item['pk']).split('#');
    if (kind === 'DELEGATION') {
      if (item['sk'] !== 'DELEGATION' || !(await isErased(eventId, id))) continue;
      for (const { pk, sk } of await queryPartition(client, registry, String(item['pk']))) {
        await client.send(new DeleteCommand({ TableName: registry, Key: { pk, sk } }));
      }
      count.erased += 1;
      continue;
    }
    const registration = fromRegistrationItem(item);
    if (isForgotten(registration) || !(await isErased(eventId, registration.reference))) continue;
    count[(await eraseOne(eventId, registration.reference)) ? 'erased' : 'left'] += 1;
  }
  return count;
}

/**
 * Erases as the holder's button does, but that no mail is written, and that what jobs do follows at once.
 *
 * @returns whether its event is there, which says what it holds
 */
function eraser(client: DocumentClient, restored: Restored, secrets: Secrets) {
  const { registry, audit, care, outbox } = restored;
  const given = { client, registry, audit, care, outbox, system: realSystem };
  let jobs: Job[] = [];
  const isAside = ({ Put, Update, Delete }: TransactItem): boolean => {
    if ((Put ?? Update ?? Delete)?.TableName !== outbox) return false;
    if (Put?.Item?.['job'] !== undefined) jobs.push(fromJobItem(Put.Item));
    return true;
  };
  const deps: Parameters<typeof erase>[0] & ErasureDeps = {
    ...{ client, registry, auditTable: audit, careTable: care, tables: given, secrets, system: realSystem },
    announcements: announcementStore(given),
    bulks: bulkStore(given),
    changes: changeStore(given, isAside),
    checkIns: given,
    delegations: delegationStore(given),
    jobs: jobStore(given),
    people: peopleStore(given),
    readAddressChange: addressChangeReader(given),
    readRules: rulesReader(given),
    registrations: registrationStore(given),
    young: youngStore(given),
  };
  return async (eventId: string, reference: string): Promise<boolean> => {
    const held = await deps.registrations.readWithEvent(eventId, reference, 'en');
    if (held === undefined) return false;
    jobs = [];
    await erase(deps, held);
    for (const job of jobs) await ERASURE_JOBS[job.job as keyof typeof ERASURE_JOBS]?.(deps, job);
    return true;
  };
}

/** Whoever was given a token for feedback answers once: that they were given one is a fact, whatever else was undone. */
async function keepIssued(client: DocumentClient, { former, registry }: Restored): Promise<number> {
  let kept = 0;
  await unlessGone(async () => {
    for await (const Item of itemsIn(client, former.registry, [ISSUED_TOKENS_PREFIX])) {
      const put = new PutCommand({ TableName: registry, Item, ReturnValues: 'ALL_OLD' });
      if ((await client.send(put)).Attributes === undefined) kept += 1;
    }
  });
  return kept;
}

/** Phones have a later list, and take none that is older: the next one that is signed is as new as its time. */
async function dropRevocations(client: DocumentClient, { registry }: Restored): Promise<void> {
  for await (const { pk, sk } of itemsIn(client, registry, ['REVOCATIONS#'])) {
    await client.send(new DeleteCommand({ TableName: registry, Key: { pk, sk } }));
  }
}

/**
 * A table comes back with each of its items as it was, but a transaction of the last second need not be there whole: a registration without its
 * seat. Each counter is made to say what registrations hold.
 *
 * @returns whether each seat that is held has a counter
 */
async function checkCounters(client: DocumentClient, { registry }: Restored, say: ReplayDeps['say']): Promise<boolean> {
  const seats = new Map<string, Seat[]>();
  const pools = new Map<string, Counter[]>();
  for await (const item of itemsIn(client, registry, ['REGISTRATION#', 'BULK#', 'QUOTA#'])) {
    const [kind, eventId = ''] = String(item['pk']).split('#');
    if (kind === 'QUOTA') {
      const [, pool = '', shard = ''] = /^QUOTA#(.*)#(\d+)$/s.exec(String(item['pk'])) ?? [];
      const counters = pools.get(pool) ?? [];
      counters[Number(shard)] = fromCounterItem(item);
      pools.set(pool, counters);
      continue;
    }
    const held = kind === 'REGISTRATION' ? fromRegistrationItem(item) : storedBulkHeld(item);
    const all = seats.get(eventId) ?? [];
    all.push(...(held?.seats ?? []));
    seats.set(eventId, all);
  }
  const held = new Map(
    [...seats].flatMap(([eventId, all]) => [...countSeats(all)].map(([name, is]) => [`${eventId}#${name}`, is])),
  );
  let wrong = 0;
  for (const [pool, counters] of pools) {
    const names = counters.map((_, shard) => `${pool}#${shard}`);
    const after = corrected(
      counters,
      names.map((name) => held.get(name) ?? { taken: 0, waiting: 0 }),
    );
    for (const [shard, name] of names.entries()) {
      held.delete(name);
      const [before, to] = [counters[shard], after[shard]];
      if (before === undefined || to === undefined || isDeepStrictEqual(before, to)) continue;
      wrong += 1;
      say(`${name}: said ${saysOf(before)}; registrations hold ${saysOf(to)}: corrected`);
      await client.send(new UpdateCommand(correction(registry, name, to)));
    }
  }
  say(`counters that said something else than registrations: ${wrong}`);
  for (const [name, is] of held)
    say(`${name}: has no counter, and registrations hold ${saysOf(is)}: restore to another second`);
  return held.size === 0;
}

/** What a bulk change keeps aside of one person: not of those who were chosen, whose item lies with them. */
const storedBulkHeld = (item: Item) => ('outcome' in item ? storedBulkPerson().parse(item).held : undefined);

const saysOf = ({ taken, waiting }: SeatCount): string => `${taken} taken, ${waiting} waiting`;

/** Nobody else writes to these tables yet. */
const correction = (TableName: string, name: string, { taken, waiting, capacity, split }: Counter) => ({
  TableName,
  Key: { pk: `QUOTA#${name}`, sk: 'QUOTA' },
  UpdateExpression: `SET taken = :taken, waiting = :waiting, #capacity = :capacity${split ? ', #open = :open, kept = :kept' : ''}`,
  ConditionExpression: 'attribute_exists(pk)',
  ExpressionAttributeNames: { '#capacity': 'capacity', ...(split && { '#open': 'open' }) },
  ExpressionAttributeValues: {
    ...{ ':taken': taken, ':waiting': waiting, ':capacity': capacity },
    ...(split && { ':open': split.open, ':kept': split.kept }),
  },
});

/** What was mailed of each event since a moment, by kind: those people may have been told what is not so any more. */
async function sayWhatWasTold(
  client: DocumentClient,
  { outbox, to }: Pick<Restored, 'outbox'> & { readonly to: Date },
  say: ReplayDeps['say'],
): Promise<void> {
  const scan = {
    TableName: outbox,
    FilterExpression: 'createdAt > :to AND #state = :sent',
    ProjectionExpression: 'eventId, kind',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':to': to.toISOString(), ':sent': 'sent' },
  };
  const told = new Map<string, number>();
  for await (const { Items = [] } of paginateScan({ client }, scan)) {
    for (const { eventId, kind } of Items) told.set(`${eventId}: ${kind}`, (told.get(`${eventId}: ${kind}`) ?? 0) + 1);
  }
  say(`mails that were sent of what happened since: ${[...told.values()].reduce((sum, each) => sum + each, 0)}`);
  for (const [what, times] of [...told].sort()) say(`  ${what}: ${times}`);
}

/** @returns whether the table is there */
async function unlessGone(read: () => Promise<void>): Promise<boolean> {
  try {
    await read();
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}

async function* itemsIn(client: DocumentClient, TableName: string, prefixes: readonly string[]): AsyncGenerator<Item> {
  const scan = {
    TableName,
    FilterExpression: prefixes.map((_, place) => `begins_with(pk, :prefix${place})`).join(' OR '),
    ExpressionAttributeValues: Object.fromEntries(prefixes.map((prefix, place) => [`:prefix${place}`, prefix])),
    ConsistentRead: true,
  };
  for await (const { Items = [] } of paginateScan({ client }, scan)) yield* Items;
}
