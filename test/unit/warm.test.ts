import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../cli/command.ts';
import { planOf, readWarming, readWarmTable, warmTable } from '../../cli/warm/warm.ts';

const formation = mockClient(CloudFormationClient);
const dynamo = mockClient(DynamoDBClient);

beforeEach(() => {
  vi.stubEnv('AWS_REGION', 'ap-southeast-1');
  for (const each of [formation, dynamo]) each.reset();
  formation.on(DescribeStacksCommand, { StackName: 'Plenary-Data' }).resolves({
    Stacks: [
      {
        ...{ StackName: 'Plenary-Data', CreationTime: new Date(), StackStatus: 'CREATE_COMPLETE' },
        Outputs: [{ OutputKey: 'RegistryTableName', OutputValue: 'Plenary-Registry' }],
      },
    ],
  });
  const noStack = Object.assign(new Error('Stack with id Else-Data does not exist'), { name: 'ValidationError' });
  formation.on(DescribeStacksCommand, { StackName: 'Else-Data' }).rejects(noStack);
  dynamo.on(DescribeTableCommand, { TableName: 'Plenary-Registry' }).resolves({
    Table: { TableStatus: 'ACTIVE', WarmThroughput: { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 5_000 } },
  });
});
afterAll(() => {
  for (const each of [formation, dynamo]) each.restore();
  vi.unstubAllEnvs();
});

const OPENING = { table: 'Registry', 'write-units': '18000' };

describe('warm', () => {
  it('says what a table takes, what is added, and what that costs by the price that is given', async () => {
    const warming = readWarming({ ...OPENING, 'read-units': '12001', 'price-per-write-unit': '0.00125' });
    const { lines } = planOf(warming, await readWarmTable('Plenary', 'Registry'));
    expect(lines.slice(0, 3)).toEqual([
      'Plenary-Registry: 5,000 write units a second now, 18,000 then',
      'Plenary-Registry: 12,000 read units a second now, 12,001 then',
      '13,000 write units a second more × 0.00125 USD = 16.25 USD',
    ]);
    // Of reads no price was given: none is made up, and no sum is said.
    expect(lines[3]).toMatch(/^1 read units a second more, at the price .*aws\.amazon\.com.*--price-per-read-unit/);
    expect(lines[4]).toBe('Costs once. What, is not known here.');
    const writes = planOf(
      readWarming({ ...OPENING, 'price-per-write-unit': '0.00125' }),
      await readWarmTable('Plenary', 'Registry'),
    );
    expect(writes.lines.at(-2)).toBe('Costs once: 16.25 USD, by the price that you gave.');
    const more = planOf(
      readWarming({ ...OPENING, 'write-units': '60000' }),
      await readWarmTable('Plenary', 'Registry'),
    );
    expect(more.lines.at(-1)).toContain('Above 40,000 DynamoDB refuses it until Service Quotas');
  });

  it('raises what was asked for, and leaves the other as it is', async () => {
    await warmTable(readWarming(OPENING), await readWarmTable('Plenary', 'Registry'));
    expect(dynamo.commandCalls(UpdateTableCommand).map(({ args: [{ input }] }) => input)).toEqual([
      {
        TableName: 'Plenary-Registry',
        WarmThroughput: { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 18_000 },
      },
    ]);
  });

  it('has nothing to do where the table takes as much', async () => {
    const { added, lines } = planOf(
      readWarming({ ...OPENING, 'write-units': '4500' }),
      await readWarmTable('Plenary', 'Registry'),
    );
    expect(added).toEqual([]);
    expect(lines).toEqual(['Plenary-Registry: 5,000 write units a second now, as much already']);
  });

  it.each([
    [{ 'write-units': '9000' }, '--table is one of Registry, Care, Outbox, Audit, Feedback, not ""'],
    [{ ...OPENING, table: 'registry' }, '--table is one of Registry, Care, Outbox, Audit, Feedback, not "registry"'],
    [{ table: 'Registry' }, '--write-units or --read-units says how many'],
    [{ ...OPENING, 'write-units': '4000' }, '--write-units is a whole number above 4000, up to 1000000, not "4000"'],
    [{ ...OPENING, 'write-units': '1e4' }, '--write-units is a whole number above 4000, up to 1000000, not "1e4"'],
    [
      { ...OPENING, 'read-units': '9000000' },
      '--read-units is a whole number above 12000, up to 1000000, not "9000000"',
    ],
    [
      { ...OPENING, 'price-per-write-unit': 'cheap' },
      '--price-per-write-unit is USD for one unit, such as 0.001, not "cheap"',
    ],
  ])('refuses %j at once', (values, message) => {
    const read = () => readWarming(values);
    expect(read).toThrow(UsageError);
    expect(read).toThrow(message);
    expect(formation.calls()).toEqual([]);
  });

  it('says where there is no such system, and that a table is busy', async () => {
    await expect(readWarmTable('Else', 'Registry')).rejects.toThrow('Else-Data has no output RegistryTableName');
    dynamo.on(DescribeTableCommand).resolves({ Table: { TableStatus: 'UPDATING' } });
    await expect(readWarmTable('Plenary', 'Registry')).rejects.toThrow('Plenary-Registry is UPDATING: try again');
  });
});
