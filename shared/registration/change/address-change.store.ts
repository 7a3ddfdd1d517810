import * as z from 'zod';
import { addressChangeKey, NOT_THERE } from '../../kernel/dynamo/keys.ts';
import { readItem } from '../../kernel/dynamo/queries.store.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { type Secrets, sameBytes } from '../../kernel/keys/secrets.store.ts';
import { once } from '../../kernel/once.ts';
import type { Database, Needs } from '../../kernel/parts.store.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import { crockfordDigits, encodeCrockford } from '../../kernel/text/crockford.ts';
import { addressIdentity } from '../../kernel/text/email-address.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import type { ManageClaim } from '../link/manage-link.store.ts';
import { addressChangeEnd, mayUndoAddress } from '../mailed-change.ts';
import type { Registration } from '../registration.schema.ts';

/** `link` is 128 random bits, base64url: it names the link that was mailed. Instants are ISO 8601. */
const step = once(() => z.object({ at: z.string(), link: z.string() }));

/**
 * An attendee's change of address: a code is mailed to the one they have, with it they say the new one, a press there changes it, and a press
 * at the former one undoes that. It forgets itself once nothing of it can be done any more.
 *
 *   code ──right code, new address──> asked ──press there──> changed ──press at the former──> undone
 */
export const storedAddressChange = stored(() => ({
  v: field(z.literal(1), 'records', 'three-days'),
  eventId: field(z.string(), 'address-change', 'three-days'),
  reference: field(z.string(), 'address-change', 'three-days'),
  /** Raised with each step: what a conditional write compares. */
  revision: field(z.int(), 'address-change', 'three-days'),
  /** When the code was last mailed, ISO 8601: the code is made from this, and stored nowhere. */
  codeAt: field(z.string(), 'address-change', 'three-days'),
  /** HMAC of what was sent with that code, which works once; the same sent twice is one. Or that it works no more. */
  request: field(z.string().optional(), 'address-change', 'three-days'),
  /** The new address; the same whether or not it holds a registration, of which only its mailbox learns (AU5). */
  asked: field(step().extend({ email: z.string() }).optional(), 'address-change', 'three-days'),
  /** The former address, with the link that was pressed and the one that undoes it. */
  changed: field(step().extend({ former: z.string(), undo: z.string() }).optional(), 'address-change', 'three-days'),
  /** That the last change was undone: also while another begins, for mail that still waits for the address that lost it. */
  undone: field(step().optional(), 'address-change', 'three-days'),
}));
type Stored = Omit<Output<typeof storedAddressChange>, 'v'>;
export interface AddressChange extends Stored {}

export const toAddressChangeItem = (change: AddressChange) => ({
  ...addressChangeKey(change.eventId, change.reference),
  v: 1,
  ...change,
  expiresAt: Math.ceil(
    addressChangeEnd({ asked: undefined, changed: undefined, undone: undefined, ...change }).getTime() / 1000,
  ),
});

/** @throws ZodError when the table holds something else */
export function fromAddressChangeItem(item: Record<string, unknown>): AddressChange {
  const { v: _, ...change } = storedAddressChange().parse(item);
  return change;
}

type Identity = Pick<Registration, 'eventId' | 'reference'>;

/** A change as it is now; each of its steps may be past its time. */
type AddressChangeReader = (of: Identity) => Promise<AddressChange | undefined>;

export const addressChangeReader =
  ({ client, registry: table }: Database<'registry'>): AddressChangeReader =>
  async ({ eventId, reference }) => {
    const item = await readItem(client, table, addressChangeKey(eventId, reference));
    return item && fromAddressChangeItem(item);
  };

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly readAddressChange: AddressChangeReader;
  }
}

const AS_READ = 'revision = :revision';

/** The next step: refused where another one came first. */
export const putAddressChange = (
  table: string,
  before: AddressChange | undefined,
  next: Omit<AddressChange, 'revision'>,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: toAddressChangeItem({ ...next, revision: (before?.revision ?? 0) + 1 }),
    ...(before === undefined
      ? { ConditionExpression: NOT_THERE }
      : { ConditionExpression: AS_READ, ExpressionAttributeValues: { ':revision': before.revision } }),
  },
});

/** Of a code that works no more, though nothing was sent with it. */
const OVER = 'over';

/** What stays of a change once its code works no more, nor the link to a new address that waits for a press. */
export const withoutAsking = ({ asked: _, request = OVER, ...change }: AddressChange): AddressChange => ({
  ...change,
  request,
});

/**
 * The holder of a link that is replaced has begun nothing by it any more. What was changed can be undone all the same.
 *
 * @returns nothing where nothing was begun
 */
export async function endAsking(
  { readAddressChange }: Needs<'readAddressChange'>,
  table: string,
  before: Registration,
): Promise<{ readonly addressChange?: TransactItem }> {
  const change = await readAddressChange(before);
  return change ? { addressChange: putAddressChange(table, change, withoutAsking(change)) } : {};
}

/** Where the address is corrected, the place is another person's, or everything is erased: nothing of it can be done any more. */
export const deleteAddressChange = (table: string, { eventId, reference }: Identity): TransactItem => ({
  Delete: { TableName: table, Key: addressChangeKey(eventId, reference) },
});

/** To the address that could undo a change, where something else ends that: it is not left with a link that stopped working. */
export async function toFormerAddress(
  { readAddressChange, system }: Needs<'readAddressChange' | 'system'>,
  kind: 'address-changed' | 'erased',
  before: Registration,
): Promise<OutboxMessage[]> {
  const last = (await readAddressChange(before))?.changed;
  return mayUndoAddress(last, system.now()) ? [newMessage(system, kind, { ...before, email: last.former })] : [];
}

/** Whether the holder of a registration left an address, or it was taken from another by undoing that; not where somebody came in their place. */
export const isLeftAddress = (change: AddressChange | undefined, address: string | undefined): boolean =>
  address !== undefined &&
  (change?.changed
    ? addressIdentity(change.changed.former) === addressIdentity(address)
    : change?.undone !== undefined);

/** 128 bits: 22 characters of base64url. */
const PROOF_BYTES = 16;

/**
 * The token of a mailed link that confirms a new address, or undoes the change. It looks like a manage link's and opens nothing of what that
 * opens: its key serves no other purpose.
 */
export async function addressToken(of: Identity, link: string, secrets: Secrets): Promise<string> {
  return `${of.eventId}.${of.reference}.${(await proofOf(of, link, secrets)).toString('base64url')}`;
}

/** What of a change a link is about. */
export type AddressLink = 'asked' | 'changed' | 'undo' | 'undone';

/** Which link of a change a claim proves itself for, whether or not its time is over. */
export async function linkOf(
  claim: ManageClaim,
  change: AddressChange,
  secrets: Secrets,
): Promise<AddressLink | undefined> {
  const { asked, changed, undone } = change;
  const links = [
    ['asked', asked?.link],
    ['changed', changed?.link],
    ['undo', changed?.undo],
    ['undone', undone?.link],
  ] as const;
  for (const [name, link] of links) {
    if (link !== undefined && sameBytes(claim.proof, await proofOf(change, link, secrets))) return name;
  }
  return undefined;
}

async function proofOf({ eventId, reference }: Identity, link: string, secrets: Secrets): Promise<Buffer> {
  const mac = await secrets.mac('address-link', `${eventId}|${reference}|${link}`);
  return mac.subarray(0, PROOF_BYTES);
}

/** 60 bits, 12 digits: nobody tries them all within two hours, so wrong ones are not counted. */
const CODE_BYTES = 8;
const CODE_DIGITS = 12;

type Addressed = Identity & Pick<Registration, 'email'>;

/** The code by which an attendee shows that mail to them is theirs (AU4). It is made anew whenever it is mailed or checked. */
export async function addressCodeOf(
  { eventId, reference, email }: Addressed,
  { codeAt }: Pick<AddressChange, 'codeAt'>,
  secrets: Secrets,
): Promise<string> {
  const mac = await secrets.mac('address-code', `${eventId}|${reference}|${addressIdentity(email)}|${codeAt}`);
  return encodeCrockford(mac.subarray(0, CODE_BYTES)).slice(0, CODE_DIGITS);
}

/** Whether it is what the attendee typed, in whatever case and with whatever spaces and hyphens. */
export async function isAddressCode(
  typed: string,
  of: Addressed,
  change: Pick<AddressChange, 'codeAt'>,
  secrets: Secrets,
): Promise<boolean> {
  const expected = await addressCodeOf(of, change, secrets);
  return sameBytes(Buffer.from(crockfordDigits(typed) ?? ''), Buffer.from(expected));
}
