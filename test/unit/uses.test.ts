import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { TABLES } from '../../shared/kernel/dynamo/tables.ts';
import { PURPOSES, purposesKept, type Use } from '../../shared/kernel/purposes.ts';
import { everyUse, STORED_USES } from '../../shared/uses.ts';
import { forum, LANGUAGES, pages } from '../support/site-pages.ts';

/** Of one kind of item: a schema, or what its attributes are kept for. */
const ITEM = /^export const (?:stored[A-Z]\w*|(?!STORED_)\w+_USES)\b/m;

const itemFiles = ['shared', 'functions']
  .flatMap((folder) => (readdirSync(folder, { recursive: true }) as string[]).map((name) => join(folder, name)))
  .filter((file) => /(?:-item|\.store)\.ts$/.test(file) && ITEM.test(readFileSync(file, 'utf8')));

const modules = await Promise.all(itemFiles.map(async (file) => ({ file, exported: await import(`../../${file}`) })));

describe('CS18: what is stored', () => {
  it.each(modules)('$file declares the purpose and the retention of each attribute', ({ exported }) => {
    const schemas: z.ZodObject[] = [];
    const uses: Record<string, Use>[] = [];
    for (const [name, value] of Object.entries(exported)) {
      if (name.startsWith('stored')) schemas.push((value as () => z.ZodObject)());
      if (name.endsWith('_USES')) uses.push(value as Record<string, Use>);
    }
    expect(schemas.length, 'export each schema as stored…, and beside it its …_USES').toBeGreaterThan(0);
    const attributes = (all: readonly object[]): string[][] => all.map((each) => Object.keys(each).sort());
    expect(attributes(uses)).toEqual(attributes(schemas.map(({ shape }) => shape)));
  });

  it('is told in full: no declaration is left out', () => {
    const declared = modules.flatMap(({ exported }) =>
      Object.entries(exported).flatMap(([name, value]) => (name.endsWith('_USES') ? [value] : [])),
    );
    expect(new Set(declared)).toEqual(new Set(Object.values(STORED_USES)));
  });

  it('has in `Registry` no attribute of the name of an index’s partition: DynamoDB refuses whatever has one that is no text', () => {
    const partitions: string[] = Object.values(TABLES.registry.indexes).map(({ partitionKey }) => partitionKey);
    const named = Object.values(STORED_USES).flatMap((uses) =>
      Object.keys(uses).filter((name) => partitions.includes(name)),
    );
    expect(named).toEqual([]);
    expect(partitions.length).toBeGreaterThan(0);
  });

  it('has no purpose without anything that is stored for it', () => {
    expect(purposesKept(everyUse()).map(({ purpose }) => purpose)).toEqual(PURPOSES);
  });
});

describe.each(LANGUAGES)('the privacy page in %s', (language) => {
  const page = pages(language)['privacy'] ?? '';

  it('tells of each purpose what, why, who and how long', () => {
    expect(page.match(/<h3>/g)).toHaveLength(PURPOSES.length);
    expect(page.match(/<dt>/g)).toHaveLength(4 * PURPOSES.length);
  });

  it('names the questions, who is responsible, and the end of retention', () => {
    const event = forum(language);
    for (const { title } of event.questions) expect(page).toContain(title);
    expect(page).toContain(event.host);
    expect(page).toContain(`mailto:${event.secretariat.email}`);
    expect(page).toMatch(/2028/);
    expect(page).toContain('90');
  });
});
