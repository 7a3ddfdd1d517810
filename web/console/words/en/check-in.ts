import { count, number, people } from './count.ts';

/** What happens at the doors, and what they counted. */
export const checkIn = {
  title: 'Check-in',
  explain:
    'Each list is a place where people are checked in: the entrance, a day or a session. A phone scans for the lists that you let it in for. The numbers follow by themselves.',
  phones: 'Phones at the doors',
  make: 'Make a list',
  toSee: (howMany: number) => `${count(howMany, 'scan', 'scans')} to look at`,
  handedOver: (howMany: number) =>
    `${count(howMany, 'scan', 'scans')} that a phone handed over: say whether they count`,
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
