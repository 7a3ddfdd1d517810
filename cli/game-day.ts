import { EXIT, runCommand, systemName, UsageError, untilStopped } from './command.ts';

const HELP = `Usage: npm run game-day -- --stage NAME [--undo]

Shows that every alarm rings and is quiet again, on AWS, in less than half an hour. Not on a day of an event: it refuses then.

  --stage  the name that the stacks begin with (plenary:name), such as Plenary
  --undo   only undoes what a game day left that was killed, and breaks nothing

What it breaks, and how that ends:
  - the outbox function may not run: mail waits; it leaves once the function may run again
  - the function of certificates may not run, and is asked for pages: they fail for anyone who asks meanwhile
  - housekeeping and mail-events are called with nothing that they can read: they fail before they do anything
  - a letter is put among the dead letters, which is of no mail and no job, and taken out again
Everything else is rung by setting the alarm's state, and listed as such. It undoes what it broke as soon as the alarms rang, when it fails and
when it is stopped by Ctrl-C; where it was killed, the alarms go on ringing until --undo, or until the next game day begins.

Region and credentials come from the environment. Exit code 1 says that an alarm did not ring, or is not quiet again.`;

process.exitCode = await runCommand(
  HELP,
  ['stage'],
  async (words, { stage }, { undo }) => {
    if (words.length > 0) throw new UsageError(`game-day takes options only, not "${words[0]}"`);
    if (!stage) throw new UsageError('say which --stage: its people notice it');
    const { findStage, holdGameDay, gameDayTable, undoAll } = await import('./game-day/day.ts');
    const found = await findStage(await systemName(stage));
    if (undo) {
      await undoAll(found.breaks);
      console.log('Nothing is broken by a game day any more.');
      return EXIT.done;
    }
    const { rows, isShown } = await holdGameDay(found, console.log, untilStopped());
    for (const line of gameDayTable(rows)) console.log(line);
    return isShown ? EXIT.done : EXIT.problems;
  },
  ['undo'],
);
