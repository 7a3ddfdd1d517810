import { setTimeout as realWait } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { readersPromised, widenedReaders } from '../shared/event/answer-readers.ts';
import { rewordedConsents } from '../shared/event/consents.ts';
import type { Dropped } from '../shared/event/definition/definition.schema.ts';
import { type Difference, differences } from '../shared/event/definition/differences.ts';
import { rehearsalStays } from '../shared/event/definition/event-problems.ts';
import { deletedAt, rulesReader } from '../shared/event/event.store.ts';
import type { EventDefinition, EventStatus } from '../shared/event/event.ts';
import { joinTexts, splitTexts } from '../shared/event/event-texts.ts';
import { retentionEnd } from '../shared/event/event-times.ts';
import { extendRetention, WRITES_END } from '../shared/event/publish/retention.case.ts';
import {
  asWritten,
  dropped,
  isSame,
  type PublishingDeps,
  publishedConsentWords,
  readStored,
  type StoredEvent,
} from '../shared/event/publish/stored-event.case.ts';
import {
  type Overfull,
  type WrittenDefinition,
  writeDefinition,
} from '../shared/event/publish/write-definition.case.ts';
import { documentClient } from '../shared/kernel/dynamo/client.store.ts';
import { eventKey } from '../shared/kernel/dynamo/keys.ts';
import { type TransactItem, writeAll } from '../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../shared/kernel/system.store.ts';
import { withFormerPlaces } from '../shared/kernel/text/countries.ts';
import type { DefinitionProblem } from '../shared/kernel/text/field-problem.ts';
import type { AnnouncementKind } from '../shared/mail/kinds.ts';
import { newJob } from '../shared/mail/outbox/new-items.store.ts';
import { putJob } from '../shared/mail/outbox/outbox-items.store.ts';
import { publishingProblems } from '../shared/minors/report/report.ts';
import { withCounters } from '../shared/seats/quota.ts';
import { COMMAND_LINE } from '../shared/team/audit/audit.ts';
import { audited } from '../shared/team/audit/audited.case.ts';
import { roleStore } from '../shared/team/role/role.store.ts';

/** Something that is published, and what becomes of it: `quotas.room.capacity: 120 becomes 100`. */
const lineOf = ({ path, before, after, moved }: Difference): string =>
  `${path.join('.')}: ${moved ? 'their order changes' : `${shown(before)} becomes ${shown(after)}`}`;

const LONGEST_SHOWN = 80;

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

/** An event was changed, in the console or by publishing, since its file was written. */
class OutdatedFileError extends Error {
  override name = 'OutdatedFileError';

  /** @param replaced what the file would, with both values */
  constructor(eventId: string, fileVersion: number, storedVersion: number, replaced: readonly string[]) {
    super(
      `${eventId}: version ${storedVersion} is published, and this file says version ${fileVersion}. It would replace:\n` +
        `${replaced.join('\n')}\nNothing is published. Write into the file what is to stay of ` +
        `what was changed in the console, and \`version: ${storedVersion}\`; then publish it again.`,
    );
  }
}

/** An event of this id was deleted with everyone in it, which whatever is restored from before is again. */
export class DeletedEventError extends Error {
  override name = 'DeletedEventError';

  constructor(eventId: string, at: string) {
    super(`${eventId}: was deleted on ${at}, and stays so until the end of its retention; expected another id`);
  }
}

export interface PublishDeps {
  readonly dynamodb: DynamoDBClient;
  /** The `Registry` table. */
  readonly tableName: string;
  /** The `Outbox` table: who waits may have a seat once there are more. */
  readonly outboxTable: string;
  /** The `Audit` table, where it is noted that it was published in a terminal; it is not, where an empty system is filled. */
  readonly auditTable?: string;
  /** Refuses a definition of a lower version than the stored one, which its author has not seen. */
  readonly refuseOutdated?: boolean;
  /** Leaves an event of this id as it is, whatever it says now. */
  readonly onlyNew?: boolean;
  /** Called where dates moved, before registrations are kept until another time. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

export interface Publication {
  /** The version that readers now see. */
  readonly version: number;
  /** False where the table already held exactly this event. */
  readonly changed: boolean;
  /** Where the end of the retention moved: how many registrations and locks are now kept until when. */
  readonly kept?: { readonly items: number; readonly until: Date };
  /** Quotas of which more seats are taken than there are now: they stay taken, and no more are given. */
  readonly overfull: readonly Overfull[];
  /** What everyone who is registered is mailed. */
  readonly announced?: AnnouncementKind;
  /** What people may have chosen, and nobody can any more; absent where there is nothing. */
  readonly dropped?: readonly Dropped[];
  /** What was published and is not any more, each value with the one in its place; absent where there is nothing. */
  readonly replaced?: readonly string[];
}

/** How often others may publish the same event in between. */
const MOST_RACES = 5;

/**
 * Puts an event where the functions read it: rules and the words of each language in one transaction, then counters for each
 * quota, as many as its seats ask for. Publishing the same content again changes nothing.
 *
 * The stored version is the authored one, and at least one more than was stored before: it rises with every change of
 * content, whether or not the author thought of it, and with nothing else.
 *
 * Counters keep the seats that are taken and waited for. A quota whose `when` changes, or that is added late, does not count again those
 * who are registered already. Lowering a capacity takes no seat away. Where quotas change, a search for those who may leave the waiting
 * list follows.
 *
 * A definition without a `status` leaves the one that holds, which the console may have changed since. Places that it adds no more are
 * left out, and keep their names.
 *
 * Where dates or retention move, so does the time at which the table forgets registrations and locks. What an
 * interrupted publication left undone, the next one completes, whatever it publishes.
 *
 * @param definition one in which `definitionProblems` finds nothing
 * @throws Error that names the item which is too large; OutdatedFileError; DeletedEventError; BusyError when rivals do not let go
 */
export async function publishEvent(definition: EventDefinition, deps: PublishDeps): Promise<Publication> {
  const client = documentClient(deps.dynamodb);
  const { tableName, outboxTable, wait = realWait } = deps;
  const publishing = { client, registry: tableName, outbox: outboxTable, system: realSystem };
  const { keptUntil, ...published } = await write(definition, publishing, deps);
  const until = retentionEnd(definition);
  if (keptUntil === until || (deps.onlyNew && !published.changed)) return published;
  const retention = { eventId: definition.id, version: published.version, until };
  await wait(WRITES_END);
  const { changed: items } = await extendRetention(retention, publishing);
  return { ...published, kept: { items, until: new Date(until * 1000) } };
}

interface Written extends WrittenDefinition, Pick<Publication, 'dropped'> {
  readonly changed: boolean;
}

async function write(
  definition: EventDefinition,
  deps: PublishingDeps,
  {
    refuseOutdated = false,
    onlyNew = false,
    auditTable,
  }: Pick<PublishDeps, 'refuseOutdated' | 'onlyNew' | 'auditTable'>,
): Promise<Written> {
  for (let race = 1; race <= MOST_RACES; race += 1) {
    const stored = await readStored(deps, definition.id);
    const gone = stored === undefined ? await deletedAt(deps.client, deps.registry, definition.id) : undefined;
    if (gone !== undefined) throw new DeletedEventError(definition.id, gone);
    const { quotas } = definition;
    const counted = { ...definition, quotas: withCounters(quotas, stored?.rules.quotas ?? []) };
    const { wanted, ...left } = comparedTo(stored, withStatus(counted, stored?.rules.status));
    const split = splitTexts(wanted);
    if (stored !== undefined && (onlyNew || isSame(stored, split.rules, split.texts))) {
      return { version: stored.version, changed: false, overfull: [], keptUntil: stored.keptUntil };
    }
    if (refuseOutdated && stored !== undefined && definition.version < stored.version) {
      throw new OutdatedFileError(definition.id, definition.version, stored.version, left.replaced);
    }
    const noted = auditTable === undefined ? [] : [notedOf(auditTable, split.rules, 'publish')];
    const written = await writeDefinition(deps, split, stored, noted);
    const said = Object.fromEntries(Object.entries(left).filter(([, each]) => each.length > 0));
    if (written !== undefined) return { ...written, changed: true, ...said };
    await realSystem.backOff(race);
  }
  throw new Error(`others keep publishing "${definition.id}"; nothing was written`);
}

/** What a command does, so that owners see it. */
const notedOf = (
  auditTable: string,
  event: EventDefinition<unknown>,
  action: 'publish' | 'make-people',
): TransactItem => audited({ system: realSystem, auditTable }, event, { id: COMMAND_LINE }, action);

/** A file that says nothing of it calls nothing back on that was called off in the console. */
const withStatus = (definition: EventDefinition, status: EventStatus | undefined): EventDefinition =>
  definition.status === undefined && status !== undefined ? { ...definition, status } : definition;

/** A definition with what it takes over of the published one, and what that offered besides. */
function comparedTo(stored: StoredEvent | undefined, definition: EventDefinition) {
  // Words that are not of these rules name nothing.
  const before = stored?.whole ? joinTexts(asWritten(stored.rules), stored.texts) : undefined;
  if (before === undefined) return { wanted: definition, dropped: [], replaced: [] };
  const countries = withFormerPlaces(definition.countries, before.countries, definition.languages);
  const wanted = countries === undefined ? definition : { ...definition, countries };
  return { wanted, dropped: dropped(before, wanted), replaced: differences(before, wanted).map(lineOf) };
}

/** What would be replaced, and what people may have chosen and could not any more, once a definition is published. */
export async function changedBy(
  definition: EventDefinition,
  { dynamodb, tableName }: Pick<PublishDeps, 'dynamodb' | 'tableName'>,
): Promise<Pick<ReturnType<typeof comparedTo>, 'dropped' | 'replaced'>> {
  const stored = await readStored({ client: documentClient(dynamodb), registry: tableName }, definition.id);
  const quotas = withCounters(definition.quotas, stored?.rules.quotas ?? []);
  return comparedTo(stored, withStatus({ ...definition, quotas }, stored?.rules.status));
}

/**
 * Why a definition by which registration is open must not be published, by the members of the event's team now, and by what those were told
 * who answered.
 */
export async function publishingProblemsIn(
  definition: EventDefinition,
  { dynamodb, tableName }: Pick<PublishDeps, 'dynamodb' | 'tableName'>,
): Promise<readonly DefinitionProblem[]> {
  const client = documentClient(dynamodb);
  const [stored, members] = await Promise.all([
    readStored({ client, registry: tableName }, definition.id),
    roleStore({ client, registry: tableName, system: realSystem }).list(definition.id),
  ]);
  const grants = members.map((member) => member.grants);
  const now = realSystem.now();
  // A file that says none leaves the status as it is.
  const status = definition.status ?? stored?.rules.status;
  return [
    ...(stored ? rehearsalStays(stored.rules, definition) : []),
    ...(stored
      ? rewordedConsents(await publishedConsentWords({ client, registry: tableName }, stored), definition)
      : []),
    ...(stored ? widenedReaders(readersPromised(stored.rules, now), definition) : []),
    ...publishingProblems({ ...definition, ...(status && { status }) }, grants, now),
  ];
}

/** An event as a file that says the same as what is published would; nothing where it is not there. */
export async function publishedDefinition(
  eventId: string,
  { dynamodb, tableName }: Pick<PublishDeps, 'dynamodb' | 'tableName'>,
): Promise<EventDefinition | undefined> {
  const stored = await readStored({ client: documentClient(dynamodb), registry: tableName }, eventId);
  return stored && joinTexts(asWritten(stored.rules), stored.texts);
}

/** Whether anybody can read an event of this id; strongly consistent. */
export async function isPublished(
  eventId: string,
  { dynamodb, tableName }: Pick<PublishDeps, 'dynamodb' | 'tableName'>,
): Promise<boolean> {
  const command = new GetCommand({
    TableName: tableName,
    Key: eventKey(eventId),
    ConsistentRead: true,
    ProjectionExpression: 'pk',
  });
  return (await documentClient(dynamodb).send(command)).Item !== undefined;
}

/** Has the index of an event's people made anew from its registrations. @throws Error where there is no such event */
export async function makePeopleAnew(
  eventId: string,
  deps: Omit<PublishDeps, 'refuseOutdated' | 'wait'> & { readonly auditTable: string },
): Promise<void> {
  const client = documentClient(deps.dynamodb);
  const event = await rulesReader({ client, registry: deps.tableName })(eventId);
  if (event === undefined) throw new Error(`there is no event "${eventId}"`);
  const job = newJob(realSystem, 'make-people', eventId);
  const writes = [putJob(deps.outboxTable, job, retentionEnd(event)), notedOf(deps.auditTable, event, 'make-people')];
  await writeAll(client, writes, realSystem);
}
