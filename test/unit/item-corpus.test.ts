import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { storedEnd } from '../../shared/event/event-item.store.ts';
import { TABLES, type TableIndex, type TableName, type TableShape } from '../../shared/kernel/dynamo/tables.ts';
import { OF_MINORS } from '../../shared/registration/registration.schema.ts';
import { fromRegistrationItem } from '../../shared/registration/registration.store.ts';
import { CORPUS, itemOf, linesIn, sorted, traitsOf, type Written, writtenOf } from '../items/corpus.ts';
import { featuresOf } from '../items/features.ts';
import { type Item, KINDS, type Kind, kindNames, kindsOf } from '../items/kinds.ts';
import { NEVER_WRITTEN } from '../items/never-written.ts';
import { type Contract, contractBreaks } from '../support/contract-breaks.ts';
import type { JsonSchema } from '../support/schema-arbitrary.ts';

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

describe('IN10: code of 28 November 2026 and code of today', () => {
  const GOLDEN = 'test/golden/item-schemas.json';
  const former = JSON.parse(readFileSync(GOLDEN, 'utf8')) as Readonly<Record<string, JsonSchema>>;
  const present = Object.fromEntries(
    kindNames.map((name) => [
      name,
      z.toJSONSchema(KINDS[name].schema(), { io: 'input', unrepresentable: 'any', reused: 'inline' }) as JsonSchema,
    ]),
  );

  /** Each kind as what is taken, which one reads that the other wrote, and as what is answered, the other way round. */
  const contractOf = (schemas: Readonly<Record<string, JsonSchema | undefined>>): Contract => ({
    components: { schemas: {} },
    paths: Object.fromEntries(
      Object.keys(former).map((name) => {
        const content = { json: { schema: schemas[name] ?? {} } };
        return [name, { item: { requestBody: { content }, responses: { 200: { content } } } }];
      }),
    ),
  });
  const breaksOf = (now: Readonly<Record<string, JsonSchema | undefined>>) =>
    contractBreaks(contractOf(former), contractOf(now), () => true);

  /** Lists that grow with the product. What code from before does with what it does not know: docs/operations.md, "Undoing a deployment". */
  const GROWING = /^ITEM (\w+): answer\.(grants\[\]\.role|kind|job|action) may be [\w-]+, which clients do not know$/;

  it('read each other’s items, but for new members of four lists', () => {
    const breaks = breaksOf(present);
    expect(breaks.filter((each) => !GROWING.test(each))).toEqual([]);
    const places = new Set(breaks.map((each) => GROWING.exec(each)?.slice(1, 3).join('.')));
    expect([...places].sort()).toEqual([
      'audit.action',
      'audit.grants[].role',
      'job.job',
      'message.kind',
      'role.grants[].role',
      'roleInvitation.grants[].role',
    ]);
  });

  it('would not, if an attribute were dropped, required or of another type', () => {
    const { request: _, ...kept } = present['lock']?.properties ?? {};
    const properties = { ...kept, noticeAt: { type: 'number' }, more: { type: 'string' } };
    const lock = { type: 'object', properties, required: ['v', 'reference', 'more'] };
    expect(breaksOf({ ...present, lock }).filter((each) => !GROWING.test(each))).toEqual([
      'ITEM lock: body requires more now',
      'ITEM lock: body.noticeAt takes number, and took string',
      'ITEM lock: answer.request is gone',
      'ITEM lock: answer.noticeAt is number, and was string',
    ]);
  });
});
