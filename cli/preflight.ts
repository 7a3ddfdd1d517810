import { EXIT, runCommand, UsageError } from './command.ts';

const HELP = `Usage: npm run preflight [-- --stage NAME --opening PEOPLE]

Says on one page what the AWS account lacks for a deployment, and how many people it carries as registration opens. Before the
first deployment, and after it. It only asks, and changes nothing.

  --stage    the system's name, where it is not the one that cdk.json configures
  --opening  how many are expected in the minute in which registration opens; everything is raised for these

Region and credentials come from the environment. Exit code 1 says that something is in the way of a deployment.`;

process.exitCode = await runCommand(HELP, ['stage', 'opening'], async (words, { stage, opening }) => {
  if (words.length > 0) throw new UsageError(`preflight takes options only, not "${words[0]}"`);
  if (opening !== undefined && !/^[1-9]\d{0,7}$/.test(opening))
    throw new UsageError(`--opening is a number of people, not "${opening}"`);
  const [{ projectConfig }, { askAccount }, { preflightPage }] = await Promise.all([
    import('../infra/config.ts'),
    import('./preflight/ask.ts'),
    import('./preflight/page.ts'),
  ]);
  const answers = await askAccount(projectConfig(stage ? [`plenary:name=${stage}`] : []));
  const { lines, isReady } = preflightPage(answers, opening === undefined ? undefined : Number(opening));
  for (const line of lines) console.log(line);
  return isReady ? EXIT.done : EXIT.problems;
});
