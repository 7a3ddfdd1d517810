import { expect, it } from 'vitest';
import {
  type MailTrouble,
  mailTroubles,
  senderIdentities,
  sesAccountPage,
} from '../../shared/mail/account/mail-account.ts';
import type { MailAccount } from '../../shared/mail/limits/sending.schema.ts';

const NOW = new Date('2027-03-01T09:00:00Z');
const fine: MailAccount = {
  production: true,
  enforcement: 'healthy',
  sending: true,
  senderVerified: true,
  perSecond: 14,
  daily: 50_000,
  sent: 49_999,
  region: 'ap-southeast-1',
  readAt: '2027-03-01T08:45:00Z',
};

it('finds nothing wrong with an account that sends', () => {
  expect(mailTroubles(fine, NOW)).toEqual([]);
  expect(mailTroubles({ ...fine, daily: undefined }, NOW)).toEqual([]);
});

it.each<[Partial<MailAccount>, MailTrouble]>([
  [{ production: false }, 'sandbox'],
  [{ sending: false }, 'paused'],
  [{ enforcement: 'shutdown' }, 'paused'],
  [{ enforcement: 'probation' }, 'probation'],
  [{ senderVerified: false }, 'sender-unverified'],
  [{ sent: 50_000 }, 'day-is-full'],
  [{ readAt: '2027-03-01T08:35:00Z' }, 'not-read'],
])('%j: %s', (change, trouble) => {
  expect(mailTroubles({ ...fine, ...change }, NOW)).toEqual([trouble]);
});

it('names what is urgent first', () => {
  const account = { ...fine, production: false, senderVerified: false, sending: false };
  expect(mailTroubles(account, NOW)).toEqual(['paused', 'sender-unverified', 'sandbox']);
});

it('looks for a sender and every domain above it, down to the registered one', () => {
  expect(senderIdentities('registration@mail.forum.test')).toEqual([
    'registration@mail.forum.test',
    'mail.forum.test',
    'forum.test',
  ]);
});

it('leads to the account in its own region', () => {
  expect(sesAccountPage('eu-west-1')).toBe(
    'https://eu-west-1.console.aws.amazon.com/ses/home?region=eu-west-1#/account',
  );
});
