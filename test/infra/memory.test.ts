import { readdir, readFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import { MANIFESTS } from '../../functions/manifests.ts';
import type { FunctionName } from '../../shared/kernel/manifest.ts';
import { resourcesOf, templates } from './fixture.ts';
import { functionBundles } from './function-bundles.ts';

const NAMES = Object.keys(MANIFESTS) as FunctionName[];
/** MB with which Lambda gives one processor, and what all others have. */
const [WHOLE_PROCESSOR, LEAST] = [1769, 512];

/** What queries every partition of an event's registrations. */
const READS_EVERYONE = [
  'shared/registration/list/registration-list.store.ts',
  'shared/checkin/roster/roster-people.store.ts',
  'shared/registration/people/people.store.ts',
];

const memory = new Map<string, number>();

beforeAll(() => {
  for (const [id, { Properties }] of resourcesOf(templates().Api, 'AWS::Lambda::Function')) {
    const name = NAMES.find((each) => id.toLowerCase().startsWith(`${each.replace('-', '')}function`));
    if (name !== undefined) memory.set(name, Number(Properties['MemorySize']));
  }
});

it('whoever reads everyone has a whole processor, and nobody else but who draws certificates', async () => {
  const busiest: string[] = ['certificates'];
  for (const { name, files } of await functionBundles()) {
    if (READS_EVERYONE.some((file) => files.includes(file))) busiest.push(name);
  }
  expect(busiest.sort()).toEqual([
    'care',
    'certificates',
    'checkin',
    'doors',
    'feedback-results',
    'housekeeping',
    'messages',
    'organiser',
  ]);
  expect(Object.fromEntries(memory)).toEqual(
    Object.fromEntries(NAMES.map((name) => [name, busiest.includes(name) ? WHOLE_PROCESSOR : LEAST])),
  );
});

it('nothing else queries the partitions of registrations', async () => {
  const named: string[] = [];
  for (const folder of ['shared', 'functions']) {
    for (const file of await readdir(folder, { recursive: true })) {
      if (!file.endsWith('.ts')) continue;
      const source = await readFile(`${folder}/${file}`, 'utf8');
      if (source.includes('registrationPartition(')) named.push(`${folder}/${file}`);
    }
  }
  expect(named.sort()).toEqual(['shared/kernel/dynamo/keys.ts', ...READS_EVERYONE].sort());
});
