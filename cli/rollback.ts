import { EXIT, runCommand, systemName, UsageError } from './command.ts';

const HELP = `Usage: npm run rollback [-- --stage NAME] [--to RELEASE] [--dry-run]

Has every function run the release before the newest again, within a minute: its alias points to another version, and nothing is
deployed. What it cannot put back, and what the next deployment does, says docs/operations.md, "Undoing a deployment".

  --stage    the system's name, as plenary:name configures it (Plenary)
  --to       a release by its name, however old, or "newest" to go forward again
  --dry-run  only says what would change

Region and credentials come from the environment. It may be repeated: what runs that release already is left alone. Exit code 1 says
that a function could not be put back, or that there is no such release.`;

process.exitCode = await runCommand(
  HELP,
  ['stage', 'to'],
  async (words, { stage = 'Plenary', to }, flags) => {
    if (words.length > 0) throw new UsageError(`rollback takes options only, not "${words[0]}"`);
    const { readDeployed, planRollback, pointAliases } = await import('./rollback/rollback.ts');
    const plan = planRollback(await readDeployed(await systemName(stage)), to);
    const { lines, failed } = await pointAliases(plan, flags['dry-run'] === true);
    for (const line of lines) console.log(line);
    return failed === 0 ? EXIT.done : EXIT.problems;
  },
  ['dry-run'],
);
