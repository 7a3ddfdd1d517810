/** Files that have a local system of their own, and why the one that files of a worker share cannot be enough. */
export const OWN_SYSTEMS: Readonly<Record<string, string>> = {
  'check-in-thousand': 'measures how long a thousand scans take, and leaves a thousand people',
  'console-factor': 'changes how a person of the team signs in',
  'console-mail': 'starts in the sandbox',
  feedback: 'compares whole tables, and listens on the line to all that is said',
  mailing: 'compares all that is stored before and after',
  restart: 'kills processes',
  rush: 'puts rivals between functions and their database',
  timing: 'measures how long answers take',
};
