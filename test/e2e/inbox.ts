import type { JsonMessage } from '../../local/mailbox/inbox.ts';
import type { LocalSystem } from '../../local/system.ts';
import { eventually } from './eventually.ts';

type Inbox = Pick<LocalSystem, 'mailboxUrl'>;

/** All that was mailed to an address, newest first. */
export async function mailsTo({ mailboxUrl }: Inbox, address: string): Promise<JsonMessage[]> {
  const answer = await fetch(`${mailboxUrl}/messages?to=${encodeURIComponent(address)}`);
  return (await answer.json()) as JsonMessage[];
}

/** @returns the newest of at least so many mails, once they have arrived */
export async function mailTo(inbox: Inbox, address: string, count = 1): Promise<JsonMessage> {
  const mails = await eventually(
    () => mailsTo(inbox, address),
    (arrived) => arrived.length >= count,
  );
  return mails[0] as JsonMessage;
}

/** The link to the holder's own page. */
export const manageLinkIn = ({ text }: Pick<JsonMessage, 'text'>): string => /\S+\/m\/[\w.-]+/.exec(text)?.[0] ?? '';

/** The link by which a guardian decides. */
export const consentLinkIn = ({ text }: Pick<JsonMessage, 'text'>): string => /\S+\/g\/[\w.?=-]+/.exec(text)?.[0] ?? '';
