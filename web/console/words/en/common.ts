// What every screen says.

export const console = 'Console';

export const skip = 'Skip to the content';

export const pages = 'Pages of the console';

export const signOut = 'Sign out';

export const loading = 'Loading';

export const tryAgain = 'Try again';

export const cancel = 'Cancel';

export const copy = 'Copy';

export const copyByHand = 'Your browser does not let us copy. Select the text and copy it by hand.';

export const yes = 'Yes';

export const no = 'No';

export const error = 'Error';

export const correct = 'Please correct this';

export const minor = 'Under 18';

export const offline = 'You are offline. What you see may be out of date, and nothing can be saved until you are back.';

export const required = 'This is needed.';

export const optional = (label: string) => `${label} (optional)`;

export const zone = (city: string) => `${city} time`;

export const chooseCountry = 'Choose a country';

export const chooseGroup = 'Choose a group';

export const languageHint = 'Of the mails to this person.';

export const page = {
  '': 'Overview',
  registrations: 'Registrations',
  children: 'Children',
  add: 'Add a person',
  seats: 'Seats',
  programme: 'Programme',
  codes: 'Invitation codes',
  badges: 'Badges',
  messages: 'Messages',
  'check-in': 'Check-in',
  feedback: 'Feedback',
  catering: 'Catering',
  arrange: 'To arrange',
  reports: 'Reports',
  people: 'Team',
  mail: 'Mail',
};
