// One registration and what is done with it.

export const one = {
  title: 'Registration',
  back: 'Back to all registrations',
  person: 'Person',
  attendance: 'Attendance',
  history: 'History',
  actions: 'What you can do',
  asChild: 'Guardian, consents and chaperone of this young person',
  meanwhile: 'Attends online until a seat in the room is free',
  seat: (quota: string, state: 'taken' | 'waiting') => (state === 'taken' ? quota : `${quota} (waiting)`),
  proof: {
    mail: 'Pressed a button that a mail led to',
    ticket: 'Ticket scanned',
    vouched: 'A person vouches for it',
    none: 'Not yet: they have to press “Yes, this is me”',
  },
  unreachable: {
    bounced: 'The last mail came back: there is no such mailbox. Check the address.',
    refused: 'Their mail server refuses our mail. Reach them in another way, and hand over a fresh link.',
    complained:
      'They marked a mail as unwanted. Mail may not reach them any more: check whether the address is theirs.',
  },
  notFound: 'There is no such registration',
  notFoundTodo: 'Check the reference. It may also be outside of what your role reaches.',
  changedMeanwhile: 'Someone else changed this registration meanwhile, and nothing was done. This is how it is now.',
};

export const decide = {
  title: 'Your decision',
  closedSessions: 'This person asks for closed sessions. Approving opens those of their group to them.',
  approve: 'Approve',
  decline: 'Decline',
  declineNow: 'Decline and send',
  note: 'Why (optional)',
  noteHint: 'The person reads this on their page, to which the mail leads. At most 500 letters.',
  approved: (name: string) => `${name} is approved and gets a mail with the ticket.`,
  waitlisted: (name: string) =>
    `${name} is approved. All seats are taken: they are on the waiting list and get a mail.`,
  afterAll: 'Decline after all',
  afterAllExplain:
    'For someone who must not come. The ticket stops working, a seat goes to whoever has waited longest, and the person gets a mail.',
  declined: (name: string) => `${name} is declined and gets a mail.`,
};

export const link = {
  title: 'Fresh link',
  explain: 'For someone whose mail did not arrive: a link to their page, to hand over or print. This is recorded.',
  sure: 'All earlier links of this person stop working.',
  make: 'Make a fresh link',
  makeNow: 'Make it now',
  made: 'The link is made. It is shown only now.',
  label: 'Your page with your ticket:',
  qr: 'QR code of the link, to scan with a phone',
  keep: 'Scan the code with your phone, or type the address. Do not share it: it opens your registration.',
  reference: 'Reference',
  copied: 'The link is copied.',
  print: 'Print',
};

export const newTicket = {
  title: 'Lost badge or ticket',
  explain:
    'For someone whose badge or ticket was lost, or passed on. They get a new ticket by mail, and what they attended stays theirs. You print another badge.',
  sure: 'The ticket and the badge that they have now stop working, at each door once its phone is online.',
  make: 'Replace the ticket',
  makeNow: 'Replace it now',
  done: 'The ticket is replaced. The former one, and the badge with its code, admit nobody any more.',
  badge: 'Print the new badge',
};

export const certificate = {
  title: 'Certificate of attendance',
  explain:
    'Whoever came downloads it from their own page, once the event is over. You can withdraw it, for instance where somebody else came.',
  revoked: 'It is withdrawn: it cannot be downloaded, and whoever checks its code is told so.',
  renamed: (at: string) =>
    `The name was changed on ${at}, after the event had begun. The certificate bears the new one: is it still the person who came?`,
  revoke: 'Withdraw the certificate',
  sure: 'It cannot be downloaded any more. Whoever checks the code of one that was printed is told that it was withdrawn. No mail says so. Keep the reason in your own files.',
  revokeNow: 'Withdraw it now',
  done: 'The certificate is withdrawn.',
  restore: 'Give the certificate back',
  restored: 'The certificate is valid again.',
};

export const name = {
  title: 'Wrong name',
  explain:
    'For someone who mistyped their name, also once the event is over. They keep their ticket and their link. It is not for another person.',
  open: 'Correct the name',
  certificate:
    'A certificate with the former name is not valid any more: the person downloads it anew from their page.',
  badge: 'A badge that was printed has to be printed again.',
  noMail: 'No mail says so: answer whoever wrote to you.',
  send: 'Save the name',
  done: (name: string) => `The name is now ${name}.`,
};

export const address = {
  title: 'Wrong address',
  explain: 'For someone who mistyped their address. Their mail is sent again; the first ticket and link stop working.',
  open: 'Correct the address',
  send: 'Save and send the mail again',
  done: (email: string) => `The mail is on its way to ${email}.`,
};

export const substitute = {
  title: 'Someone else comes',
  explain: (organisation: string) =>
    `Another person of ${organisation || 'the same group'} takes this seat. Ticket and link of the first one stop working.`,
  open: 'Name the other person',
  send: 'Hand the seat over',
  done: (to: string, from: string) => `${to} comes in place of ${from}.`,
};
