// Before an event is open: signing in, invitations, addresses that lead nowhere.

export const signIn = {
  title: 'Sign in to the console',
  explain: 'For those who run an event. You sign in on the page of your account and come back here.',
  button: 'Sign in',
  busy: 'Signing you in',
  ended: 'Your session has ended. Sign in again: you come back to this page.',
  failed: 'Signing in did not work. Please try once more.',
};

export const choose = {
  title: 'Which event?',
  label: 'Event',
  hint: 'The last part of the address of its page, such as asean-ict-forum.',
  wrong: 'Small letters, digits and hyphens only, such as asean-ict-forum',
  button: 'Open',
};

export const accept = {
  title: 'You are invited to help run an event',
  explain: 'The invitation works once. It gives its roles to the account that you are signed in with.',
  button: 'Accept the invitation',
  gone: 'This invitation was used already, was withdrawn or has expired. Ask whoever invited you for a new one.',
  goOn: 'Go on to the event',
};

export const unknown = { title: 'There is no such page', start: 'Go to the start of the console' };

export const noRole = {
  title: 'You have no role in this event',
  explain: (event: string) => `You are signed in, but nobody has invited you to help run “${event}”.`,
  todo: 'Ask its organisers for an invitation and open its link, or sign out and use another account.',
};

export const notForYou = {
  title: 'This page is not for your role',
  explain: 'Your roles in this event do not open this page. The pages above are yours.',
};

export const notVetted = {
  title: 'This page is for vetted members only',
  explain:
    'It is about children and young people, so it opens for members who were vetted until the event’s end. The team’s list does not say that of you. Ask an organiser to invite you anew with the day until which you were vetted.',
};

export const askWhy = {
  title: 'Why do you look?',
  explain:
    'This is the record of someone under 18. What you say is noted with your name, for this and every such record that you open until you sign in anew.',
  why: 'Reason',
  hint: 'A few words: “to call the guardians”. No names.',
  needed: 'Say in 1 to 160 characters why you look.',
  send: 'Open the record',
};
