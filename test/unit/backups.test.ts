import { DescribeContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Backups } from '../../shared/kernel/dynamo/backups.store.ts';
import { backupReader, lookAtBackups } from '../../shared/kernel/dynamo/look-at-backups.case.ts';
import { METRICS } from '../../shared/kernel/metrics.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { mockedDynamo, refused } from '../support/aws-errors.ts';

/** No emulator has point-in-time recovery. */
const LOOKS = new Date('2027-01-01T03:04:00Z');
const NAMES = { registry: 'r', outbox: 'o', care: 'c', audit: 'a' };

let counted: number[];
let said: string[];
let noted: Backups[];
beforeEach(() => {
  noted = [];
  counted = [];
  said = [];
  const note = (line: string): void => {
    const { message, table, [METRICS.tablesWithoutBackup]: count } = JSON.parse(line);
    if (count === undefined) said.push(`${table}: ${message}`);
    else counted.push(count);
  };
  for (const method of ['log', 'warn', 'error'] as const) vi.spyOn(console, method).mockImplementation(note);
});
afterEach(() => vi.restoreAllMocks());

/** As it is told of each table: how long ago it can be brought back to, in minutes; `undefined` for one that cannot. */
async function look(at: Date, tables: Readonly<Record<string, number | undefined | Error>>) {
  const { client, dynamo } = mockedDynamo();
  for (const [TableName, minutes] of Object.entries(tables)) {
    const asked = dynamo.on(DescribeContinuousBackupsCommand, { TableName });
    if (minutes instanceof Error) asked.rejects(minutes);
    else
      asked.resolves({
        ContinuousBackupsDescription: {
          ContinuousBackupsStatus: 'ENABLED',
          PointInTimeRecoveryDescription: {
            PointInTimeRecoveryStatus: minutes === undefined ? 'DISABLED' : 'ENABLED',
            ...(minutes !== undefined && { LatestRestorableDateTime: new Date(at.getTime() - minutes * 60_000) }),
          },
        },
      });
  }
  const restorableUntil = backupReader({ client, ...NAMES });
  const backups = { note: async (each: Backups) => void noted.push(each), read: async () => noted.at(-1) };
  await lookAtBackups({ backups, restorableUntil, system: { ...realSystem, now: () => at } });
  return dynamo.commandCalls(DescribeContinuousBackupsCommand).length;
}

it('that all is well is measured where it was not, or is not known to have been the night before, and not each night', async () => {
  const well = { r: 5, o: 5, c: 5, a: 5 };
  const night = (nth: number) => new Date(LOOKS.getTime() + nth * 86_400_000);
  const nights = [
    ...[well, well, { ...well, c: undefined }, well, well],
    ...[{ ...well, a: refused('InternalServerError') }, well, well],
  ];
  const measured: number[][] = [];
  for (const [nth, tables] of nights.entries()) {
    counted = [];
    await look(night(nth), tables);
    measured.push(counted);
  }
  expect(measured).toEqual([[0], [], [1], [0], [], [1], [0], []]);
  counted = [];
  await look(night(nights.length + 1), well);
  expect(counted, 'a night that nobody looked').toEqual([0]);
});

it('once a day, at three in the morning, each table is looked at, and that all is well is measured, too', async () => {
  const quarters = Array.from({ length: 96 }, (_, quarter) => new Date(Date.UTC(2027, 0, 1, 0, 15 * quarter + 4)));
  const asked: number[] = [];
  for (const at of quarters) asked.push(await look(at, { r: 5, o: 5, c: 5, a: 59 }));
  expect(asked.filter(Boolean)).toEqual([4]);
  expect(asked.indexOf(4)).toBe(12);
  expect([counted, said]).toEqual([[0], []]);
});

it('one whose recovery is off, is late, or of which nothing is said, is counted and named', async () => {
  await look(LOOKS, { r: 61, o: undefined, c: 5, a: refused('InternalServerError') });
  expect(counted).toEqual([3]);
  expect(said.sort()).toEqual([
    'audit: a table is not known to be backed up',
    'outbox: a table cannot be brought back',
    'registry: a table cannot be brought back',
  ]);
  expect(noted).toEqual([
    {
      readAt: LOOKS.toISOString(),
      tables: [
        { table: 'registry', until: '2027-01-01T02:03:00.000Z' },
        { table: 'outbox' },
        { table: 'care', until: '2027-01-01T02:59:00.000Z' },
      ],
    },
  ]);
});
