import { count, number, people } from './count.ts';

/** Whoever did something. */
interface Member {
  readonly label?: string | undefined;
  readonly isYou: boolean;
  readonly isMember: boolean;
}

function memberText({ label, isYou, isMember }: Member): string {
  if (isYou) return 'You';
  return label ?? (isMember ? 'A colleague without a name' : 'Someone who is not of the team any more');
}

/** Coarsely: whoever looks wants to know whether it is seconds, minutes or hours. */
function ago(seconds: number | undefined): string {
  if (seconds === undefined) return 'never';
  if (seconds < 60) return `${number(seconds)} s ago`;
  return seconds < 3600 ? `${number(Math.floor(seconds / 60))} min ago` : `${number(Math.floor(seconds / 3600))} h ago`;
}

const scans = (howMany: number): string => count(howMany, 'scan', 'scans');

/** What happens at the doors, and what they counted. */
export const checkIn = {
  title: 'Check-in',
  explain:
    'Each list is a place where people are checked in: the entrance, a day or a session. A phone scans for the lists that you let it in for. The numbers follow by themselves.',
  phones: 'Phones at the doors',
  make: 'Make a list',
  toSee: (howMany: number) => `${scans(howMany)} to look at`,
  handedOver: (howMany: number) => `${scans(howMany)} that a phone handed over: say whether they count`,
  looked: 'Scans that were looked at',
  old: 'The numbers could not be read just now: these are from a moment ago. They follow as soon as there is a connection.',
  list: 'List',
  open: 'Open',
  came: 'Came',
  inside: 'Inside now',
  openNow: 'Open now',
  gone: 'Its day or session is not in the programme any more: nobody can be checked in here.',
  of: (came: number, expected: number) => `${number(came)} of ${number(expected)}`,
  entrance: 'Entrance',
};

/** One list. */
export const checkInList = {
  notFound: 'There is no such list',
  newTitle: 'Make a check-in list',
  numbers: 'Who came',
  cameOf: (came: number, expected: number) =>
    `${number(came)} came, of ${number(expected)} who are expected by their registration.`,
  insideNow: (inside: number, capacity: number | undefined) =>
    capacity === undefined
      ? `${people(inside)} inside now.`
      : `${people(inside)} inside now; the room holds ${number(capacity)}.`,
  nobody: 'Nobody was checked in here yet.',
  group: 'Group',
  came: 'Came',
  inside: 'Inside',
  unknown: 'A ticket that no registration has',
  arrivals: 'When they came',
  atDoor: 'At the door',
  time: 'From',
  rules: 'Who may come in',
  change: 'Change this list',
  name: 'What staff call it',
  nameHint: 'Left empty, it is called what its place is.',
  place: 'Where',
  places: { event: 'The entrance of the event' },
  opens: 'Opens',
  closes: 'Closes',
  timesHint: (zone: string) =>
    `${zone}. Left empty, it follows the programme: the entrance opens a day before, a day two hours and a session half an hour.`,
  categories: 'Only these groups',
  categoriesHint: 'Choose none to let in all of them.',
  everyone: 'All groups',
  modes: 'Who registered to attend',
  signedUp: 'Sign-up',
  signedUpOnly: 'Only those who signed up for the session, where people sign up for it',
  passing: 'How people pass',
  passings: {
    once: 'In once: a second time is shown to a person',
    again: 'In as often as they like, counted once',
    'in-and-out': 'In and out, so that you know who is inside',
  },
  capacity: 'How many people the room holds',
  capacityHint: 'Whoever comes when it is full is let in, and staff are told.',
  save: 'Save',
  makeNow: 'Make the list',
  saved: (list: string) => `${list} is saved. Phones follow within seconds of being online.`,
  made: (list: string) => `${list} is made. Let a phone in to scan for it.`,
  changedMeanwhile:
    'Someone else changed a list meanwhile, and nothing was saved. What you typed is still here, unless they removed this list.',
  remove: 'Remove this list',
  removeFollows:
    'Nobody can be checked in here any more. A list that counted anybody, or that a phone may scan for, stays.',
  removeNow: 'Remove it now',
  removed: (list: string) => `${list} is removed.`,
};

/** Phones at the doors. */
export const phones = {
  title: 'Phones at the doors',
  explain:
    'A phone is let in with a code that it scans from this screen: once, and within ten minutes. What it scans without a network it brings in later. Shut out one that is lost: it lets nobody in any more. What it scanned before still counts when it arrives; what it scanned since, and a file that it saved, waits for you under “Scans to look at”.',
  none: 'No phone was let in yet.',
  practice: 'Practice ticket',
  practiceExplain:
    'Have everyone scan it before doors open, from this screen or on paper. The phone says PRACTICE; it counts nobody and notes nothing. Under Settings, each phone says whether it is ready.',
  letIn: 'Let a phone in',
  make: 'Show the code',
  name: 'What you call it',
  nameHint: 'So that staff find it, such as “Hall, left door”.',
  lists: 'Scans for',
  ofDay: (day: string, lists: number) => `${day}: ${count(lists, 'list', 'lists')}, with its sessions`,
  single: 'Choose lists one by one',
  howMany: 'How many phones',
  howManyHint:
    'Phones of one shift may take the same code, each once. A phone that shows minors’ names is let in alone.',
  takenBy: (taken: number, phones: number) =>
    `${number(taken)} of ${count(phones, 'phone', 'phones')} are let in with it.`,
  endsAt: 'End of the shift',
  endsHint: (zone: string) => `${zone}. From then on it only brings in what it scanned before.`,
  desk: 'Desk',
  maySearch: 'It is at a desk: whoever holds it may look for people by name',
  vetted: 'Whoever holds it was vetted until',
  vettedHint:
    'For someone only who was vetted to work with children until the event’s end. Left empty, the phone shows no name of anyone under 18 and sends them to the safeguarding desk.',
  scan: (name: string) => `Scan this with the phone “${name}”, by its camera.`,
  qr: 'QR code that lets one phone in',
  link: 'Or open this link on the phone:',
  copied: 'The link is copied.',
  goodFor: (minutes: number, seconds: number) => `Good for ${minutes}:${String(seconds).padStart(2, '0')} more.`,
  over: 'This code is over: no phone can be let in with it any more.',
  taken: (name: string) => `“${name}” is let in.`,
  another: 'Let another phone in',
  phone: 'Phone',
  until: 'Until',
  standing: 'State',
  standings: { active: 'May scan', over: 'Shift is over', revoked: 'Shut out' },
  silent: 'Silent',
  noTalk: 'Not heard of yet',
  lastTalk: (seconds: number) => `Last talk: ${ago(seconds)}`,
  waiting: (waiting: number, refused: number) =>
    `Scans waiting: ${number(waiting)}${refused > 0 ? `; refused: ${number(refused)}` : ''}`,
  ages: (roster: number | undefined, revocations: number | undefined) =>
    `Roster and keys: ${ago(roster)}; withdrawn tickets: ${ago(revocations)}`,
  scans: (hour: number, version: string) => `${scans(hour)} in the last hour; version ${version}`,
  searches: 'Desk',
  searched: ({ lastHour, most, total }: { readonly lastHour: number; readonly most: number; readonly total: number }) =>
    `Searches in the last hour: ${number(lastHour)} of ${number(most)}; in all: ${number(total)}`,
  searchEnded: 'Cannot search: five wrong codes, or let in without one. Let it in anew.',
  sees: 'Shows minors’ names',
  by: (who: Member) => `Let in by: ${memberText(who)}`,
  revoke: 'Shut out',
  revokeOf: (name: string) => `Shut out ${name}`,
  revokeNow: 'Shut it out now',
  revoked: (name: string) => `${name} is shut out.`,
};

/** What a person has to look at. */
export const toSee = {
  title: 'Scans to look at',
  explain:
    'One ticket came in twice, or staff let someone in whom the rules would not have. Nothing is dropped: say how it was. It changes no scan and no count, and can be looked at again.',
  none: 'There is nothing to look at.',
  nobody: 'A ticket that no registration has',
  unnamed: 'Someone whose name you do not see',
  gone: 'Someone who does not have this ticket any more',
  goneHint: 'No note is kept: nothing is written of someone whose data may have been erased.',
  more: (howMany: number) => `${number(howMany)} more are shown as you decide on these.`,
  at: (list: string) => `At: ${list}`,
  kind: { in: 'In', out: 'Out', undo: 'Taken back' },
  conflict: 'In already',
  decided: 'Decided',
  doubts: {
    'unknown-ticket': 'No registration has this ticket',
    hold: 'To the safeguarding desk',
    'not-confirmed': 'Not confirmed',
    'not-yet': 'Too early',
    over: 'After it closed',
    'other-mode': 'Registered to attend online',
    'other-day': 'Registered for another day',
    'other-category': 'Group is not let in here',
    'not-signed-up': 'Did not sign up',
    'closed-session': 'Not let into this closed session',
    'left-unasked': 'Under 18, and noted as gone without the safeguarding desk',
    'over-quota': 'Entered at the desk though no seat was left',
  } as Readonly<Record<string, string>>,
  reason: (reason: string) => `The desk’s reason: ${reason}`,
  decide: 'Say how it was',
  decision: 'How was it?',
  decisions: {
    'same-person': 'The same person came twice',
    'someone-else': 'Somebody else came with this ticket',
    'let-in': 'They were rightly let in',
    mistake: 'It was scanned by mistake',
  },
  openedAgain: 'To be looked at again',
  choose: 'Choose one',
  note: 'Note',
  noteHint: 'For whoever asks later. Do not write what nobody else should read.',
  save: 'Note it',
  saved: 'It is noted.',
  changedMeanwhile:
    'Someone else decided meanwhile, or a scan was taken back. Nothing was noted: this is how it stands now.',
  before: 'Decided so far',
  who: 'Whose ticket',
  by: 'By',
  member: memberText,
  replaced: 'Not so any more',
  again: 'Look again',
  againAt: (who: string) => `Look again: ${who}`,
  openedNow: 'It is among the scans to look at again. What was said before stays on record.',
};

/** Scans of a file that a phone saved, or of a phone that was shut out. */
export const handOver = {
  title: 'Scans that phones handed over',
  explain:
    'A phone that no network reaches saves its scans as a file, under Settings. Bring that file in here. A phone that was shut out sends what it has by itself; what it scanned since is listed here too. None of it counts until you say so.',
  bring: 'Bring in a phone’s file',
  file: 'The file',
  fileHint: 'It is called “check-in-scans-…json”. Who brought it in is noted.',
  bringNow: 'Bring it in',
  chooseFirst: 'Choose the file first.',
  notSaved: 'This is no file that the check-in app saved. Nothing was taken.',
  otherEvent: 'All of its scans are of another event. Nothing was taken.',
  unknownPhone: 'It is of a phone that nobody let in at this event. Nothing of that phone was taken.',
  brought: 'The file is in. Nothing of it counts until you say so.',
  broughtBut: (elsewhere: number) =>
    `The file is in, but for ${scans(elsewhere)} of another event. Nothing of it counts until you say so.`,
  by: (who: Member, at: string) => `A file, brought in by: ${memberText(who)}, ${at}.`,
  sent: (at: string) => `Sent by the phone itself after it was shut out, first on ${at}.`,
  shutOut: (at: string) => `It was shut out on ${at}.`,
  notWhole: 'Only a part of the file came in. Choose the same file again: what is here already is not taken twice.',
  others: (howMany: number) =>
    `${number(howMany)} more of its entries are on the server already, came twice, or are no scans.`,
  before: (howMany: number, isShutOut: boolean, isSent: boolean) =>
    isSent
      ? `${scans(howMany)} dated before it was shut out, but too early to be believed, or entering someone`
      : isShutOut
        ? `${scans(howMany)} before it was shut out`
        : scans(howMany),
  after: (howMany: number, _isShutOut: boolean, _isSent: boolean) => `${scans(howMany)} after it was shut out`,
  parts: { before: 'before', after: 'after it was shut out' },
  span: (from: string, to: string) => `From ${from} to ${to}`,
  count: 'Count them',
  leaveOut: 'Leave them out',
  interrupted: (howMany: number) => `${scans(howMany)} are still to be done: press again.`,
  counted: (howMany: number) => `${number(howMany)} counted.`,
  leftOut: (howMany: number) => `${number(howMany)} left out.`,
  refused: (howMany: number) => `${number(howMany)} cannot count: their list is gone, or they are known otherwise.`,
  pressedBy: (who: Member, at: string) => `By: ${memberText(who)}, ${at}`,
  done: { count: 'They count now, each once.', 'leave-out': 'They are left out. You can count them later.' },
};
