import { generationOf, RESTORED_TABLES, type RestoredTable, restoredName } from '../../shared/kernel/dynamo/tables.ts';
import { type ReplayDeps, replay } from './replay.ts';
import { type Copies, readMoment, restoreTables, type TableDeps } from './tables.ts';

export interface RestoreDeps extends TableDeps, ReplayDeps {
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
  const outputs = await deps.outputs();
  if (outputs === undefined)
    throw new Error(`--name ${name}: expected a system that is deployed here: no stack ${name}-Data`);
  const generation = generationOf(to);
  const output = (key: string): string => {
    const value = outputs[key];
    if (value === undefined) throw new Error(`${name}-Data: has no output ${key}; deploy this version first`);
    return value;
  };
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
  say('  npx cdk deploy --all');
  say('');
  say(
    'Without that line, the same command switches back. Mail is held until an owner presses "Mail may leave" in the console.',
  );
  return isReady;
}
