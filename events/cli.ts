import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { EventDefinition } from '../shared/domain/event.ts';
import { EXIT, runCommand, UsageError } from './command.ts';
import { describe, loadEvent, readEvent } from './load.ts';

const HELP = `Usage: npm run event -- check FILE...
       npm run event -- publish FILE --table NAME --outbox NAME [--endpoint URL]

check     says what is wrong with event definitions, each problem with its line
publish   puts an event into the Registry table; the same event again changes nothing, and a file of a lower version
          than the published one is refused: it does not know what the console has changed since
          --table     the Registry table's name (in AWS: an output of the Data stack)
          --outbox    the Outbox table's name: whoever waits may have a seat once there are more
          --endpoint  of DynamoDB, if it is not AWS; region and credentials come from the environment`;

process.exitCode = await runCommand(
  HELP,
  ['table', 'outbox', 'endpoint'],
  ([command, ...files], { table, outbox, endpoint }) => {
    if (command === 'check') return check(files);
    if (command === 'publish') return publish(files, table, outbox, endpoint);
    throw new UsageError(command === undefined ? 'say what to do' : `there is no command "${command}"`);
  },
);

function check(files: readonly string[]): number {
  if (files.length === 0) throw new UsageError('check needs a file');
  const problems = files.flatMap((file) => {
    const { definition, problems } = readEvent(readFileSync(file, 'utf8'));
    if (definition) console.log(`${file}: ${summary(definition)}`);
    return describe(file, problems);
  });
  for (const problem of problems) console.error(problem);
  return problems.length === 0 ? EXIT.done : EXIT.problems;
}

async function publish(
  files: readonly string[],
  tableName?: string,
  outboxTable?: string,
  endpoint?: string,
): Promise<number> {
  const [file] = files;
  if (file === undefined || files.length > 1) throw new UsageError('publish needs one file');
  if (tableName === undefined) throw new UsageError('publish needs --table NAME');
  if (outboxTable === undefined) throw new UsageError('publish needs --outbox NAME');
  const definition = loadEvent(file);
  // The SDK would warn of older versions of Node: it is loaded only here, and `check` needs none of it.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const [{ DynamoDBClient }, { publishEvent }] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('./publish.ts'),
  ]);
  const dynamodb = new DynamoDBClient(endpoint === undefined ? {} : { endpoint });
  const say = (words: string) => console.log(`${definition.id}: ${words}`);
  const { version, changed, kept, overfull, announced } = await publishEvent(definition, {
    dynamodb,
    tableName,
    outboxTable,
    refuseOutdated: true,
    wait(milliseconds) {
      say(`its end has moved; waiting ${milliseconds / 1000} seconds for whoever is registering right now`);
      return wait(milliseconds);
    },
  });
  say(`version ${version} ${changed ? 'is published' : 'was published already'}`);
  if (announced) say(`everyone who is registered is mailed "${announced}"`);
  for (const { quota, capacity, taken } of overfull) {
    say(`quota "${quota}" has ${capacity} seats, and ${taken} are taken: they stay taken, and no more are given`);
  }
  if (kept) say(`registrations and address locks now kept until ${kept.until.toISOString()}: ${kept.items}`);
  return EXIT.done;
}

function summary({
  languages,
  title,
  days,
  categories,
  questions,
  quotas,
  sessions,
  version,
}: EventDefinition): string {
  const dates = [days[0], days.at(-1)].map((day) => day?.date).join(' to ');
  const counts = { categories, questions, quotas, sessions };
  const counted = Object.entries(counts).map(([name, items]) => `${items.length} ${name}`);
  return [`"${title[languages[0] ?? '']}"`, `version ${version}`, dates, languages.join(' '), ...counted].join(', ');
}
