import { number, people } from './count.ts';

/** What is arranged for one person at a time. */
export const arrange = {
  title: 'To arrange',
  explain:
    'What people who have a place asked us to arrange for them. Tick what is arranged, so that the others of the team see it.',
  recorded: 'Each time someone opens this list, that is recorded. Show it to nobody who does not need it.',
  left: (open: number, all: number) =>
    open === 0 ? `All ${number(all)} are arranged.` : `${number(open)} of ${number(all)} still to arrange.`,
  none: 'Nobody has asked for anything of their own yet. People say it on the page of their registration.',
  again: 'Read the list again',
  readAgain: 'This is the list now.',
  hidden: (howMany: number) =>
    `${people(howMany)} under 18 asked for something too. Only members of the care team who were vetted until the event’s end see whom and what.`,
  sent: (instant: string) => `Asked for on ${instant}`,
  tick: 'Mark as arranged',
  tickOf: (name: string) => `Mark as arranged: ${name}`,
  untick: 'Not arranged after all',
  untickOf: (name: string) => `Not arranged after all: ${name}`,
  ticked: (name: string) => `What ${name} needs is marked as arranged.`,
  unticked: (name: string) => `What ${name} needs is open again.`,
  arranged: 'Arranged',
  by: (who: string | undefined, instant: string) => `${who ?? 'by someone who has left the team'}, ${instant}`,
  changedMeanwhile: (name: string) =>
    `${name} changed this meanwhile, and nothing was ticked. The list shows what is asked for now.`,
  before: 'Before, they had asked for:',
};
