import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { storedEnd } from '../../shared/event/event-item.store.ts';
import { TABLES, type TableIndex, type TableName, type TableShape } from '../../shared/kernel/dynamo/tables.ts';
import { OF_MINORS } from '../../shared/registration/registration.schema.ts';
import { fromRegistrationItem } from '../../shared/registration/registration.store.ts';
import { CORPUS, itemOf, linesIn, sorted, traitsOf, type Written, writtenOf } from '../items/corpus.ts';
import { featuresOf } from '../items/features.ts';
import { type Item, KINDS, type Kind, kindNames, kindsOf } from '../items/kinds.ts';
import { NEVER_WRITTEN } from '../items/never-written.ts';

const lines = linesIn(CORPUS).map((line) => {
  const item = itemOf(line);
  return { line, item, kinds: kindsOf(line.table, item) };
});
const nameOf = ({ table, item }: Written): string => `${table} ${JSON.stringify(item).slice(0, 200)}`;

/** What of an item leads to it or forgets it, whatever it says. */
function keysOf(table: TableName, item: Item): Item {
  const { partitionKey, sortKey = partitionKey, ttl, indexes = {} }: TableShape = TABLES[table];
  const ofIndexes = Object.values<TableIndex>(indexes).flatMap((index) => [index.partitionKey, index.sortKey]);
  return { ...only(item, [partitionKey, sortKey, 'v', ...ofIndexes]), ...endOf(item, ttl) };
}

/** When it is forgotten, which nothing reads with an item. */
const endOf = (item: Item, ttl: string): Item => (item[ttl] === undefined ? {} : storedEnd().parse(item));

const only = (item: Item, names: readonly string[]): Item =>
  Object.fromEntries(names.filter((name) => item[name] !== undefined).map((name) => [name, item[name]]));

describe('what main of 28 November 2026 has written', () => {
  it('is of exactly one kind each', () => {
    expect(lines.filter(({ kinds }) => kinds.length !== 1).map(({ line }) => nameOf(line))).toEqual([]);
  });

  it.each(kindNames)('%s: is written again as it was read, and nothing of it is passed over', (name) => {
    const kind: Kind = KINDS[name];
    const mine = lines.filter(({ kinds }) => kinds.includes(name));
    expect(mine.length).toBeGreaterThan(0);
    for (const { line, item } of mine) {
      expect(writtenOf({ ...kind.again(item), ...endOf(item, TABLES[kind.table].ttl) }), nameOf(line)).toEqual(
        line.item,
      );
      const parsed = { ...keysOf(kind.table, item), ...kind.schema().parse(item) };
      expect(writtenOf(parsed), nameOf(line)).toEqual(line.item);
    }
  });

  it('is of every schema of an item', async () => {
    const folder = new URL('../../shared/', import.meta.url);
    const files = (readdirSync(folder, { recursive: true }) as string[]).filter((name) =>
      /\.(?:store|schema)\.ts$/.test(name),
    );
    const modules = await Promise.all(files.map((name) => import(new URL(name, folder).pathname)));
    const stored = modules.flatMap((module: Record<string, unknown>) =>
      Object.entries(module).filter(([name, it]) => /^stored[A-Z]/.test(name) && 'fields' in (it as object)),
    );
    const schemas: unknown[] = [storedEnd, ...kindNames.map((name) => KINDS[name].schema)];
    expect(stored.filter(([, schema]) => !schemas.includes(schema)).map(([name]) => name)).toEqual([]);
    expect(stored.length).toBeGreaterThan(50);
  });

  it('has each optional attribute and lacks it, and has each of a few words', () => {
    const seen = new Set(lines.flatMap(({ item, kinds }) => kinds.flatMap((name) => traitsOf(name, item))));
    const missing = kindNames.flatMap((name) => {
      const { schema }: Kind = KINDS[name];
      return featuresOf(schema()).map((feature) => `${name}: ${feature}`);
    });
    expect([...new Set(missing)].filter((each) => !seen.has(each)).sort()).toEqual(NEVER_WRITTEN);
  });

  it('names nothing of the machine on which it was written', () => {
    expect(lines.map(({ line }) => JSON.stringify(line)).join('\n')).not.toMatch(
      /127\.0\.0\.1|localhost|\/home\/|\/root\/|\/tmp\//,
    );
  });

  it('stands in the order of its names, so that a line that changed is seen', () =>
    expect(lines.map(({ line }) => JSON.stringify(line))).toEqual(
      lines.map(({ line }) => JSON.stringify(sorted(line))),
    ));

  it('says of a minor’s registration alone what minors have, as its group', () => {
    const items = lines.filter(({ kinds }) => kinds.includes('registration')).map(({ item }) => item);
    const minors = items.filter(({ ageBand }) => ageBand === 'minor');
    const said = minors.flatMap((item) => OF_MINORS.filter((name) => item[name] !== undefined));
    expect([...new Set(said)].sort()).toEqual([...OF_MINORS].sort());
    for (const item of items) {
      const { minor, ...beside } = fromRegistrationItem(item);
      expect(minor).toEqual(item['ageBand'] === 'minor' ? only(item, OF_MINORS) : undefined);
      expect(OF_MINORS.filter((name) => name in beside)).toEqual([]);
    }
  });
});
