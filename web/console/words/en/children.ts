import { count, number } from './count.ts';

const young = (value: number): string => count(value, 'young person', 'young people');
const come = (minors: number): string =>
  minors === 0
    ? 'No young person comes in person so far.'
    : `${young(minors)} ${minors === 1 ? 'comes' : 'come'} in person.`;
const ready = (chaperones: number): string =>
  `${chaperones === 0 ? 'No adult is' : count(chaperones, 'adult is', 'adults are')} ready: confirmed, said yes, and vetted until the event’s end.`;

// People under 18: what their guardians said, and who looks after them.

export const children = {
  title: 'Children',
  noted: 'Each look at this page, and at each child’s page, is noted: who looked, at whom and when.',
  none: 'Nobody under 18 is registered.',
  day: 'Who comes in person',
  everyDay: 'Everyone under 18, on any day or online',
  noneOnDay: 'Nobody under 18 is expected in person on that day.',
  rule: (least: number, ratio: number) =>
    `There have to be at least ${number(least)} adults, and one for each ${number(ratio)} young people and one more.`,
  enough: (minors: number, chaperones: number, needed: number) =>
    minors === 0
      ? come(minors)
      : `${come(minors)} That takes ${count(needed, 'adult', 'adults')}. ${ready(chaperones)}`,
  tooFew: (minors: number, chaperones: number, needed: number) =>
    `${come(minors)} That takes ${count(needed, 'adult', 'adults')}. ${ready(chaperones)} Until there are enough, the door sends every young person to the safeguarding desk.`,
  toConfirm: (forms: number) =>
    forms === 1
      ? 'A signed form waits for a second person.'
      : `${number(forms)} signed forms wait for a second person.`,
  leaving: 'Leaving waits for a second person',
  leavingToConfirm: (waiting: number) =>
    waiting === 1
      ? 'How a young person leaves waits for a second person.'
      : `How ${number(waiting)} young people leave waits for a second person.`,
  form: 'The form that guardians without e-mail sign, to print:',
  name: 'Name',
  state: 'Where it stands',
  answerBy: 'Answer by',
  lookedAfter: 'Chaperone',
  step: {
    unproven: 'Young person is asked by mail whether it is them',
    asked: 'Guardian is asked by mail',
    'paper-awaited': 'Signed form is awaited',
    'paper-recorded': 'Form waits for a second person',
    agreed: 'Guardian agreed; answers are awaited',
  },
  unreachable: 'Guardian not reached',
  standing: { ok: 'May go in', 'hold-safeguarding': 'Safeguarding desk' },
  tie: {
    nobody: () => 'No chaperone is named.',
    away: (name: string) => `${name} does not come on all of their days.`,
    asked: (name: string) => `${name} has not said yes yet.`,
    'not-vetted': (name: string) => `${name} is not vetted until the event’s end.`,
    safe: (name: string) => name,
  },
  tooFewInAll: 'There are too few chaperones in all.',
  chaperones: 'Chaperones',
  noChaperones: 'Nobody was asked yet. Ask an adult here, or name one on the page of a young person.',
  looksAfter: (minors: number, ratio: number) => `Looks after ${number(minors)}, at most ${number(ratio)}`,
  accepted: (at: string) => `Said yes on ${at}`,
  declined: (at: string) => `Said no on ${at}`,
  asked: (at: string) => `Asked on ${at}`,
  notAsked: 'Not asked',
  vetted: (date: string) => `Vetted until ${date}`,
  notVetted: 'Not vetted',
};

export const ask = {
  open: 'Ask an adult',
  hint: 'Of an adult whose own seat in the room is confirmed; it stands on their mail, page and ticket. They are mailed and asked; nobody is entrusted to them yet.',
  send: 'Ask this adult',
  before: (name: string) => `${name} was asked before and has said yes.`,
};

export const vet = {
  title: 'Vetted as a chaperone',
  explain:
    'Propose it when you have seen the proof. Somebody of safeguarding who is vetted accepts it on the page “Children”.',
  open: 'Change the vetting',
  propose: 'Propose the vetting',
  until: 'Vetted until',
  hint: (last: string) =>
    `The last day for which you have seen the proof; ${last}, the event’s last day, or later. A later day than now waits for a second person. An earlier one holds at once; left empty: not vetted any more.`,
  proposeHint: (last: string) =>
    `The last day for which you have seen the proof; ${last}, the event’s last day, or later. It waits for somebody of safeguarding who is vetted.`,
  save: 'Save the vetting',
  proposal: 'Proposed vetting',
  proposed: (name: string) =>
    `The vetting of ${name} is proposed. Somebody else of safeguarding who is vetted has to accept it.`,
  you: 'you',
  waits: (by: string, date: string, at: string) =>
    `Proposed by ${by} on ${at}: vetted until ${date}. Waits for somebody else of safeguarding who is vetted.`,
  accept: 'Accept the vetting',
  acceptOf: (name: string) => `Accept the vetting of ${name}`,
  withdraw: 'Withdraw',
  withdrawOf: (name: string) => `Withdraw the proposed vetting of ${name}`,
  stays: (name: string) => `Nothing is proposed for ${name}. How they are vetted stays as it was.`,
  saved: (name: string, date: string) => `${name} is vetted until ${date}.`,
  ended: (name: string) => `${name} is not vetted any more. Whoever they look after goes to the safeguarding desk.`,
  changedMeanwhile: 'This adult’s registration changed meanwhile, and nothing was saved. This is how it is now.',
};

export const child = {
  back: 'Back to all children',
  title: 'A young person',
  notFound: 'There is no such young person',
  notFoundTodo: 'Check the reference. Where a registration has ended, everything about it was deleted.',
  noted: 'That you looked at this page is noted.',
  about: 'Young person',
  guardian: 'Guardian',
  consents: 'Consents',
  name: 'Name',
  email: 'E-mail',
  language: 'Language of mail',
  status: 'Registration',
  mode: 'Takes part',
  answerBy: 'Deleted without an answer by',
  answers: 'All answers',
  openAnswers: 'Open the registration',
  onPaper: 'None: signs on paper',
  phone: 'Phone for an emergency',
  askedAt: 'Asked',
  reminders: 'Reminded, unless they answer before',
  mail: 'Mail',
  unreachable: 'It came back or was called unwanted. The young person was told.',
  agreedAt: 'Agreed',
  signed: 'Signed form',
  signedBy: (name: string, date: string) => `By ${name}, ${date}`,
  recorded: 'Recorded',
  confirmed: 'Confirmed',
  by: (at: string, name: string | undefined) => (name === undefined ? at : `${at}, by ${name}`),
  agreed: (version: string) => `Yes, to version ${version}`,
  refused: 'No',
  ownRefusal: (version: string) => `No: the guardian agreed to version ${version}, the young person did not`,
  unanswered: 'Not answered yet',
  changedMeanwhile:
    'Something about this young person changed meanwhile, and nothing was saved. This is how it is now.',
  meanwhile: 'What changed meanwhile:',
  was: (label: string, before: string, now: string) => `${label}: ${now} (before: ${before})`,
  nothing: 'nothing',
};

export const handover = {
  title: 'When they leave',
  explain:
    'Look when somebody comes to fetch this young person, or they want to leave alone. That you looked is noted; tell nobody else what it says.',
  open: 'Show how they leave',
  nothing:
    'The guardian has said nothing. Only the guardian or the chaperone may fetch them; for anyone else, call the guardian.',
  noCode:
    'The guardian signed on paper, and no code was made for them yet. Call the guardian before anyone fetches this young person.',
  alone: 'May leave alone',
  mayLeave: 'Yes',
  mayNot: 'No',
  adults: 'Adults who may fetch them',
  never: 'Must not fetch them',
  saidAt: 'Said',
  code: 'Code of whoever fetches them',
  codeHint: 'Six digits that the guardian gave them. Ask for the code and the name; do not say them yourself.',
  check: 'Check the code',
  right: 'The code is right. Look at the name too: only somebody who is named above, or the guardian.',
  wrong: (left: number) =>
    `The code is wrong. Do not let them go: call the guardian. ${count(left, 'more try', 'more tries')} before no code is taken.`,
  locked:
    'Too many wrong codes were tried, so none is taken now. Do not let them go: call the guardian, whose number stands above.',
  reopen: 'I have called the guardian',
  why: 'What the guardian said',
  whyHint:
    'Noted with your name and the time. Whoever has the code can be asked for it again then; a guardian who has a page of their own can also make a new one there.',
  reopenNow: 'Take codes again',
  reopened: 'Codes are taken again. That you called, and what the guardian said, is noted.',
  notedAt: 'Noted from the signed form',
  note: 'Note what the signed form says',
  aloneHint: 'A box that is not ticked means no.',
  choose: 'Choose',
  adult: (number: number) => `Adult ${number} who may fetch them`,
  noteNow: 'Note it',
  noted: 'Noted from the signed form, with your name. It counts once a second person has confirmed it.',
  waiting: (noted: string) =>
    `What was noted from the signed form (${noted}) counts for nothing until a second person has confirmed it. In doubt, call the guardian.`,
  waits: 'How they leave waits for a second person',
  waitsExplain:
    'It was noted from the signed form, and counts for nothing until another person has looked. That you look is noted.',
  openWaiting: 'Show what was noted',
  own: 'You noted this, so another person has to look at the paper and confirm it. You can put it aside if it is wrong.',
  confirmed: 'Confirmed. This is how the young person leaves from now on.',
  reject: 'Put it aside',
  rejectSure: 'It is deleted. What was confirmed before, if anything was, goes on counting.',
  rejected: 'It is put aside.',
  newCode: 'A code for the guardian',
  newCodeExplain:
    'This guardian has no page of their own. Make a code once two people have read on the paper how the young person leaves, and hand it to them, printed or read out: whoever fetches the young person says it.',
  codeLater: 'There can be no code before a second person has confirmed how this young person leaves.',
  lastMade: (made: string) => `The last code was made ${made}.`,
  make: 'Make a code',
  makeSure: 'It is shown once. A code that was made before does not count any more.',
  makeNow: 'Make it now',
  made: 'The code is made. It is shown this once.',
  codeOnce: 'The code for whoever fetches the young person:',
  copied: 'The code is copied.',
  keep: 'Tell it to nobody but whoever fetches the young person. They say it at the safeguarding desk.',
  print: 'Print the code',
  handedOver: 'It is handed over',
};

export const paper = {
  title: 'The signed form',
  explain:
    'Type what stands on the paper and nothing else. It counts once a second person has held the same paper against your record. Keep it locked away.',
  blank: 'The form to print and hand over:',
  open: 'Record a signed form',
  required: 'Ticked on the form? Without this yes the young person cannot take part.',
  choice: 'Ticked on the form? Empty means no, and changes nothing else.',
  version: 'Version on the form',
  versionOf: (title: string) => `Version of “${title}”`,
  versionHint: 'It stands below the title.',
  otherVersion: (version: string) =>
    `The event’s text is version ${version} now. What was signed in another version does not count: have the new form signed.`,
  notTicked:
    'Without this yes the young person cannot take part. If the guardian does not agree, enter that below under “What the guardian tells you”.',
  signedBy: 'Name under the signature',
  signedOn: 'Date beside the signature',
  phone: 'Phone number for an emergency',
  send: 'Record the form',
  recorded: 'The form is recorded. It counts once a second person has confirmed it.',
  decide: 'Does the paper say the same?',
  waits: 'A second person has to look',
  own: 'You recorded this form, so another person has to look at the paper and confirm it. You can put the record aside if it is wrong.',
  look: 'Take the paper in your hand. Confirm only if everything below stands on it, and the signature is there.',
  confirm: 'Yes, it says the same',
  confirmed: 'The form is confirmed. The young person is mailed that it is their turn.',
  reject: 'Put the record aside',
  rejectSure: 'The record is deleted, and a signed form is awaited again.',
  rejectNow: 'Put it aside now',
  rejected: 'The record is put aside. A signed form is awaited again.',
};

export const chaperone = {
  title: 'Chaperone',
  tie: {
    nobody: 'Nobody is named. Until then the door sends this young person to the safeguarding desk.',
    away: 'This adult does not come on each day on which the young person does. Name someone who does.',
    asked: 'They have not said yes yet. They were mailed and answer on their own page.',
    'not-vetted': 'They said yes, but are not vetted until the event’s end.',
    safe: 'They said yes and are vetted until the event’s end.',
  },
  who: 'Who',
  reference: 'Reference',
  answer: 'Answer',
  vetting: 'Vetting',
  load: 'Young people',
  name: 'Name a chaperone',
  swap: 'Name another chaperone',
  label: 'Reference of the adult',
  hint: 'Of an adult whose own seat in the room is confirmed; it stands on their mail, page and ticket. Whoever said yes before looks after the young person at once; anyone else is mailed and asked.',
  send: 'Name this adult',
  named: (name: string) => `${name} is asked by mail, and says yes or no on their own page.`,
  atOnce: (name: string) => `${name} looks after the young person from now on.`,
  remove: 'Take the chaperone away',
  removeSure: 'The door then sends this young person to the safeguarding desk until another one is named.',
  removeNow: 'Take them away now',
  removed: 'Nobody looks after the young person now.',
};

export const withdraw = {
  title: 'What the guardian tells you',
  explain: 'What a guardian says by phone or on paper, you enter for them. It is noted that you did.',
  takeBack: (title: string) => `Takes back: ${title}`,
  takeBackSure: 'The registration goes on without it.',
  takeBackNow: 'Take it back now',
  takenBack: (title: string) => `Taken back: ${title}.`,
  refuse: 'The guardian does not agree',
  end: 'The guardian withdraws their consent',
  sure: 'The registration ends. Everything about the young person and the guardian is deleted, and the young person is told kindly. This cannot be undone.',
  now: 'End it and delete everything',
  ended: 'The registration has ended, and everything about it is deleted.',
};
