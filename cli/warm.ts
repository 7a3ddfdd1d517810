import { createInterface } from 'node:readline/promises';
import { EXIT, runCommand, systemName, UsageError } from './command.ts';

const HELP = `Usage: npm run warm -- --table NAME --write-units N [--read-units M] [--stage NAME] [--yes]
                     [--price-per-write-unit USD] [--price-per-read-unit USD]

Has a table take so many units a second at once, hours before an opening. Says first what that costs, and asks. Preflight says how many
an opening needs: npm run preflight -- --opening PEOPLE.

  --table       Registry, Care, Outbox, Audit or Feedback
  --write-units above 4,000; above 40,000 it takes a quota: docs/growth.md
  --read-units  above 12,000; above 40,000 likewise
  --price-per-write-unit, --price-per-read-unit
                USD for each unit that is added, as https://aws.amazon.com/dynamodb/pricing/on-demand/ says for your region. No
                interface of AWS names them: without these, what it costs is not reckoned
  --stage       the system's name, as plenary:name configures it (Plenary)
  --yes         does not ask

Region and credentials come from the environment. It is charged once and never lowered again; what the table takes already costs nothing.
Exit code 1 says that nothing was changed.`;

const OPTIONS = ['stage', 'table', 'write-units', 'read-units', 'price-per-write-unit', 'price-per-read-unit'];

process.exitCode = await runCommand(
  HELP,
  OPTIONS,
  async (words, { stage = 'Plenary', ...values }, flags) => {
    if (words.length > 0) throw new UsageError(`warm takes options only, not "${words[0]}"`);
    const { planOf, readWarmTable, readWarming, warmTable } = await import('./warm/warm.ts');
    const warming = readWarming(values);
    const table = await readWarmTable(await systemName(stage), warming.table);
    const { added, lines } = planOf(warming, table);
    for (const line of lines) console.log(line);
    if (added.length === 0) return EXIT.done;
    if (flags['yes'] !== true && !(await isWanted())) {
      console.log('Nothing was changed.');
      return EXIT.problems;
    }
    await warmTable(warming, table);
    console.log(
      `Asked for. Until it is done: aws dynamodb describe-table --table-name ${table.name} --query Table.WarmThroughput`,
    );
    return EXIT.done;
  },
  ['yes'],
);

/** Without a terminal nobody can say so: `--yes` does. */
async function isWanted(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.log('Without a terminal nobody is asked: --yes says that it is wanted.');
    return false;
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await lines.question('Warm it? [y/N] ')).trim());
  } finally {
    lines.close();
  }
}
