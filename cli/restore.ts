import { EXIT, runCommand, systemName, UsageError } from './command.ts';

const HELP = `Usage: npm run restore -- --to 2026-12-01T09:00:00Z [--stage NAME]
       npm run restore -- --erase-in first|MOMENT [--stage NAME]

Restores Registry, Care and Audit as they were at that moment, beside the tables in use, which stay as they are. Who was erased since is
erased again there, counters are checked against registrations, and mail is held. Then it says which line of configuration switches to
them. It may be stopped and repeated at any time. What it costs and what people notice: docs/operations.md, "Restore".

  --to    an instant with its offset; tables know it by the second
  --erase-in  erases in tables that are not in use, the first ones or those of a moment such as 20261201T090000Z, who was erased in those
              that are: while they are kept, and before they are switched to again
  --stage  the system's name, as plenary:name configures it (Plenary)

Region and credentials come from the environment. Exit code 1 says that something has to be looked at first.`;

process.exitCode = await runCommand(
  HELP,
  ['to', 'erase-in', 'stage'],
  async (words, { to, stage = 'Plenary', ...more }) => {
    if (words.length > 0) throw new UsageError(`restore takes options only, not "${words[0]}"`);
    const tables = more['erase-in'];
    if ((to === undefined) === (tables === undefined))
      throw new UsageError('say which moment: --to 2026-12-01T09:00:00Z; or --erase-in');
    const name = await systemName(stage);
    const [{ CloudFormationClient }, { DynamoDBClient }, { KMSClient }] = await Promise.all([
      import('@aws-sdk/client-cloudformation'),
      import('@aws-sdk/client-dynamodb'),
      import('@aws-sdk/client-kms'),
    ]);
    const { outputsOf } = await import('./stacks.ts');
    const outputs = () => outputsOf(new CloudFormationClient({}), `${name}-Data`);
    const { eraseElsewhere, restore } = await import('./restore/restore.ts');
    const { realSystem: system } = await import('../shared/kernel/system.store.ts');
    const deps = { db: new DynamoDBClient({}), kms: new KMSClient({}), outputs, system, say: console.log };
    const isDone =
      to === undefined ? eraseElsewhere(deps, { name, tables: tables ?? '' }) : restore(deps, { name, to });
    return (await isDone) ? EXIT.done : EXIT.problems;
  },
);
