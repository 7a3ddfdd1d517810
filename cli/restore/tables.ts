import {
  ContinuousBackupsUnavailableException,
  DescribeContinuousBackupsCommand,
  DescribeContributorInsightsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  GetResourcePolicyCommand,
  InvalidRestoreTimeException,
  ListTagsOfResourceCommand,
  PolicyNotFoundException,
  PutResourcePolicyCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  RestoreTableToPointInTimeCommand,
  TableAlreadyExistsException,
  type TableDescription,
  TableInUseException,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateContributorInsightsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { type RestoredTable, TABLES } from '../../shared/kernel/dynamo/tables.ts';
import type { System } from '../../shared/kernel/system.store.ts';

/** A table and its copy, by name. */
interface Copy {
  readonly from: string;
  readonly as: string;
}
export type Copies = Readonly<Record<RestoredTable, Copy>>;

export interface TableDeps {
  readonly db: DynamoDBClient;
  readonly system: Pick<System, 'now' | 'wait'>;
  readonly say: (line: string) => void;
}

/**
 * Reads the moment to restore to, which tables know by the second.
 *
 * @throws Error that says what is allowed
 */
export function readMoment(text: string, now: Date): Date {
  const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const at = Math.floor(Date.parse(isInstant ? text : '') / 1000) * 1000;
  const isDay = new Date(`${text.slice(0, 10)}T00:00Z`).toJSON()?.slice(0, 10) === text.slice(0, 10);
  if (Number.isNaN(at) || !isDay) {
    throw new Error(`--to ${text}: expected an instant with its offset, such as 2026-12-01T09:00:00Z`);
  }
  if (at > now.getTime()) throw new Error(`--to ${text}: expected an instant before now, ${now.toISOString()}`);
  return new Date(at);
}

/** Milliseconds between two looks. A restore takes from minutes to hours, whatever the size of the table. */
const LOOK = 20_000;
const COMING = ['CREATING', 'UPDATING'];

/**
 * Brings copies of tables as they were at a moment, and has them kept and protected as the tables are. What is there already is gone on
 * with, so that it may be stopped and repeated at any time.
 *
 * @throws Error where AWS cannot restore to that moment, or one of that name is something else
 */
export async function restoreTables(deps: TableDeps, to: Date, copies: Copies): Promise<void> {
  const { db, say } = deps;
  const all = Object.entries(copies) as [RestoredTable, Copy][];
  const missing: Copy[] = [];
  for (const [, copy] of all) {
    const [source, table] = [await describe(db, copy.from), await describe(db, copy.as)];
    if (table !== undefined) requireSame(table, copy, to);
    else if (source === undefined)
      throw new Error(`${copy.from}: no such table; a deleted one is restored by hand first`);
    else missing.push(copy);
  }
  // Before anything is begun, of all: none is to be left half done by a moment that one of them cannot have.
  for (const { from } of missing) await requireRecoverable(db, from, to);
  for (const copy of missing) {
    await begin(db, copy, to);
    say(`${copy.as}: being restored`);
  }
  for (const [, copy] of all) await untilActive(deps, copy, to);
  for (const [name, copy] of all) {
    await settle(deps, name, copy, to);
    say(`${copy.as}: is there, with time to live, recovery, protection and tags`);
  }
}

async function describe(db: DynamoDBClient, TableName: string): Promise<TableDescription | undefined> {
  try {
    return (await db.send(new DescribeTableCommand({ TableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** One that was restored from a backup by hand is taken as it is: there is no other way to a table that was deleted. */
function requireSame({ RestoreSummary: summary }: TableDescription, { from, as }: Copy, to: Date): void {
  const isFrom = summary?.SourceTableArn?.endsWith(`/${from}`) === true;
  const isAt = summary?.SourceBackupArn !== undefined || summary?.RestoreDateTime?.getTime() === to.getTime();
  if (isFrom && isAt) return;
  const is = summary
    ? `was restored from ${summary.SourceTableArn?.split('/').at(-1)} to ${summary.RestoreDateTime?.toISOString()}`
    : 'was not restored';
  throw new Error(`${as}: is there already, and ${is}; expected ${from} at ${to.toISOString()}, or another --to`);
}

async function requireRecoverable(db: DynamoDBClient, TableName: string, to: Date): Promise<void> {
  const { ContinuousBackupsDescription: backups } = await db.send(new DescribeContinuousBackupsCommand({ TableName }));
  const { EarliestRestorableDateTime: first, LatestRestorableDateTime: last } =
    backups?.PointInTimeRecoveryDescription ?? {};
  if (first === undefined || last === undefined) throw new Error(`${TableName}: has no point-in-time recovery`);
  if (to >= first && to <= last) return;
  const range = `from ${first.toISOString()} to ${last.toISOString()}`;
  throw new Error(`--to ${to.toISOString()}: expected an instant that ${TableName} can be restored to, ${range}`);
}

async function begin(db: DynamoDBClient, { from, as }: Copy, to: Date): Promise<void> {
  const { SSEDescription: key } = (await describe(db, from)) ?? {};
  const restore = new RestoreTableToPointInTimeCommand({
    SourceTableName: from,
    TargetTableName: as,
    RestoreDateTime: to,
    // Of its own accord DynamoDB takes a key that it owns, which any role may use that may read the table.
    ...(key?.KMSMasterKeyArn && {
      SSESpecificationOverride: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: key.KMSMasterKeyArn },
    }),
  });
  try {
    await db.send(restore);
  } catch (error) {
    if (error instanceof InvalidRestoreTimeException) await requireRecoverable(db, from, to);
    // Two who restore the same at once: whether it is the same, is looked at next.
    if (!(error instanceof TableAlreadyExistsException || error instanceof TableInUseException)) throw error;
  }
}

async function untilActive({ db, system, say }: TableDeps, copy: Copy, to: Date): Promise<void> {
  for (let said = 0; ; ) {
    const table = await describe(db, copy.as);
    if (table === undefined) throw new Error(`${copy.as}: AWS did not restore it; the same command tries again`);
    requireSame(table, copy, to);
    const states = [table, ...(table.GlobalSecondaryIndexes ?? []).map((each) => ({ TableStatus: each.IndexStatus }))];
    const other = states.map(({ TableStatus = '' }) => TableStatus).find((each) => each !== 'ACTIVE');
    if (other === undefined && table.RestoreSummary?.RestoreInProgress !== true) return;
    if (other !== undefined && !COMING.includes(other)) throw new Error(`${copy.as}: is ${other}`);
    if (system.now().getTime() - said > 5 * 60_000) {
      say(`${copy.as}: AWS is at it; this may be stopped, and goes on with the same command`);
      said = system.now().getTime();
    }
    await system.wait(LOOK);
  }
}

/**
 * Sets what a restore leaves out: tags, time to live, recovery, and protection, which are documented; and what may have been set by hand.
 * `Registry`, `Care` and `Audit` have no stream, and no capacity of their own that would be scaled.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-pitr-recovery-table-restore.html
 */
async function settle(deps: TableDeps, name: RestoredTable, copy: Copy, to: Date): Promise<void> {
  const { db } = deps;
  const [source, table] = [await describe(db, copy.from), await describe(db, copy.as)];
  const [from, as] = [source?.TableArn, table?.TableArn ?? ''];
  const TableName = copy.as;
  const { TimeToLiveDescription: live } = await db.send(new DescribeTimeToLiveCommand({ TableName }));
  if (live?.TimeToLiveStatus !== 'ENABLED' && live?.TimeToLiveStatus !== 'ENABLING') {
    const TimeToLiveSpecification = { Enabled: true, AttributeName: TABLES[name].ttl };
    await db.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  }
  await recover(deps, TableName);
  if (table?.DeletionProtectionEnabled !== true) {
    await oncePossible(deps, () => db.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true })));
    await untilActive(deps, copy, to);
  }
  if (from === undefined) return;
  const { Tags = [] } = await db.send(new ListTagsOfResourceCommand({ ResourceArn: from }));
  // Nobody but AWS sets those.
  const own = Tags.filter(({ Key }) => !Key?.startsWith('aws:'));
  if (own.length > 0) await db.send(new TagResourceCommand({ ResourceArn: as, Tags: own }));
  const insights = await db.send(new DescribeContributorInsightsCommand({ TableName: copy.from }));
  if (insights.ContributorInsightsStatus === 'ENABLED') {
    await db.send(new UpdateContributorInsightsCommand({ TableName, ContributorInsightsAction: 'ENABLE' }));
  }
  const policy = await policyOf(db, from);
  if (policy === undefined) return;
  await db.send(new PutResourcePolicyCommand({ ResourceArn: as, Policy: policy.replaceAll(from, as) }));
}

async function recover(deps: TableDeps, TableName: string): Promise<void> {
  const { db } = deps;
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
  await oncePossible(deps, async () => {
    const { ContinuousBackupsDescription: is } = await db.send(new DescribeContinuousBackupsCommand({ TableName }));
    if (is?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === 'ENABLED') return;
    await db.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
  });
}

/** How often is looked whether a table that has just come lets itself be changed. */
const MOST_LOOKS = 15;

async function oncePossible({ system }: TableDeps, act: () => Promise<unknown>): Promise<void> {
  for (let look = 1; ; look += 1) {
    try {
      await act();
      return;
    } catch (error) {
      const isEarly = error instanceof ContinuousBackupsUnavailableException || error instanceof ResourceInUseException;
      if (!isEarly || look === MOST_LOOKS) throw error;
      await system.wait(LOOK);
    }
  }
}

async function policyOf(db: DynamoDBClient, ResourceArn: string): Promise<string | undefined> {
  try {
    return (await db.send(new GetResourcePolicyCommand({ ResourceArn }))).Policy;
  } catch (error) {
    if (error instanceof PolicyNotFoundException) return undefined;
    throw error;
  }
}
