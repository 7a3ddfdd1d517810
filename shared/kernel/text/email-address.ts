import { accept, type Checked, refuse } from './field-problem.ts';

/** RFC 5321: 64 octets before the @, 254 in all. */
const MAX_LOCAL = 64;
const MAX_ADDRESS = 254;

const ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const NON_ASCII = /[^\x20-\x7E]/;

/**
 * Checks an address as it was typed and returns the form that mail is sent to: the domain in lower case and
 * ASCII (IDNA). SES does not take letters beyond ASCII before the @ (no SMTPUTF8), which gets its own message.
 */
export function parseEmailAddress(typed: string): Checked<string> {
  const text = typed.trim();
  if (text === '') return refuse('required');
  if (text.length > MAX_ADDRESS) return refuse('too-long', { max: MAX_ADDRESS });
  if (/[\r\n]/.test(text)) return refuse('line-break');
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  if (at < 1 || local.length > MAX_LOCAL) return refuse('email-format');
  if (NON_ASCII.test(local)) return refuse('email-ascii');
  const domain = asciiDomain(text.slice(at + 1));
  if (domain === undefined || !ATOM.test(local)) return refuse('email-format');
  const address = `${local}@${domain}`;
  return address.length > MAX_ADDRESS ? refuse('too-long', { max: MAX_ADDRESS }) : accept(address);
}

/** Two spellings of one mailbox compare equal: this is what the one-registration lock is made from. */
export const addressIdentity = (address: string): string => address.toLowerCase();

/** Providers that deliver to one mailbox wherever dots stand before the @; the second name is an older one of the first. */
const DOTLESS = new Map([
  ['gmail.com', 'gmail.com'],
  ['googlemail.com', 'gmail.com'],
]);

/**
 * Names the person behind an address, for limits on what they get: `+tags` reach the same mailbox, and dots do where
 * the provider ignores them. Two registrations may still use two such addresses.
 */
export function recipientIdentity(address: string): string {
  const identity = addressIdentity(address);
  const at = identity.lastIndexOf('@');
  const domain = identity.slice(at + 1);
  const local = identity.slice(0, at);
  const plus = local.indexOf('+');
  const untagged = plus > 0 ? local.slice(0, plus) : local;
  const mailbox = DOTLESS.get(domain);
  return mailbox === undefined ? `${untagged}@${domain}` : `${untagged.replaceAll('.', '')}@${mailbox}`;
}

/** Whether two addresses, as far as they are known, reach one mailbox: two accounts of one person. */
export const isSameMailbox = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && recipientIdentity(one) === recipientIdentity(other);

function asciiDomain(typed: string): string | undefined {
  if (typed === '' || /[\s/?#@:\\%[\]]/.test(typed)) return undefined;
  const ascii = toAscii(typed);
  const labels = ascii?.split('.') ?? [];
  const top = labels.at(-1) ?? '';
  // A last label of digits is an IP address to a URL parser, never a mail domain.
  const valid = labels.length >= 2 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(top);
  return valid ? ascii : undefined;
}

/** The URL parser is the one IDNA implementation that Node and browsers share. */
function toAscii(domain: string): string | undefined {
  return URL.canParse(`http://${domain}/`) ? new URL(`http://${domain}/`).hostname : undefined;
}
