import { generationOf, RESTORED_TABLES, type RestoredTable, restoredName } from '../../shared/kernel/dynamo/tables.ts';
import { eraseKnown, type ReplayDeps, replay } from './replay.ts';
import { type Copies, readMoment, restoreTables, type TableDeps } from './tables.ts';

interface RestoreDeps extends TableDeps, ReplayDeps {
  /** Of the stack `Data`: names of the tables in use, and the key. Nothing where there is no such stack. */
  readonly outputs: () => Promise<Readonly<Record<string, string>> | undefined>;
}

/**
 * Restores a system's tables beside those in use, and says how to switch to them. Done again, it goes on where it stopped.
 *
 * @returns whether nothing is left that a person has to look at before the switch
 * @throws Error that names what is wrong, and what is allowed
 */
export async function restore(
  deps: RestoreDeps,
  { name, to: text }: { readonly name: string; readonly to: string },
): Promise<boolean> {
  const { say, system } = deps;
  const to = readMoment(text, system.now());
  const output = await outputsOf(deps, name);
  const generation = generationOf(to);
  const copyOf = (table: RestoredTable) => ({
    from: output(`${RESTORED_TABLES[table]}TableName`),
    as: restoredName(name, table, generation),
  });
  const copies: Copies = { registry: copyOf('registry'), care: copyOf('care'), audit: copyOf('audit') };
  if (copies.registry.from === copies.registry.as) {
    throw new Error(`--to ${text}: these tables are in use already; expected a moment that is not switched to`);
  }
  const restored = {
    ...{ registry: copies.registry.as, care: copies.care.as, audit: copies.audit.as, to },
    ...{ outbox: output('OutboxTableName'), secretsKey: output('SecretsKeyArn') },
    former: { registry: copies.registry.from, audit: copies.audit.from },
  };
  await restoreTables(deps, to, copies);
  const isReady = await replay(deps, restored);
  say('');
  say(
    isReady
      ? 'To switch to them, set this in cdk.json, and deploy:'
      : 'Look at the above first. Then, to switch to them:',
  );
  say('');
  say(`  "plenary:tables": "${generation}"`);
  say('  npm run deploy');
  say('');
  say(
    'Without that line, the same command switches back. Mail is held until an owner presses "Mail may leave" in the console.',
  );
  return isReady;
}

/**
 * Erases in tables that are not in use who was erased in those that are: as long as they are kept, and before they are switched to again.
 *
 * @param tables `first`, which the stack made, or the moment of restored ones as the configuration says it
 * @throws Error that names what is wrong, and what is allowed
 */
export async function eraseElsewhere(
  deps: RestoreDeps,
  { name, tables }: { readonly name: string; readonly tables: string },
): Promise<boolean> {
  if (!/^(first|\d{8}T\d{6}Z)$/.test(tables))
    throw new Error(`--erase-in ${tables}: expected first, or what plenary:tables was`);
  const output = await outputsOf(deps, name);
  const nameOf = (table: RestoredTable) =>
    // What the functions of before would import, when they are deployed again.
    tables === 'first'
      ? output(new RegExp(`^ExportsOutputRef${RESTORED_TABLES[table]}[0-9A-F]{16}$`))
      : restoredName(name, table, tables);
  const former = { registry: output('RegistryTableName'), audit: output('AuditTableName') };
  if (nameOf('registry') === former.registry)
    throw new Error(`--erase-in ${tables}: expected tables that are not in use`);
  return eraseKnown(deps, {
    ...{ registry: nameOf('registry'), care: nameOf('care'), audit: nameOf('audit'), former },
    ...{ outbox: output('OutboxTableName'), secretsKey: output('SecretsKeyArn') },
  });
}

async function outputsOf({ outputs }: RestoreDeps, name: string): Promise<(key: string | RegExp) => string> {
  const found = await outputs();
  if (found === undefined)
    throw new Error(`--stage ${name}: expected a system that is deployed here: no stack ${name}-Data`);
  return (key) => {
    const [, value] =
      Object.entries(found).find(([each]) => (key instanceof RegExp ? key.test(each) : key === each)) ?? [];
    if (value === undefined) throw new Error(`${name}-Data: has no output ${key}; deploy this version first`);
    return value;
  };
}
