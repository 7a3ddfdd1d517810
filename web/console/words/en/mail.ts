import { count, number } from './count.ts';

const mails = (howMany: number): string => count(howMany, 'mail', 'mails');

/** Whether mail leaves, and what to do where it does not. */
export const mail = {
  title: 'Mail',
  explain: 'All events of this system send by one account of Amazon SES. It is looked at every five minutes.',
  again: 'Read this again',
  readAgain: 'This is what is known now.',
  notYet: 'Nobody has looked at the account yet. Come back in five minutes.',
  banner: {
    paused: 'No mail leaves: sending is paused.',
    'sender-unverified': 'No mail leaves: the sender is not verified yet.',
    sandbox: 'Only verified addresses get mail: the SES account is in its sandbox.',
  },
  more: 'What this means',
  trouble: {
    paused:
      'Sending is paused, by SES or by whoever holds the AWS account. SES does so on many bounces or complaints and says why by mail. Everything is kept, and leaves once sending goes on.',
    'sender-unverified':
      'SES has not verified the address that mail is from, nor its domain, so nothing leaves. Everything is kept, and leaves by itself within an hour after it is verified.',
    sandbox:
      'The SES account is in its sandbox, as every new one is: only addresses that SES has verified get mail, at most 200 a day and one a second. Mail to everyone else is kept, and leaves by itself within an hour after the account has left the sandbox.',
    'day-is-full':
      'As much was sent within 24 hours as SES lets this account send. The rest is kept and leaves bit by bit, tickets and links first. Ask SES for a higher quota if this happens often.',
    probation:
      'SES watches this account, because too many mails came back or were called unwanted. If that goes on, it pauses sending. Look at whom no mail reaches, and correct or cancel those registrations.',
    'not-read':
      'The account has not been looked at for a while. If this stays so, ask whoever runs the system to look at its housekeeping function.',
  },
  leave: 'Leave the sandbox',
  steps: [
    'Whoever holds the AWS account opens the page below and requests production access.',
    'SES wants to know what is sent to whom. Tickets, links and changes go to people who registered themselves; bounces and complaints are noted on each registration.',
    'SES answers within about a day. Until then, verify the addresses of those who try the system out.',
  ],
  page: 'Open the account in AWS',
  review: {
    pending: 'Production access was requested, and SES is looking at it.',
    denied: 'SES has declined production access. Its answer in the AWS Support Center says why, and can be replied to.',
  },
  account: 'Account',
  production: 'May write to anyone',
  sandbox: 'In the sandbox: verified addresses only',
  sender: 'Sender',
  verified: 'Verified',
  unverified: 'Not verified',
  standing: 'SES’s opinion of it',
  enforcement: { healthy: 'Healthy', probation: 'On probation', shutdown: 'Shut down' },
  pace: 'Speed',
  perSecond: (most: number) => `Up to ${mails(most)} a second`,
  sent: 'Sent within 24 hours',
  sentOf: (sent: number, daily: number | undefined) =>
    daily === undefined ? mails(sent) : `${number(sent)} of ${mails(daily)}`,
  waiting: 'Waiting to leave',
  waits: (howMany: number) => (howMany === 0 ? 'Nothing' : mails(howMany)),
  since: (time: string, zone: string) => `The oldest that waited then was written on ${time}, ${zone}.`,
  readAt: 'Looked at',
};
