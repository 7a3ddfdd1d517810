import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { exitCodeOf, sayHelp, UsageError } from './command.ts';

const HELP = `Usage: npm run deploy -- [--owner ADDRESS] [--endpoint URL] [what cdk deploy takes, such as -c plenary:mailDomain=example.org]

Deploys all stacks, publishes those events of events/ that the table does not have, each with its registration closed, and shows the
link of its first owner where it has none. It may be repeated: what is there stays as it is.

  --owner     whom the link is for: they are mailed there what waits for them. Asked for where it is needed and left out
  --endpoint  of DynamoDB, if it is not AWS

Region and credentials come from the environment. The exit code is that of cdk, where cdk fails; nothing is done after that.`;

const ROOT = new URL('..', import.meta.url);

process.exitCode = await exitCodeOf(HELP, async () => {
  const { own, args } = split(process.argv.slice(2));
  if (args.includes('--help') || args.includes('-h')) return sayHelp(HELP);
  const [{ DynamoDBClient }, { deploySystem, optionValues }, problems] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('./deploy-system.ts'),
    import('./preflight/zone.ts'),
  ]);
  const [profile] = optionValues(args, ['--profile']);
  if (profile !== undefined) process.env['AWS_PROFILE'] = profile;
  const endpoint = own.get('--endpoint');
  const dynamodb = new DynamoDBClient(endpoint === undefined ? {} : { endpoint });
  await dynamodb.config.region().catch(() => {
    throw new Error('no region: export AWS_REGION=ap-southeast-1, or whichever is to hold the system');
  });
  const terminal = process.stdin.isTTY && process.stdout.isTTY ? { ask, show: console.log } : undefined;
  return deploySystem(
    { args, owner: own.get('--owner'), events: fileURLToPath(new URL('events', ROOT)) },
    {
      cdk: [process.execPath, fileURLToPath(new URL('node_modules/aws-cdk/bin/cdk', ROOT))],
      ...{ ...problems, dynamodb, say: console.log, terminal },
    },
  );
});

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

/** Takes out what is for this command: the rest is for cdk. */
function split(given: readonly string[]) {
  const own = new Map<string, string>();
  const args: string[] = [];
  const left = [...given];
  for (let each = left.shift(); each !== undefined; each = left.shift()) {
    const [, name, inline] = /^(--owner|--endpoint)(?:=(.*))?$/s.exec(each) ?? [];
    if (name === undefined) args.push(each);
    else own.set(name, inline || left.shift() || refuse(name));
  }
  return { own, args };
}

function refuse(name: string): never {
  throw new UsageError(`${name} needs a value`);
}
