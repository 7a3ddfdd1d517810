import { accept, type Checked, refuse } from './field-problem.ts';
import { trimTyped } from './text.ts';

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
  const text = withoutSlips(typed);
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

/** Keyboards of phones put a space behind a word that they offered, and a full stop for two spaces: around the @ and at the end neither is meant. */
const withoutSlips = (typed: string): string =>
  trimTyped(typed)
    .split('@')
    .map((part) => part.trim())
    .join('@')
    .replace(/\.$/, '');

/**
 * Domains that people often have and mistype: large providers, and their names in ASEAN. Reviewed on 28 November 2026: each takes mail, and
 * no other that does is taken for one of them, as `mail.com`, `ymail.com` and `hotmail.ca` are not.
 */
const OFTEN_MISTYPED =
  'gmail.com yahoo.com hotmail.com outlook.com icloud.com yahoo.co.id yahoo.co.th yahoo.com.my yahoo.com.ph yahoo.com.sg yahoo.com.vn'.split(
    ' ',
  );

/**
 * What an address was probably meant to be: `dara@gmail.com` of `dara@gmial.com` and `dara@gmail.con`. At most one edit in the name of the
 * domain, whose first letter is still one of the first two, and one in its `com`: a letter more, less or another one, or two neighbours
 * the other way round.
 *
 * @param typed an address in the form that is accepted
 * @returns nothing where the domain is a known one, or like none
 */
export function addressMeant(typed: string): string | undefined {
  const [local, typedDomain = ''] = withoutSlips(typed).split('@');
  const domain = typedDomain.toLowerCase().replace(DOTS, '.');
  const meant = OFTEN_MISTYPED.find((known) => {
    const [[name = '', ...end], [knownName = '', ...knownEnd]] = [domain.split('.'), known.split('.')];
    const [last, knownLast] = [end.join('.'), knownEnd.join('.')];
    const isName = name.slice(0, 2).includes(known.charAt(0)) && isNear(name, knownName);
    return isName && (last === knownLast || (knownLast === 'com' && isNear(last, knownLast)));
  });
  return meant === undefined || OFTEN_MISTYPED.includes(domain) ? undefined : `${local}@${meant}`;
}

/** What is a dot in a domain (UTS #46), as it is kept: keyboards for Chinese and Japanese type these. */
const DOTS = /[\u3002\uFF0E\uFF61]/g;

/** The field in which a form says which address is meant of another field: `emailMeant` of `email`. */
export const meantField = <Path extends string>(path: Path) => `${path}Meant` as const;

/**
 * Which address is taken where one may look mistyped.
 *
 * @param chosen what was answered to the question which of two is meant, if it was asked; of another address it counts for nothing
 * @returns the address, and whether that has still to be asked: once, and never of one that was chosen, nor of what is no address, which
 *   is refused however it was meant
 */
export function addressTaken(
  typed: string,
  chosen: string | undefined,
): { readonly email: string; readonly isInDoubt: boolean } {
  const meant = addressMeant(typed);
  const email = chosen !== undefined && chosen === meant ? meant : typed;
  const isAddress = 'value' in parseEmailAddress(email);
  return { email, isInDoubt: isAddress && addressMeant(email) !== undefined && chosen !== email };
}

/** Whether two words are the same but for some edits: a letter more, less or another one, or two neighbours the other way round. */
export function isNear(one: string, other: string, edits = 1): boolean {
  if (one === other) return true;
  if (edits === 0 || Math.abs(one.length - other.length) > edits) return false;
  const [rest, otherRest] = [one.slice(1), other.slice(1)];
  if (one[0] === other[0]) return isNear(rest, otherRest, edits);
  const isSwap = one[0] === other[1] && one[1] === other[0];
  return (
    (isSwap && isNear(one.slice(2), other.slice(2), edits - 1)) ||
    isNear(rest, otherRest, edits - 1) ||
    isNear(rest, other, edits - 1) ||
    isNear(one, otherRest, edits - 1)
  );
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

/** Whether mail is to a made-up person of a rehearsal: at an address below a domain that is kept from existing (RFC 6761). */
export const isToNobody = ({ rehearsal }: { readonly rehearsal?: boolean }, address: string): boolean =>
  rehearsal === true && /[@.]invalid$/i.test(address);
