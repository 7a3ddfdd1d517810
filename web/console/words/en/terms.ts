// What the field calls the states and roles of people, and what is known of them.

export const status = {
  'pending-guardian': 'Waiting for a guardian',
  'pending-approval': 'Waiting for a decision',
  confirmed: 'Confirmed',
  waitlisted: 'On the waiting list',
  cancelled: 'Cancelled',
  declined: 'Declined',
  expired: 'Expired',
};

export const mode = { 'in-person': 'In person', online: 'Online' };

/** Of whoever had asked for something else than how the event takes place now. */
export const wished = { 'in-person': 'asked to come in person', online: 'asked to take part online' };

export const role = {
  attendee: 'Attendee',
  speaker: 'Speaker',
  chair: 'Chair',
  interpreter: 'Interpreter',
  chaperone: 'Chaperone',
  volunteer: 'Volunteer',
  technician: 'Technician',
  protocol: 'Protocol',
};

export const organiserRole = {
  organiser: 'Organiser',
  'focal-point': 'Focal point',
  safeguarding: 'Safeguarding',
  care: 'Care',
  deputy: 'Deputy who reads reports',
};

export const row = {
  name: 'Name',
  organisation: 'Organisation',
  category: 'Group',
  status: 'Status',
  submittedAt: 'Registered',
  pendingSince: 'Waits since',
  overdue: 'Overdue',
  walkIn: 'Walked in',
  noEmail: 'No address',
  unreachable: {
    bounced: 'Could not be reached: check the address',
    refused: 'Could not be reached: their server refuses our mail',
    complained: 'Could not be reached: check the address',
  },
};

export const fact = {
  honorific: 'Title',
  fullName: 'Full name',
  badgeName: 'Name on the badge',
  nativeName: 'Name in own script',
  email: 'E-mail',
  position: 'Position',
  organisation: 'Organisation or delegation',
  country: 'Country',
  category: 'Group',
  role: 'Role',
  mode: 'Takes part',
  meanwhile: 'Meanwhile',
  days: 'Days',
  sessions: 'Sessions',
  closedSessions: 'Asks for closed sessions',
  seats: 'Seats',
  submitted: 'Registered',
  walkIn: 'Came without having registered',
  changed: 'Last changed',
  waitingSince: 'Waits since',
  unreachable: 'Could not be reached',
  lapsesAt: 'Seat is given away on',
  lapsed: 'Ended because no mail arrived',
  proof: 'Confirmed as theirs',
  approved: 'Approved',
  invited: 'With an invitation code',
  note: 'Note with the decision',
  language: 'Language',
};
