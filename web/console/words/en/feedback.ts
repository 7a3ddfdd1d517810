import { count, number, people } from './count.ts';

export { feedbackMay } from './feedback-may.ts';

const share = (part: number, whole: number): string => `${Math.round((100 * part) / whole)} %`;

/** What people said who came. */
export const feedback = {
  title: 'Feedback',
  explain:
    'A form for each session, and one for the whole event. Whoever came can answer once, and nobody can tell who said what: so numbers move on when five more people have answered, and up to four who answered last may never be shown.',
  none: 'This event asks for no feedback.',
  old: 'The numbers could not be read just now: these are from a moment ago. They follow as soon as there is a connection.',
  form: 'Form',
  standing: 'State',
  answers: 'Answered',
  rate: 'Of those who came',
  standings: { 'not-yet': 'Not open yet', open: 'Open', closed: 'Closed', off: 'Switched off' },
  times: {
    'not-yet': (at: string) => `Opens ${at}`,
    open: (at: string) => `Until ${at}`,
    closed: (at: string) => `Since ${at}`,
    off: () => '',
  },
  wholeEvent: 'The whole event',
  fewerThanFive: 'Fewer than 5',
  of: (answers: number, attended: number | undefined) =>
    attended === undefined || attended < answers || attended === 0
      ? '–'
      : `${number(answers)} of ${number(attended)}, ${share(answers, attended)}`,
};

/** One form. */
export const feedbackForm = {
  notFound: 'There is no such form',
  tooFew: 'Nothing is shown before five people have answered.',
  answered(answers: number, attended: number | undefined): string {
    if (!attended) return `${people(answers)} answered.`;
    if (attended < answers)
      return `${people(answers)} answered. Fewer are counted as having come, so that no share is shown.`;
    return `${people(answers)} answered, of ${number(attended)} who came (${share(answers, attended)}).`;
  },
  room: 'Screen for the room',
  chair: 'Page for the chair',
  save: 'Save the numbers as CSV',
  saved: 'The file is being saved. It holds numbers only.',
  open: 'Open it now',
  openFollows: 'Whoever came can answer from now on.',
  openNow: 'Open it',
  reopen: 'Open it again',
  reopenFollows: 'Whoever came and has not answered yet can do so again.',
  opened: (form: string) => `${form}: the form is open.`,
  openAt: 'Open it at a time',
  at: 'Opens at',
  atHint: (zone: string, last: string) =>
    `${zone}. Nobody can answer before it; answers are taken until ${last} at the latest.`,
  setTime: 'Set the time',
  timeSet: (form: string) => `${form}: the time is set.`,
  close: 'Close it',
  closeFollows: 'Nobody can answer any more, until you open it again. What was answered stays.',
  closeNow: 'Close it now',
  closed: (form: string) => `${form}: the form is closed.`,
  off: 'Switch it off',
  offFollows:
    'Nobody can answer, and nothing says that anybody could: it disappears from people’s own pages. What was answered stays.',
  offNow: 'Switch it off now',
  offDone: (form: string) => `${form}: the form is switched off.`,
  on: 'Switch it on',
  onFollows: 'It is as it was before: people can answer while it is open.',
  onNow: 'Switch it on now',
  onDone: (form: string) => `${form}: the form is switched on.`,
  over: (at: string) => `Answers were taken until ${at}. It cannot be opened again.`,
  changedMeanwhile: 'Someone else changed a form meanwhile, and nothing was changed. This is how it stands now.',
  who: 'Who answered',
  group: 'Who',
  everyone: 'Everyone',
  came: 'Came',
  other: { mode: 'Other ways of taking part', category: 'Other groups' },
  tooFewApart: {
    mode: 'Too few to tell apart by way of taking part.',
    category: 'Too few to tell apart by group.',
  },
  behind: {
    mode: (answers: number) =>
      `By way of taking part, these are the first ${number(answers)} answers: of the last, too few came to be told apart.`,
    category: (answers: number) =>
      `By group, these are the first ${number(answers)} answers: of the last, too few came to be told apart.`,
  },
};

/** What one question came to. */
export const feedbackQuestion = {
  nobody: 'Nobody answered this question.',
  mean: (mean: number, answers: number) =>
    `${mean.toFixed(1)} of 5 on average, of ${count(answers, 'answer', 'answers')}.`,
  answers: (answers: number) => `${count(answers, 'answer', 'answers')}.`,
  several: (answers: number) =>
    `People could choose several; shares are of all ${number(answers)} who answered the form.`,
  bars: (question: string) => `Bars of the numbers in the table: ${question}`,
  choice: 'Answer',
  chosen: 'People',
  share: 'Share',
  average: 'Average',
  ratings: { '1': '1, the worst', '5': '5, the best' } as Readonly<Record<string, string>>,
  sharePart: share,
};

/** What people wrote. */
export const feedbackTexts = {
  title: 'In their own words',
  explain:
    'Of those who are counted above, in no order. They are for organisers only: do not publish them, and do not guess who wrote what. Each look is noted. Nobody under 18 is asked to write.',
  read: 'Read what people wrote',
  none: 'Nobody wrote anything, of those who are counted above.',
  save: 'Save the words as CSV',
  saved: 'The file is being saved. Keep it among the organisers.',
};

/** One page on paper. */
export const feedbackChair = {
  asOf: (instant: string, zone: string) => `As of ${instant} (${zone}).`,
  print: 'Print',
  withWords: 'With what people wrote',
  back: 'Back to the form',
};

/** What a room sees. */
export const feedbackRoom = {
  back: 'Back',
  full: 'Fill the screen',
  print: 'Print',
  /** By language of the event: everyone in the room reads it. */
  scan: {
    en: 'How was it? Scan the code, or open this address:',
    km: 'តើវាយ៉ាងណាដែរ? សូមស្កេនកូដនេះ ឬបើកអាសយដ្ឋាននេះ៖',
  } as Readonly<Record<string, string>>,
  qr: 'QR code of the form',
  opens: (at: string, zone: string) => `Open from ${at} (${zone}).`,
  shut: 'The form is not open: nobody can answer now.',
};
