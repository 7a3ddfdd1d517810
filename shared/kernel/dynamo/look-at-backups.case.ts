import { DescribeContinuousBackupsCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { count, logger } from '../log.store.ts';
import { METRICS } from '../metrics.ts';
import type { Database, Needs } from '../parts.store.ts';
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

/** Milliseconds by which it may be late: DynamoDB is by five minutes. */
const LATEST = 60 * 60 * 1000;
/** Calls come a quarter of an hour apart; the one of three in the morning, UTC, looks. */
const CALLS_APART = 15 * 60 * 1000;
const CALLS_A_DAY = 96;
const CALL = 12;

/** Once a day, counts tables that cannot be brought back as they were an hour ago, and those of which DynamoDB does not say so. */
export async function lookAtBackups({ restorableUntil, system }: Needs<'restorableUntil' | 'system'>): Promise<void> {
  const now = system.now().getTime();
  if (Math.floor(now / CALLS_APART) % CALLS_A_DAY !== CALL) return;
  const looks = BACKED_UP.map(async (table) => {
    try {
      const until = await restorableUntil(table);
      if (until !== undefined && now - until.getTime() <= LATEST) return true;
      logger.warn('a table cannot be brought back', { table, until: until?.toISOString() });
    } catch (error) {
      logger.error('a table is not known to be backed up', { error, table });
    }
    return false;
  });
  const isBackedUp = await Promise.all(looks);
  count(METRICS.tablesWithoutBackup, isBackedUp.filter((each) => !each).length);
}

declare module '../parts.store.ts' {
  interface Parts {
    readonly restorableUntil: RestorableUntil;
  }
}
