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
  papers: {
    a6: 'A6, one badge each',
    a4: 'A4, four badges each',
    label: 'Labels, 100 × 62 mm',
    list: 'List, for a power cut',
    temporary: 'Temporary badges with numbers, A4',
  },
  show: 'Show the badges',
  found: (shown: number, total: number) =>
    shown === total ? count(total, 'badge', 'badges') : `${shown} of ${count(total, 'badge', 'badges')}`,
  print: 'Print these',
  none: 'Nobody fits who comes to the room.',
  next: 'The next ones',
  first: 'Back to the first',
  list: {
    came: 'Came',
    name: 'Name',
    organisation: 'Organisation',
    category: 'Group',
    reference: 'Reference',
    temporary: 'Temporary badge',
    time: 'Time',
    explain:
      'Without a phone that works, tick who comes and write down the number of the badge that they are handed, and when. Once phones work again, find each by reference at a desk and check them in.',
  },
  temporary: 'Temporary badge',
  temporaryHint: 'For whoever comes while nothing can be looked up: the number goes on the list, beside their name.',
  noPhoto: 'No photo',
  code: (name: string) => `Code of ${name}`,
};
