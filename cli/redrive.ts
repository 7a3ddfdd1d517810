import { EXIT, runCommand, UsageError } from './command.ts';
import type { Redriven } from './redrive/redrive.ts';
import { localTarget, type Target } from './redrive/target.ts';

const HELP = `Usage: npm run redrive -- --table NAME --registry NAME --audit NAME --queue URL --function NAME [--dry-run]
       npm run redrive       for what npm start runs on this machine

Gives what was given up another chance: messages and jobs that the stream failed on, and what SES told of mails. Mend the
cause first. It may be repeated: what was redriven is not redriven again.

  --table     the Outbox table's name (in AWS: the output OutboxTableName of the Data stack)
  --registry  the Registry table's name (RegistryTableName)
  --audit     the Audit table's name (AuditTableName): owners see there that something of their event was woken
  --queue     the address of the dead letters (OutboxFailuresUrl of the Api stack)
  --function  what notes what SES tells (MailEventsFunctionName of the Api stack)
  --dry-run   only says what there is

Region and credentials come from the environment.`;

const OPTIONS = ['table', 'registry', 'audit', 'queue', 'function'] as const;

process.exitCode = await runCommand(HELP, OPTIONS, run, ['dry-run']);

async function run(
  words: readonly string[],
  values: Readonly<Record<string, string | undefined>>,
  flags: Readonly<Record<string, boolean | undefined>>,
): Promise<number> {
  if (words.length > 0) throw new UsageError(`redrive takes options only, not "${words[0]}"`);
  const target = targetOf(values);
  const [{ awsDeps }, { lookForForgotten, redrive }] = await Promise.all([
    import('./redrive/aws-deps.ts'),
    import('./redrive/redrive.ts'),
  ]);
  const isDry = flags['dry-run'] === true;
  const result = await (isDry ? lookForForgotten : redrive)(awsDeps(target));
  for (const line of isDry ? foundLines(result) : doneLines(result)) console.log(line);
  return result.failures.length > 0 ? EXIT.problems : EXIT.done;
}

function targetOf(values: Readonly<Record<string, string | undefined>>): Target {
  const { table, registry, audit, queue, function: mailEvents } = values;
  if (table && registry && audit && queue && mailEvents) return { table, registry, audit, queue, mailEvents };
  const asked = 'say --table, --registry, --audit, --queue and --function together';
  if (OPTIONS.some((option) => values[option] !== undefined)) throw new UsageError(asked);
  const local = localTarget();
  if (local === undefined) throw new UsageError(`nothing runs on this machine: ${asked}`);
  return local;
}

function foundLines({ messages, jobs, left }: Redriven): string[] {
  return [`forgotten messages: ${messages}`, `forgotten jobs: ${jobs}`, `dead letters: ${left}`, 'nothing was changed'];
}

function doneLines({ messages, jobs, mailEvents, emptied, left, failures }: Redriven): string[] {
  return [
    `messages woken: ${messages} (they leave with the next sweep, within a minute)`,
    `jobs woken: ${jobs} (they are done within a minute)`,
    `events of SES noted: ${mailEvents}`,
    `letters emptied of which nothing is left to do: ${emptied}`,
    `letters left: ${left}`,
    ...failures.map((failure) => `  failed: ${failure}`),
  ];
}
