import * as z from 'zod';
import { delegationKey, delegationMemberKey } from '../kernel/dynamo/keys.ts';
import { field, stored } from '../kernel/stored.schema.ts';
import type { Delegation, Member } from './delegation.ts';

export const storedDelegation = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  eventId: field(z.string(), 'delegation', 'event'),
  id: field(z.string(), 'delegation', 'event'),
  email: field(z.string(), 'delegation', 'event'),
  language: field(z.string(), 'delegation', 'event'),
  link: field(z.string(), 'delegation', 'event'),
  linkVersion: field(z.int(), 'delegation', 'event'),
  linkAt: field(z.string(), 'delegation', 'event'),
  optedOut: field(z.literal(true).optional(), 'delegation', 'event'),
  common: field(
    z.object({ organisation: z.string(), country: z.string(), category: z.string() }).optional(),
    'delegation',
    'event',
  ),
  revision: field(z.int(), 'records', 'event'),
  createdAt: field(z.string(), 'records', 'event'),
}));

export const storedMember = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  eventId: field(z.string(), 'delegation', 'event'),
  delegation: field(z.string(), 'delegation', 'event'),
  member: field(z.string(), 'delegation', 'event'),
  name: field(z.string().optional(), 'delegation', 'event'),
  email: field(z.string().optional(), 'delegation', 'event'),
  reference: field(z.string().optional(), 'delegation', 'event'),
  request: field(z.string(), 'one-registration', 'event'),
  addedAt: field(z.string(), 'delegation', 'event'),
}));

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
