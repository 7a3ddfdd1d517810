import * as z from 'zod';
import { delegationKey, delegationMemberKey } from '../kernel/dynamo/keys.ts';
import { byMail, proofText } from '../kernel/proof.schema.ts';
import { field, type Output, stored } from '../kernel/stored.schema.ts';
import { meantField } from '../kernel/text/email-address.ts';

/** A coordinator's delegation: one for each address and event, made when its link is first asked for. */
export const storedDelegation = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  eventId: field(z.string(), 'delegation', 'event'),
  /** 22 characters of base64url, derived from the coordinator's address: it names, and proves nothing. */
  id: field(z.string(), 'delegation', 'event'),
  email: field(z.string(), 'delegation', 'event'),
  language: field(z.string(), 'delegation', 'event'),
  /** Names it in its links: those of a list that was deleted do not open the next one of the same address. */
  link: field(z.string(), 'delegation', 'event'),
  /** Raised to make all earlier links invalid. */
  linkVersion: field(z.int(), 'delegation', 'event'),
  /** When the link was last mailed, ISO 8601. */
  linkAt: field(z.string(), 'delegation', 'event'),
  /** Its coordinator gets no mail that they can do without: they stopped it. */
  optedOut: field(z.literal(true).optional(), 'delegation', 'event'),
  /** What was the same for everyone the last time: the form begins with it. */
  common: field(
    z.object({ organisation: z.string(), country: z.string(), category: z.string() }).optional(),
    'delegation',
    'event',
  ),
  /** Rises whenever a person is added: a conditional write compares it, so that no two presses exceed the limit. */
  revision: field(z.int(), 'records', 'event'),
  /** ISO 8601. */
  createdAt: field(z.string(), 'records', 'event'),
}));
export interface Delegation extends Omit<Output<typeof storedDelegation>, 'v'> {}

/** A person's line in a delegation's list; without a name, a place that was given up. */
export const storedMember = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  eventId: field(z.string(), 'delegation', 'event'),
  delegation: field(z.string(), 'delegation', 'event'),
  /** Names the line: the hash under which the person's registration is locked when it is entered. */
  member: field(z.string(), 'delegation', 'event'),
  /** As the coordinator typed it. */
  name: field(z.string().optional(), 'delegation', 'event'),
  /** The same, of a person with an address of their own: of others the registration says it. */
  honorific: field(z.string().optional(), 'delegation', 'event'),
  /** The person's own address; without one, mail about them goes to the coordinator. */
  email: field(z.string().optional(), 'delegation', 'event'),
  /** Of the registration that was made; absent where the address held one already, which the coordinator never learns. */
  reference: field(z.string().optional(), 'delegation', 'event'),
  /** HMAC of what was sent: sending it again registers nobody twice. */
  request: field(z.string(), 'one-registration', 'event'),
  /** ISO 8601. */
  addedAt: field(z.string(), 'delegation', 'event'),
}));
export interface Member extends Omit<Output<typeof storedMember>, 'v'> {}

/** @param expiresAt epoch seconds */
export const toDelegationItem = (delegation: Delegation, expiresAt: number) => ({
  ...delegationKey(delegation.eventId, delegation.id),
  v: 1,
  ...delegation,
  expiresAt,
});

/** @param expiresAt epoch seconds */
export const toMemberItem = (member: Member, expiresAt: number) => ({
  ...delegationMemberKey(member.eventId, member.delegation, member.member),
  v: 1,
  ...member,
  expiresAt,
});

/** @throws ZodError when the table holds something else */
export function fromDelegationItem(item: Record<string, unknown>): Delegation {
  const { v: _, ...delegation } = storedDelegation().parse(item);
  return delegation;
}

/** @throws ZodError when the table holds something else */
export function fromMemberItem(item: Record<string, unknown>): Member {
  const { v: _, ...member } = storedMember().parse(item);
  return member;
}

/** Asks for the link of a delegation. */
export const delegationStart = z.lazy(() =>
  z.strictObject({
    email: z.tuple([z.string()]),
    /** Which address is meant where the typed one looks mistyped. */
    [meantField('email')]: z.tuple([z.string()]).optional(),
    language: z.tuple([z.string()]),
    proof: z.tuple([proofText]).optional(),
    byMail: byMail(),
  }),
);

/** What the buttons of a delegation's page do; what cannot be undone is confirmed by a box beside it. */
export const pressedOnDelegation = z.lazy(() =>
  z.strictObject({
    action: z.tuple([z.enum(['send-again', 'replace-link', 'resume-mail', 'erase'])]),
    confirm: z.tuple([z.literal('yes')]).optional(),
  }),
);

/** What the buttons beside one person of a delegation do. */
const PERSON_ACTIONS = ['send-again', 'cancel', 'undo-cancel'] as const;
export type PersonAction = (typeof PERSON_ACTIONS)[number];

/** Which of them was pressed, and which revision of the registration was looked at, where the coordinator sees it. */
export const pressedOnPerson = z.lazy(() =>
  z.strictObject({
    action: z.tuple([z.enum(PERSON_ACTIONS)]),
    revision: z.tuple([z.string().regex(/^\d{1,9}$/)]).optional(),
  }),
);
