import * as z from 'zod';
import { delegationKey, delegationMemberKey } from '../kernel/dynamo/keys.ts';
import type { UsesOf } from '../kernel/dynamo/uses-of.ts';
import { once } from '../kernel/once.ts';
import type { Delegation, Member } from './delegation.ts';

export const storedDelegation = once(() =>
  z.object({
    v: z.literal(1),
    eventId: z.string(),
    id: z.string(),
    email: z.string(),
    language: z.string(),
    link: z.string(),
    linkVersion: z.int(),
    linkAt: z.string(),
    optedOut: z.literal(true).optional(),
    common: z.object({ organisation: z.string(), country: z.string(), category: z.string() }).optional(),
    revision: z.int(),
    createdAt: z.string(),
  }),
);

export const storedMember = once(() =>
  z.object({
    v: z.literal(1),
    eventId: z.string(),
    delegation: z.string(),
    member: z.string(),
    name: z.string().optional(),
    email: z.string().optional(),
    reference: z.string().optional(),
    request: z.string(),
    addedAt: z.string(),
  }),
);

export const DELEGATION_USES = {
  v: ['records', 'event'],
  eventId: ['delegation', 'event'],
  id: ['delegation', 'event'],
  email: ['delegation', 'event'],
  language: ['delegation', 'event'],
  link: ['delegation', 'event'],
  linkVersion: ['delegation', 'event'],
  linkAt: ['delegation', 'event'],
  optedOut: ['delegation', 'event'],
  common: ['delegation', 'event'],
  revision: ['records', 'event'],
  createdAt: ['records', 'event'],
} as const satisfies UsesOf<typeof storedDelegation>;

export const MEMBER_USES = {
  v: ['records', 'event'],
  eventId: ['delegation', 'event'],
  delegation: ['delegation', 'event'],
  member: ['delegation', 'event'],
  name: ['delegation', 'event'],
  email: ['delegation', 'event'],
  reference: ['delegation', 'event'],
  request: ['one-registration', 'event'],
  addedAt: ['delegation', 'event'],
} as const satisfies UsesOf<typeof storedMember>;

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
