/** Adding a person. */
export const add = {
  title: 'Add a person',
  explain:
    'For speakers, interpreters and others who have a task at the event. They take no seat of any quota, need no approval, and get the same mail and ticket as everyone else.',
  send: 'Add and send the mail',
  done: (name: string) => `${name} is added and gets a mail with the ticket.`,
};
