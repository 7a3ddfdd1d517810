import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { LocalSystem } from '../../local/system.ts';
import type { TableName } from '../../shared/kernel/dynamo/tables.ts';
import { readTable } from '../rush/read-table.ts';

/** A digest of each item of each table, by where it is. */
export type Stored = ReadonlyMap<string, string>;

/** Milliseconds in which nothing changes once everything is done. */
const STILL = 2_000;

export async function digestTables(system: LocalSystem): Promise<Stored> {
  const digests = new Map<string, string>();
  for (const name of Object.keys(system.tables) as TableName[]) {
    for (const item of await readTable(system, name)) {
      const place = `${name} ${item['id'] ?? `${item['pk']} ${item['sk']}`}`;
      digests.set(place, createHash('sha256').update(JSON.stringify(item, inOrder)).digest('base64'));
    }
  }
  return digests;
}

/** Maps and sets come in another order each time. */
function inOrder(_: string, value: unknown): unknown {
  if (value instanceof Set) return [...value].sort();
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** All that is stored, once everything that followed from what was done before is done. */
export async function digestOnceSettled(system: LocalSystem): Promise<Stored> {
  for (let before = await digestTables(system); ; ) {
    await wait(STILL);
    const now = await digestTables(system);
    if (changedItems(before, now).length === 0) return now;
    before = now;
  }
}

/** Where items are that came, went, or say something else. */
export const changedItems = (before: Stored, after: Stored): readonly string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter((place) => before.get(place) !== after.get(place));
