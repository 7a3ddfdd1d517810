import { EXIT, runCommand, UsageError } from './command.ts';

const HELP = `Usage: npm run restore -- --to 2026-12-01T09:00:00Z [--name NAME]

Restores Registry, Care and Audit as they were at that moment, beside the tables in use, which stay as they are. Who was erased since is
erased again there, counters are checked against registrations, and mail is held. Then it says which line of configuration switches to
them. It may be stopped and repeated at any time. What it costs and what people notice: docs/operations.md, "Restore".

  --to    an instant with its offset; tables know it by the second
  --name  of the system, as plenary:name configures it (Plenary)

Region and credentials come from the environment. Exit code 1 says that something has to be looked at first.`;

process.exitCode = await runCommand(HELP, ['to', 'name'], async (words, { to: text, name = 'Plenary' }) => {
  if (words.length > 0) throw new UsageError(`restore takes options only, not "${words[0]}"`);
  if (text === undefined) throw new UsageError('say which moment: --to 2026-12-01T09:00:00Z');
  // The SDK would warn of older versions of Node.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const [{ CloudFormationClient }, { DynamoDBClient }, { KMSClient }] = await Promise.all([
    import('@aws-sdk/client-cloudformation'),
    import('@aws-sdk/client-dynamodb'),
    import('@aws-sdk/client-kms'),
  ]);
  const { outputsOf } = await import('./preflight/ask.ts');
  const outputs = () => outputsOf(new CloudFormationClient({}), `${name}-Data`);
  const { restore } = await import('./restore/restore.ts');
  const { realSystem: system } = await import('../shared/kernel/system.store.ts');
  const deps = { db: new DynamoDBClient({}), kms: new KMSClient({}), outputs, system, say: console.log };
  return (await restore(deps, { name, to: text })) ? EXIT.done : EXIT.problems;
});
