import { count } from './count.ts';

/** Badges to be printed. */
export const badges = {
  title: 'Badges',
  explain:
    'For everyone who comes to the room, by name. The code on a badge is their ticket: doors scan it as they scan the one in the mail. A new ticket makes the badge worthless.',
  minors: 'Badges of people under 18 are printed one at a time, by reference, and say their name only.',
  category: 'Group',
  everyone: 'Everyone',
  reference: 'Only this reference',
  referenceHint: 'For one person, such as who came without their badge.',
  paper: 'Paper',
  papers: { a6: 'A6, one badge each', a4: 'A4, four badges each', label: 'Labels, 100 × 62 mm' },
  show: 'Show the badges',
  found: (shown: number, total: number) =>
    shown === total ? count(total, 'badge', 'badges') : `${shown} of ${count(total, 'badge', 'badges')}`,
  print: 'Print these',
  none: 'Nobody fits who comes to the room.',
  next: 'The next ones',
  first: 'Back to the first',
  noPhoto: 'No photo',
  code: (name: string) => `Code of ${name}`,
};
