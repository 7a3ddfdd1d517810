import { EXIT, runCommand, systemName, UsageError } from './command.ts';

const HELP = `Usage: npm run canary -- --stage NAME

Makes what the canary of a deployment needs: an event of its own, a phone, a ticket, and a secret. Eight times a day a function then registers
there, waits until SES says that the mail arrived, erases that, and scans the ticket. Given again, all of it is made anew, and the former keys open
nothing any more.

  --stage  the name that the stacks begin with (plenary:name), such as Plenary

The keys are in three parameters of Systems Manager, encrypted: /NAME/canary/device, /NAME/canary/ticket, /NAME/canary/secret. The secret is kept
nowhere else. Region and credentials come from the environment.`;

process.exitCode = await runCommand(HELP, ['stage'], async (words, { stage }) => {
  if (words.length > 0) throw new UsageError(`canary takes options only, not "${words[0]}"`);
  if (!stage) throw new UsageError('say which --stage');
  const { canaryStage, makeCanary } = await import('./canary/make-canary.ts');
  const names = await makeCanary(await canaryStage(await systemName(stage)));
  console.log(`Made: ${names.join(', ')}. The canary flies with them within three hours.`);
  return EXIT.done;
});
