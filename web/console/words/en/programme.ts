import { number } from './count.ts';

// When registration is open, and the sessions.

export const programme = {
  title: 'Programme',
  sessions: 'Sessions',
  explain:
    'Open a session to move it, rename it, or close it to all but some groups. The event’s page follows within a minute.',
  add: 'Add a session',
  noSessions: 'Nothing on this day yet.',
  time: 'Time',
  session: 'Session',
  room: 'Room',
  who: 'For whom',
  everyone: 'Everyone',
  closed: 'Closed',
  signUp: 'People sign up for it',
};

export const eventState = {
  title: 'Does it take place?',
  now: { scheduled: 'As planned', postponed: 'Postponed', cancelled: 'Cancelled', 'moved-online': 'Online only' },
  means: {
    scheduled: 'The event takes place on its dates.',
    postponed: 'Nobody can register until it takes place again, on these dates or others.',
    cancelled: 'Nobody can register. Tickets are not shown any more.',
    'moved-online': 'Everyone takes part online; seats in the room stay with whoever has them, in case it comes back.',
  },
  change: {
    scheduled: 'Have it take place',
    postponed: 'Postpone it',
    cancelled: 'Call it off',
    'moved-online': 'Move it online',
  },
  follows: {
    scheduled: 'The event takes place as its page then says. Tickets work, and registration is open at its times.',
    postponed: 'Registration closes, dates and tickets are no longer shown, and entries in calendars are taken out.',
    cancelled: 'Registration closes, tickets are no longer shown, and entries in calendars are taken out.',
    'moved-online':
      'Nobody can choose to come in person any more. Whoever was to come takes part online, and whoever waits for a seat in the room gets one online, as far as there are any.',
  },
  mailed: (people: number) =>
    people === 0
      ? 'Nobody is registered, so nobody is mailed.'
      : people === 1
        ? 'One mail tells it to whoever is registered.'
        : `${people} mails tell it to everyone who is registered, and others to guardians of those under 18. They cannot be called back.`,
  sure: {
    scheduled: 'Have it take place, and tell everyone',
    postponed: 'Postpone it, and tell everyone',
    cancelled: 'Call it off, and tell everyone',
    'moved-online': 'Move it online, and tell everyone',
  },
  done: {
    scheduled: 'The event takes place. Mail to everyone is on its way.',
    postponed: 'The event is postponed. Mail to everyone is on its way.',
    cancelled: 'The event is cancelled. Mail to everyone is on its way.',
    'moved-online': 'The event has moved online. Mail to everyone is on its way.',
  },
  dates: {
    change: 'Put it on other dates',
    firstDay: 'First day',
    hint: (days: number) =>
      days === 1
        ? 'For more days than one, change days in the event’s file and publish it: npm run event.'
        : `All ${number(days)} days move along with it, as far apart as they are, with their hours and sessions. For more or fewer days, change days in the event’s file and publish it: npm run event.`,
    resulting: (dates: readonly string[]) => `Then it is on ${dates.join('; ')}.`,
    same: 'The event is on this date already.',
    follows:
      'People stay registered for their days and sessions, and get a new calendar and ticket where they have one. Look at the times of registration afterwards: they stay as they are. So does any date that is written in the event’s texts.',
    sure: 'Change the dates, and tell everyone',
    done: 'The event is on other dates. Mail to everyone is on its way.',
  },
};

export const window = {
  title: 'Registration',
  state: { 'not-open': 'Not open yet', open: 'Open', closed: 'Closed' },
  times: {
    'not-open': (opens: string, closes: string, zone: string) => `From ${opens} until ${closes} (${zone}).`,
    open: (_: string, closes: string, zone: string) => `Until ${closes} (${zone}).`,
    closed: (_: string, closes: string, zone: string) => `Since ${closes} (${zone}).`,
  },
  shut: 'Until an organiser opens it: somebody has to read reports about children first.',
  now: { open: 'Open registration now', close: 'Close registration now' },
  follows: {
    open: 'From now on anyone can register.',
    close:
      'Nobody new can register from now on. Whoever is registered stays so, and can still change or cancel by their link; the waiting list goes on.',
  },
  sure: { open: 'Open it', close: 'Close it' },
  done: { open: 'Registration is open.', close: 'Registration is closed.' },
  change: 'Change the times',
  openAgain: 'Open it again',
  opensAt: 'Opens',
  closesAt: 'Closes',
  zone: (zone: string) => `${zone}, whatever your own clock shows.`,
  save: 'Save the times',
  saved: 'The times are saved.',
  changedMeanwhile:
    'Someone else changed the event meanwhile, and nothing was saved. This is how it is now; what you typed is still here.',
};

export const unproven = {
  title: 'Seats that nobody confirms',
  state: {
    proposed: (within: string) =>
      `A seat is to be confirmed within ${within} while others wait for it; then the overview proposes it for release.`,
    automatic: (within: string) =>
      `A seat is to be confirmed within ${within} while others wait for it; then it goes to them by itself.`,
  },
  change: 'Change the time to confirm',
  within: 'To be confirmed within',
  withinHint:
    'At least 72 hours, for people are asked by two mails, 48 hours apart. It counts at once, for whoever registered before too.',
  unit: 'Counted in',
  days: 'days',
  hours: 'hours',
  release: 'Then the seat',
  releases: {
    proposed: 'is proposed on the overview; you release it',
    automatic: 'goes by itself to whoever waits',
  },
  save: 'Save the rules',
  saved: 'The rules are saved.',
};

export const session = {
  back: 'Back to the programme',
  notFound: 'There is no such session',
  addTitle: 'Add a session',
  inLanguage: (name: string, language: string) => `${name} in ${language}`,
  title: 'Title',
  day: 'Day',
  start: 'Begins',
  end: 'Ends',
  room: 'Room',
  abstract: 'What it is about',
  meetingUrl: 'Address of the online meeting',
  meetingUrlHint: 'Seen only by those who are confirmed and press “Join”, from 15 minutes before it begins.',
  signUp: 'Signing up',
  signUpTake: 'People choose it when they register',
  signUpHint: 'So that you know how many come. Without it, the session is open to all who come.',
  audience: 'Only for these groups',
  audienceHint:
    'Ticked for any group, it is a closed session: nobody else sees it, and people of these groups attend it once they are approved. None ticked: for everyone.',
  save: 'Save the session',
  add: 'Add the session',
  saved: (title: string) =>
    `“${title}” is saved. Whoever signed up stays signed up. Whom it concerns is mailed what changed, in ten minutes to an hour.`,
  added: (title: string) => `“${title}” is added.`,
  now: 'Someone else changed this session meanwhile. Saving replaces what they made of it:',
  changedMeanwhile:
    'Someone else changed the event meanwhile, and nothing was saved. What you typed is still here: look it over and save again.',
};
