import {
  DescribeContinuousBackupsCommand,
  DescribeContributorInsightsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetResourcePolicyCommand,
  ListTagsOfResourceCommand,
  PutResourcePolicyCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  RestoreTableToPointInTimeCommand,
  TableAlreadyExistsException,
  TagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateContributorInsightsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Copies, readMoment, restoreTables } from '../../cli/restore/tables.ts';

const NOW = new Date('2026-12-02T00:00:00Z');
const TO = new Date('2026-12-01T09:00:00Z');
const [FIRST, LAST] = [new Date('2026-11-20T00:00:00Z'), new Date('2026-12-01T23:55:00Z')];
const COPIES: Copies = {
  registry: { from: 'first-registry', as: 'T-Registry-1' },
  care: { from: 'first-care', as: 'T-Care-1' },
  audit: { from: 'first-audit', as: 'T-Audit-1' },
};
const ARN = 'arn:aws:dynamodb:ap-southeast-1:111122223333:table/';
const KEY = 'arn:aws:kms:ap-southeast-1:111122223333:key/care';
const gone = new ResourceNotFoundException({ message: 'gone', $metadata: {} });
const summary = (from: string, at = TO) => ({
  SourceTableArn: ARN + from,
  RestoreDateTime: at,
  RestoreInProgress: false,
});

/** A client that holds tables as AWS would, where nothing fails. */
const db = new DynamoDBClient({ region: 'ap-southeast-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
const aws = mockClient(db);
const said: string[] = [];
let waits = 0;
const deps = {
  db,
  say: (line: string) => said.push(line),
  system: {
    now: () => NOW,
    wait: async () => {
      waits += 1;
    },
  },
};

beforeEach(() => {
  aws.reset();
  said.length = waits = 0;
  const restored = new Set<string>();
  aws.on(DescribeTableCommand).callsFake(({ TableName }: { TableName: string }) => {
    const [, copy] = Object.entries(COPIES).find(([, { as }]) => as === TableName) ?? [];
    if (copy !== undefined && !restored.has(TableName)) throw gone;
    return {
      Table: {
        ...{
          TableName,
          TableArn: ARN + TableName,
          TableStatus: 'ACTIVE',
          GlobalSecondaryIndexes: [{ IndexStatus: 'ACTIVE' }],
        },
        ...(copy && { RestoreSummary: summary(copy.from) }),
        ...(TableName === 'first-care' && { SSEDescription: { KMSMasterKeyArn: KEY } }),
      },
    };
  });
  aws.on(RestoreTableToPointInTimeCommand).callsFake(({ TargetTableName }: { TargetTableName: string }) => {
    restored.add(TargetTableName);
    return {};
  });
  aws.on(DescribeContinuousBackupsCommand).callsFake(({ TableName }: { TableName: string }) => ({
    ContinuousBackupsDescription: {
      PointInTimeRecoveryDescription: TableName.startsWith('first')
        ? { PointInTimeRecoveryStatus: 'ENABLED', EarliestRestorableDateTime: FIRST, LatestRestorableDateTime: LAST }
        : { PointInTimeRecoveryStatus: 'DISABLED' },
    },
  }));
  aws.on(DescribeTimeToLiveCommand).resolves({ TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } });
  aws.on(ListTagsOfResourceCommand).resolves({
    Tags: [
      { Key: 'aws:cloudformation:stack-name', Value: 'T' },
      { Key: 'owner', Value: 'us' },
    ],
  });
  aws.on(DescribeContributorInsightsCommand).resolves({ ContributorInsightsStatus: 'ENABLED' });
  aws.on(GetResourcePolicyCommand).callsFake(({ ResourceArn }) => ({ Policy: `{"Resource":"${ResourceArn}"}` }));
  for (const other of [
    UpdateTimeToLiveCommand,
    UpdateContinuousBackupsCommand,
    UpdateTableCommand,
    TagResourceCommand,
  ] as const)
    aws.on(other as typeof UpdateTableCommand).resolves({});
});

const inputs = (command: typeof RestoreTableToPointInTimeCommand) =>
  aws.commandCalls(command as never).map(({ args: [{ input }] }) => input as unknown as Record<string, unknown>);

describe('IN3: tables are restored with what a restore leaves out', () => {
  it('with the key of their own, beside the others, all at one moment', async () => {
    await restoreTables(deps, TO, COPIES);
    expect(inputs(RestoreTableToPointInTimeCommand)).toEqual(
      Object.entries(COPIES).map(([name, { from, as }]) => ({
        ...{ SourceTableName: from, TargetTableName: as, RestoreDateTime: TO },
        ...(name === 'care' && { SSESpecificationOverride: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: KEY } }),
      })),
    );
  });

  it('with time to live, recovery, protection, tags but those of AWS, insights and policy', async () => {
    await restoreTables(deps, TO, COPIES);
    for (const { as: TableName } of Object.values(COPIES)) {
      const ResourceArn = ARN + TableName;
      const of = <C>(command: C, input: object) => aws.commandCalls(command as never, input as never).length;
      expect([
        of(UpdateTimeToLiveCommand, {
          TableName,
          TimeToLiveSpecification: { Enabled: true, AttributeName: 'expiresAt' },
        }),
        of(UpdateContinuousBackupsCommand, {
          TableName,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        }),
        of(UpdateTableCommand, { TableName, DeletionProtectionEnabled: true }),
        of(TagResourceCommand, { ResourceArn, Tags: [{ Key: 'owner', Value: 'us' }] }),
        of(UpdateContributorInsightsCommand, { TableName, ContributorInsightsAction: 'ENABLE' }),
        of(PutResourcePolicyCommand, { ResourceArn, Policy: `{"Resource":"${ResourceArn}"}` }),
      ]).toEqual([1, 1, 1, 1, 1, 1]);
    }
  });

  it('waits for one that another has begun, and for what cannot be set yet', async () => {
    aws
      .on(RestoreTableToPointInTimeCommand)
      .rejects(new TableAlreadyExistsException({ message: 'begun', $metadata: {} }));
    let looks = 0;
    aws.on(DescribeTableCommand).callsFake(({ TableName }: { TableName: string }) => {
      const copy = Object.values(COPIES).find(({ as }) => as === TableName);
      if (copy && looks++ < 3) throw gone;
      const TableStatus = copy && looks++ < 12 ? 'CREATING' : 'ACTIVE';
      return {
        Table: {
          TableName,
          TableArn: ARN + TableName,
          TableStatus,
          ...(copy && { RestoreSummary: summary(copy.from) }),
        },
      };
    });
    aws
      .on(UpdateTableCommand)
      .rejectsOnce(new ResourceInUseException({ message: 'not yet', $metadata: {} }))
      .resolves({});
    await restoreTables(deps, TO, COPIES);
    expect(waits).toBeGreaterThan(4);
    expect(said.join()).toContain('AWS is at it');
  });

  it.each([
    [
      'before it was recoverable',
      new Date('2026-10-01T00:00:00Z'),
      `from ${FIRST.toISOString()} to ${LAST.toISOString()}`,
    ],
    ['in the last minutes', new Date('2026-12-01T23:59:00Z'), `to ${LAST.toISOString()}`],
  ])('a moment %s is refused before anything is begun', async (_, to, allowed) => {
    await expect(restoreTables(deps, to, COPIES)).rejects.toThrow(allowed);
    await expect(restoreTables(deps, to, COPIES)).rejects.toThrow(`--to ${to.toISOString()}`);
    expect(inputs(RestoreTableToPointInTimeCommand)).toEqual([]);
  });

  it.each([
    ['another table', summary('second-registry')],
    ['another moment', summary('first-registry', FIRST)],
    ['no restore', undefined],
  ])('what is there already, of %s, is refused', async (_, RestoreSummary) => {
    aws.on(DescribeTableCommand).callsFake(({ TableName }: { TableName: string }) => ({
      Table: { TableName, TableStatus: 'CREATING', RestoreSummary },
    }));
    await expect(restoreTables(deps, TO, COPIES)).rejects.toThrow(
      /^T-Registry-1: is there already, .* expected first-registry at 2026-12-01T09/,
    );
  });

  it('says what AWS gave up, and what it refuses', async () => {
    aws.on(RestoreTableToPointInTimeCommand).resolves({});
    await expect(restoreTables(deps, TO, COPIES)).rejects.toThrow(
      'T-Registry-1: AWS did not restore it; the same command tries again',
    );
    aws.on(RestoreTableToPointInTimeCommand).rejects(new Error('50 restores are under way'));
    await expect(restoreTables(deps, TO, COPIES)).rejects.toThrow('50 restores are under way');
    aws.on(DescribeTableCommand).rejects(gone);
    await expect(restoreTables(deps, TO, COPIES)).rejects.toThrow('first-registry: no such table');
  });
});

it.each([
  'yesterday',
  '2026-12-01',
  '2026-12-01T09:00:00',
  '2026-02-30T09:00:00Z',
  '2026-13-01T09:00:00Z',
  '2026-12-01T25:00:00Z',
  '',
])('a moment that is none, "%s", is refused', (text) => {
  expect(() => readMoment(text, NOW)).toThrow(`--to ${text}: expected an instant with its offset`);
});

it('a moment is read with its offset, to the second, and lies in the past', () => {
  expect(readMoment('2026-12-01T16:00:00.750+07:00', NOW)).toEqual(TO);
  expect(() => readMoment('2026-12-03T00:00:00Z', NOW)).toThrow(
    `--to 2026-12-03T00:00:00Z: expected an instant before now, ${NOW.toISOString()}`,
  );
});
