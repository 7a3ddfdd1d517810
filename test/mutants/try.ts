/**
 * Tries mutations one after another, and says of each what became of it: `run.ts` starts this, and ends it where it hangs.
 *
 *     tsx test/mutants/try.ts map          which tests come by which mutation
 *     tsx test/mutants/try.ts all <id>...  tries these
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createVitest, type TestModule, type TestSpecification, type Vitest } from 'vitest/node';
import { STATE, TESTS } from './paths.ts';

const [what, ...ids] = process.argv.slice(2);
const PASSED = resolve(STATE, 'passed');
const vitest = await createVitest('test', {
  config: 'test/mutants/mutants.config.ts',
  watch: false,
  reporters: [{}],
  bail: what === 'map' ? 0 : 1,
});

function provide(mutation: string, passed: string): void {
  vitest.getRootProject().provide('mutation', mutation);
  vitest.getRootProject().provide('passed', passed);
}

const run = async (from: Vitest, files: readonly TestSpecification[]) => from.runTestSpecifications([...files], false);
const timeOf = (module: TestModule): number => module.diagnostic().duration + module.diagnostic().collectDuration;

async function map(): Promise<void> {
  rmSync(PASSED, { recursive: true, force: true });
  mkdirSync(PASSED, { recursive: true });
  provide('', PASSED);
  const { testModules } = await run(vitest, await vitest.globTestSpecifications());
  const failed = testModules.filter((module) => !module.ok());
  for (const { moduleId } of failed) console.error(`fails without any mutation, and is left out: ${moduleId}`);
  const good = testModules
    .filter((module) => module.ok())
    .sort((one, other) => timeOf(one) - timeOf(other))
    .map(({ moduleId }) => moduleId);
  const passing = new Map(
    readdirSync(PASSED).map((name) => [name, JSON.parse(readFileSync(join(PASSED, name), 'utf8')) as string[]]),
  );
  const tests: Record<string, string[]> = {};
  for (const file of good)
    for (const id of passing.get(`${file.replaceAll('/', '_')}.json`) ?? []) {
      tests[id] ??= [];
      tests[id].push(file);
    }
  writeFileSync(TESTS, JSON.stringify(tests));
}

async function tryAll(): Promise<void> {
  const tests: Readonly<Record<string, readonly string[]>> = JSON.parse(readFileSync(TESTS, 'utf8'));
  const all = await vitest.globTestSpecifications();
  for (const id of ids) {
    provide(id, '');
    const files = (tests[id] ?? []).flatMap((file) => all.filter(({ moduleId }) => moduleId === file));
    const { testModules, unhandledErrors } = files.length > 0 ? await run(vitest, files) : NOTHING;
    // Among the results are those of files that were run for other mutations before.
    const ofThese = testModules.filter(({ moduleId }) => files.some((file) => file.moduleId === moduleId));
    const isKilled = unhandledErrors.length > 0 || ofThese.some((module) => module.state() === 'failed');
    console.log(`${isKilled ? 'killed' : 'survived'} ${id}`);
  }
}

const NOTHING = { testModules: [], unhandledErrors: [] } as const;

if (what === 'map') await map();
else await tryAll();
await vitest.close();
process.exit(0);
