import type { Secrets } from '../kernel/keys/secrets.store.ts';
import { addressIdentity, parseEmailAddress } from '../kernel/text/email-address.ts';
import { asciiDigits, nameIdentity } from '../kernel/text/text.ts';
import type { Registration } from './registration.schema.ts';

/**
 * Names an address within an event without revealing it. What cannot be read as an address has a name too: the
 * read goes on and the check of the fields refuses it.
 */
export async function hashAddress(secrets: Secrets, eventId: string, typed: string): Promise<string> {
  const parsed = parseEmailAddress(typed);
  const address = 'value' in parsed ? addressIdentity(parsed.value) : '';
  return (await secrets.mac('address-lock', `${eventId}|${address}`)).toString('base64url');
}

/**
 * Names what a registration holds so that nobody is registered twice: its address, or, where mail goes to the coordinator of a delegation
 * whose address others share, its place in the delegation. A walk-in without an address holds nothing that anyone else could.
 */
export async function hashHolder(
  secrets: Secrets,
  { eventId, reference, email, delegation }: Pick<Registration, 'eventId' | 'reference' | 'email' | 'delegation'>,
): Promise<string> {
  if (delegation?.throughCoordinator) return delegation.member;
  if (email !== '') return hashAddress(secrets, eventId, email);
  return (await secrets.mac('address-lock', `${eventId}|walk-in|${reference}`)).toString('base64url');
}

/** Names the delegation of a coordinator's address within an event: 22 characters of base64url. */
export async function hashCoordinator(secrets: Secrets, eventId: string, email: string): Promise<string> {
  const mac = await secrets.mac('delegation', `${eventId}|${addressIdentity(email)}`);
  return mac.subarray(0, REQUEST_BYTES).toString('base64url');
}

/** Names the form of an address that waits to be confirmed: 22 characters of base64url. */
export async function hashUnconfirmed(secrets: Secrets, eventId: string, email: string): Promise<string> {
  const mac = await secrets.mac('unconfirmed', `${eventId}|${addressIdentity(email)}`);
  return mac.subarray(0, REQUEST_BYTES).toString('base64url');
}

/** Names a person within a delegation by their full name, however it is spaced or capitalised. */
export async function hashPlace(secrets: Secrets, eventId: string, delegation: string, name: string): Promise<string> {
  return (await secrets.mac('address-lock', `${eventId}|${delegation}|${nameIdentity(name)}`)).toString('base64url');
}

/** Names an invitation by its code, however that was typed: nobody who reads the table can use it. */
export async function hashCode(secrets: Secrets, eventId: string, typed: string): Promise<string> {
  const code = asciiDigits(typed)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
  return (await secrets.mac('invitation', `${eventId}|${code}`)).toString('base64url');
}

/** Names an erased registration without telling which it was. */
export async function hashReference(secrets: Secrets, eventId: string, reference: string): Promise<string> {
  return (await secrets.mac('tombstone', `${eventId}|${reference}`)).toString('base64url');
}

/** 128 bits are plenty to tell one request from another. */
const REQUEST_BYTES = 16;

export async function hashRequest(secrets: Secrets, eventId: string, identity: string): Promise<string> {
  const mac = await secrets.mac('idempotency', `${eventId}|${identity}`);
  return mac.subarray(0, REQUEST_BYTES).toString('base64url');
}
