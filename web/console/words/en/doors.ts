import { count, number } from './count.ts';

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
  propose: 'Propose it',
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
    'For someone only who was vetted to work with children until the event’s end. It takes two: somebody else of safeguarding who is vetted accepts it, and is shown the code. Left empty, the code comes at once; the phone then shows no name of anyone under 18 and sends them to the safeguarding desk.',
  proposals: 'Phones that are to show minors’ names',
  proposalsExplain:
    'Each takes two people. Whoever accepts it is shown the code, and has the right phone scan it: the one in the hands of the person who was vetted.',
  proposed: (name: string) => `“${name}” is proposed. It gets its code once somebody else of safeguarding accepts it.`,
  proposedBy: (who: Member, at: string) => `Proposed by: ${memberText(who)}, ${at}`,
  acceptedBy: (who: Member) => `Accepted by: ${memberText(who)}. No phone has taken the code yet.`,
  waitsForSecond: 'Waits for somebody else of safeguarding who is vetted.',
  holder: (vetted: string, until: string) => `Its holder was vetted until ${vetted}; its shift ends ${until}`,
  accept: 'Accept',
  acceptOf: (name: string) => `Accept “${name}” and show its code`,
  codeAnew: 'Show a new code',
  codeAnewOf: (name: string) => `Show a new code for “${name}”`,
  withdraw: 'Withdraw',
  withdrawOf: (name: string) => `Withdraw the proposal of “${name}”`,
  withdrawn: (name: string) => `The proposal of “${name}” is withdrawn.`,
  changedMeanwhile: 'Somebody else decided on this phone meanwhile. This is how it is now.',
  close: 'Close',
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
