import { DescribeContinuousBackupsCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { count, logger } from '../log.store.ts';
import { METRICS } from '../metrics.ts';
import type { Database, Needs } from '../parts.store.ts';
import { type BackedUpTable, type Backups, isRestorable } from './backups.store.ts';
import { BACKED_UP } from './tables.ts';

type BackedUp = (typeof BACKED_UP)[number];

/** The latest moment as of which a table can be brought back; none where it cannot. */
type RestorableUntil = (table: BackedUp) => Promise<Date | undefined>;

export const backupReader =
  ({ client, ...names }: Database<BackedUp>): RestorableUntil =>
  async (table) => {
    // It sends any command of the client beneath, and its type knows those about items alone.
    const dynamodb = client as unknown as DynamoDBClient;
    const command = new DescribeContinuousBackupsCommand({ TableName: names[table] });
    const { ContinuousBackupsDescription: said } = await dynamodb.send(command);
    const { PointInTimeRecoveryStatus: status, LatestRestorableDateTime: latest } =
      said?.PointInTimeRecoveryDescription ?? {};
    return status === 'ENABLED' ? latest : undefined;
  };

/** Calls come a quarter of an hour apart; the one of three in the morning, UTC, looks. */
const CALLS_APART = 15 * 60 * 1000;
const CALLS_A_DAY = 96;
const CALL = 12;

/**
 * Once a day, counts tables that cannot be brought back as they were an hour ago, and those of which DynamoDB does not say so; none where that is
 * news, for the alarm stays as it is, and to count costs something. What it says is noted for owners.
 */
export async function lookAtBackups({
  backups,
  restorableUntil,
  system,
}: Needs<'backups' | 'restorableUntil' | 'system'>): Promise<void> {
  const now = system.now().getTime();
  if (Math.floor(now / CALLS_APART) % CALLS_A_DAY !== CALL) return;
  const looks = BACKED_UP.map(async (table): Promise<BackedUpTable | undefined> => {
    try {
      const until = (await restorableUntil(table))?.toISOString();
      if (!isRestorable({ until }, now)) logger.warn('a table cannot be brought back', { table, until });
      return { table, ...(until !== undefined && { until }) };
    } catch (error) {
      logger.error('a table is not known to be backed up', { error, table });
      return undefined;
    }
  });
  const looked = await Promise.all(looks);
  const wrong = looked.filter((each) => each === undefined || !isRestorable(each, now)).length;
  if (wrong > 0 || !wasWell(await backups.read(), now)) count(METRICS.tablesWithoutBackup, wrong);
  const tables = looked.filter((each) => each !== undefined);
  // Nothing of any, as on one machine: what was known before stays, with its date.
  if (tables.length > 0) await backups.note({ readAt: new Date(now).toISOString(), tables });
}

/** Whether all tables could be brought back when they were looked at the night before. */
const wasWell = (before: Backups | undefined, now: number): boolean =>
  before !== undefined &&
  before.tables.length === BACKED_UP.length &&
  before.tables.every((each) => isRestorable(each, Date.parse(before.readAt))) &&
  now - Date.parse(before.readAt) <= (CALLS_A_DAY + 1) * CALLS_APART;

declare module '../parts.store.ts' {
  interface Parts {
    readonly restorableUntil: RestorableUntil;
  }
}
