/** What people told the safeguarding focal point. */
export const reports = {
  title: 'Reports',
  explain:
    'What anyone told by the report form of this event. Only members who look after children read it, vetted until the event’s end where people under 18 come, and a deputy outside the secretariat. What is about an organiser is shown to the deputy alone.',
  order:
    'Those alike stand together. Whatever took the sender’s device no work is listed below the rest: a program may have sent it, or a person.',
  recorded: 'Each look, also at this list, is recorded.',
  recordedOne: 'That you opened this report is recorded.',
  none: 'No report has come in. You get a mail when one does.',
  more: (count: number) => `and ${count} alike`,
  next50: 'Show more',
  unopened: 'Nobody has opened it yet.',
  aboutOrganiser: 'About an organiser',
  saysTheSame: 'This report says the same as',
  alike: 'Reports that say the same',
  explainAlike:
    'They may differ in the order of sentences, in punctuation, in numbers, and in how to reach whoever wrote them.',
  opened: (who: string | undefined, instant: string) =>
    `Opened first by ${who ?? 'someone who has left the team'}, ${instant}`,
  reference: 'Reference',
  received: 'Received',
  receivedAt: (instant: string) => `Received on ${instant}`,
  state: 'State',
  states: { new: 'New', 'looked-at': 'Looked at', handled: 'Handled' },
  back: 'Back to all reports',
  untitled: 'Report',
  one: (reference: string) => `Report ${reference}`,
  notFound: 'There is no such report',
  notFoundTodo: 'Check the reference.',
  what: 'What they told us',
  contact: 'How to reach them',
  noContact: 'They did not say how to reach them.',
  language: (name: string) => `Sent from the page in ${name}.`,
  steps: 'What was done',
  noSteps: 'Nothing yet.',
  by: (who: string | undefined, instant: string) => `${who ?? 'Someone who has left the team'}, ${instant}`,
  add: 'Add what was done',
  explainStep:
    'Steps stay as they are written: correct one by adding another. Nobody else than those who read reports sees them.',
  next: 'How far is it now?',
  choices: { 'looked-at': 'Looked at, not finished', handled: 'Handled, nothing left to do' },
  note: 'What was done (optional)',
  noteHint: 'For others who look after children. At most 1,000 letters.',
  send: 'Add this step',
  added: {
    'looked-at': 'The step is added. The report stays open.',
    handled: 'The step is added. The report is closed.',
  },
  changedMeanwhile:
    'Someone else added a step meanwhile, and yours was not added. Look at theirs first; what you typed is still here.',
};
