import { setTimeout as wait } from 'node:timers/promises';
import { EXIT, runCommand, systemName, UsageError, untilStopped } from './command.ts';

const HELP = `Usage: npm run prove-iam -- --stage NAME [--simulate-only]

Shows what the roles of a deployed system may do, on the account itself: IAM is asked for each function, action and resource, also beyond
what a condition allows, and every answer is compared with what the function declares. Then one call is made that no document settles:
whether a write that fails by its condition shows what is there to a role that may not read it.

  --stage          the system's name, as plenary:name configures it
  --simulate-only  asks IAM and makes no call: otherwise a role and an item of Care are made, and deleted again

Region and credentials come from the environment: they may ask IAM, make roles, and write in Care. Exit code 1 says that something
differs.`;

process.exitCode = await runCommand(
  HELP,
  ['stage'],
  async (words, { stage }, flags) => {
    if (words.length > 0) throw new UsageError(`prove-iam takes options only, not "${words[0]}"`);
    if (stage === undefined) throw new UsageError('say --stage');
    const [{ findDeployed }, { simulate }, { probe }] = await Promise.all([
      import('./prove-iam/deployed.ts'),
      import('./prove-iam/simulate.ts'),
      import('./prove-iam/probe.ts'),
    ]);
    const deployed = await findDeployed(await systemName(stage));
    const { lines, differences } = await simulate(deployed);
    for (const line of lines) console.log(line);
    const signal = untilStopped();
    const second = () => wait(1000, undefined, { signal });
    const probed = flags['simulate-only'] ? { lines: [], differences: 0 } : await probe(deployed, { second });
    for (const line of probed.lines) console.log(line);
    return differences + probed.differences === 0 ? EXIT.done : EXIT.problems;
  },
  ['simulate-only'],
);
