import { count, number, people } from './count.ts';

const mails = (value: number): string => count(value, 'mail', 'mails');

/** Writing to many. */
export const messages = {
  title: 'Messages',
  explain:
    'Write to everyone, or to a group of those who registered. Each person gets a mail of their own, in their language.',
  none: 'Nothing was written to many yet.',
  write: 'New message',
  back: 'All messages',
  notFound: 'There is no such message',
  about: 'Message',
  to: 'To',
  sentAt: 'Written',
  progress: 'How far it is',
  /** What we write to many by ourselves; an organiser's message is called by its subject. */
  kind: {
    'organiser-message': 'Message',
    'reminder-week': 'Reminder, a week before',
    'reminder-day': 'Reminder, the day before',
    'thank-you': 'Thanks',
    'event-postponed': 'The event is postponed',
    'event-cancelled': 'The event is cancelled',
    'event-moved-online': 'The event moved online',
    'event-rescheduled': 'When the event takes place',
    'programme-changed': 'The programme changed',
  },
  /** Of the list: whether they have arrived is said on the message's own page. */
  written: (written: number, expected: number | undefined): string =>
    expected === undefined ? `${mails(written)} so far` : `${number(written)} of ${mails(expected)} ready`,
  allWritten: (written: number): string => `${mails(written)}, sent or waiting for their turn`,
  stopped: 'Stopped',

  newTitle: 'New message',
  whom: 'To whom',
  statuses: 'Status',
  categories: 'Groups',
  modes: 'Takes part',
  sessions: 'Signed up for',
  confirmedAlone: 'None ticked means everyone who is confirmed.',
  everyGroup: 'None ticked means all groups.',
  everyMode: 'None ticked means both.',
  everySession: 'None ticked means whether or not anyone signed up for one.',
  anyone: 'everyone',
  attending: 'everyone who takes part',
  counting: 'Counting…',
  goesTo: (count: number, letters: number): string =>
    count === 0
      ? 'This goes to nobody at the moment.'
      : `This goes to ${people(count)}${letters === count ? '' : `, in ${mails(letters)}: a coordinator gets one about several`}.`,
  bounced: (value: number): string =>
    `${people(value)} ${value === 1 ? 'is' : 'are'} left out because mail to them came back.`,
  correctThem: 'Correct their addresses first',
  complained: (value: number): string =>
    `${people(value)} ${value === 1 ? 'is' : 'are'} left out because they called our mail unwanted.`,
  optedOut: (value: number): string =>
    `${people(value)} ${value === 1 ? 'is' : 'are'} left out because they, or the coordinator who reads their mail, stopped reminders and messages.`,
  readsOther: (value: number, own: string, read: string): string =>
    `${count(value, 'mail goes to a reader', 'mails go to readers')} of ${own}, and will be in ${read}.`,
  takes: (minutes: number): string =>
    minutes < 2
      ? 'It takes about a minute until the last has left.'
      : minutes < 120
        ? `It takes about ${number(minutes)} minutes until the last has left.`
        : minutes < 60 * 48
          ? `It takes about ${number(Math.round(minutes / 60))} hours until the last has left.`
          : `It takes about ${number(Math.round(minutes / 60 / 24))} days until the last has left: the mail service allows no more a day.`,
  waits: 'Tickets and links leave first. Whoever got three mails within the hour gets this one later.',

  what: 'What it says',
  subject: 'Subject',
  text: 'Text',
  in: (label: string, language: string): string => `${label} (${language})`,
  textHint:
    'Plain text. An empty line begins a new paragraph. The greeting, a link to the reader’s own page and how to reach you are added.',
  elseRead: (language: string): string => ` What you leave empty in another language is read in ${language}.`,
  look: 'Look at it before sending',
  preview: 'This is how it reads',
  previewHint: 'The button leads each reader to their own page.',
  language: 'Language',
  form: 'Form',
  asMail: 'As a mail',
  asText: 'As plain text',
  subjectIs: (subject: string): string => `Subject: ${subject}`,
  frame: 'The mail as its readers see it',
  test: 'Send a test to me',
  tested: (to: string): string => `A test is on its way to ${to}.`,
  edited: 'You changed something since. Look at it again before sending.',
  send: (value: number): string => `Send to ${people(value)}…`,
  follows: (value: number): string =>
    `It begins to leave within a minute, to ${people(value)}. What has left cannot be taken back; what still waits can be stopped.`,
  sendNow: 'Send it now',
  sent: 'The message is on its way. Nobody gets it twice.',
  changed: 'More or fewer people are in this group by now. Look at the number again, then send.',
  differs:
    'This message was sent already, perhaps from another window, with other words or to others. Nothing more was sent.',
  seeSent: 'See what was sent',
  startAnew: 'Keep these words as a new message',
  discard: 'Discard this draft',

  preparing: (written: number, expected: number): string =>
    `Being prepared: ${number(written)} of ${mails(expected)} ready to leave.`,
  leaving: (left: number, all: number): string => `${number(left)} of ${mails(all)} done.`,
  waitTheirTurn: (waiting: number): string =>
    `${mails(waiting)} ${waiting === 1 ? 'waits for its turn' : 'wait for their turn'}. Tickets and links leave first, and nobody gets more than three mails an hour.`,
  finished: (all: number): string => `Done: nothing of its ${mails(all)} waits any more.`,
  stoppedWith: (never: number): string =>
    never === 0
      ? 'It was stopped, when everything had left already.'
      : `It was stopped: ${mails(never)} did not leave.`,
  stop: 'Stop it…',
  stopFollows:
    'What still waits does not leave any more. What has left cannot be taken back, and a few more may be leaving this moment.',
  stopNow: 'Stop it now',
  stoppedNow: 'It is stopped. What had left has left.',
  said: 'What it says',
  results: 'What became of it',
  all: 'All',
  who: 'Recipient',
  became: 'Mail',
  aboutPeople: (value: number): string => `A coordinator’s mail about ${people(value)}`,
  state: {
    waiting: 'Waiting',
    sent: 'Sent',
    arrived: 'Arrived',
    returned: 'Came back',
    unwanted: 'Called unwanted',
    failed: 'Failed',
    'not-needed': 'Not needed',
    stopped: 'Stopped',
  },
  why: {
    waiting: 'Leaves when its turn comes.',
    sent: 'The mail service took it.',
    arrived: 'Their mail server took it.',
    returned: 'It did not arrive.',
    unwanted: 'It arrived, and they marked it as unwanted.',
    failed: 'The mail service refused it for good.',
    'not-needed': 'When its turn came, they were not in the group any more, or had stopped such mail.',
    stopped: 'It was stopped before it left.',
  },
  unnamed: (value: number): string =>
    `${people(value)} under 18 ${value === 1 ? 'is' : 'are'} counted here and not named: only whoever was vetted sees them.`,
  forgotten: (value: number): string =>
    `Of ${mails(value)} nothing is known any more: the registration was deleted, or it was long ago.`,
  noResults: 'Nobody so far.',
  first: 'First page',
  next: 'Next page',
  paging: 'Pages of the list',
};
