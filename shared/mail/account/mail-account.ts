import type { MailAccount } from '../limits/sending.schema.ts';

/** What keeps mail from its recipients, the most urgent first. */
export const MAIL_TROUBLES = [
  'paused',
  'sender-unverified',
  'sandbox',
  'day-is-full',
  'probation',
  'not-read',
] as const;
export type MailTrouble = (typeof MAIL_TROUBLES)[number];

/** Milliseconds after which nobody seems to ask any more: several looks were missed. */
const READ_WITHIN = 20 * 60 * 1000;

export function mailTroubles(account: MailAccount, now: Date): readonly MailTrouble[] {
  const { production, enforcement, sending, senderVerified, daily, sent, readAt } = account;
  const is: Readonly<Record<MailTrouble, boolean>> = {
    paused: !sending || enforcement === 'shutdown',
    'sender-unverified': !senderVerified,
    sandbox: !production,
    'day-is-full': daily !== undefined && sent >= daily,
    probation: enforcement === 'probation',
    'not-read': now.getTime() - Date.parse(readAt) > READ_WITHIN,
  };
  return MAIL_TROUBLES.filter((trouble) => is[trouble]);
}

/** Where the holder of the AWS account sees it in SES's console, and asks to leave the sandbox. */
export const sesAccountPage = (region: string): string =>
  `https://${region}.console.aws.amazon.com/ses/home?region=${region}#/account`;

/** What SES may have verified so that mail may be from an address: itself, its domain, or a domain above that. */
export function senderIdentities(address: string): string[] {
  const labels = address.slice(address.lastIndexOf('@') + 1).split('.');
  const above = labels.slice(0, -1).map((_, depth) => labels.slice(depth).join('.'));
  return [address, ...above];
}
