import { createHash } from 'node:crypto';
import * as z from 'zod';
import { roleGrant } from '../contract/organiser-role.ts';
import type { RoleInvitation } from '../domain/role-invitation.ts';
import { once } from '../once.ts';
import { roleInvitationKey } from './keys.ts';
import type { TransactItem } from './transact.ts';
import type { UsesOf } from './uses-of.ts';

const ITEM_VERSION = 1;

export const storedRoleInvitation = once(() =>
  z.object({
    v: z.literal(ITEM_VERSION),
    sk: z.string(),
    eventId: z.string(),
    grants: z.array(roleGrant()),
    label: z.string().optional(),
    invitedBy: z.string().optional(),
    email: z.string().optional(),
    language: z.string().optional(),
    createdAt: z.string(),
    expiresAt: z.int(),
  }),
);

export const ROLE_INVITATION_USES = {
  v: ['records', 'week'],
  sk: ['team', 'week'],
  eventId: ['team', 'week'],
  grants: ['team', 'week'],
  label: ['team', 'week'],
  invitedBy: ['team', 'week'],
  email: ['team', 'week'],
  language: ['team', 'week'],
  createdAt: ['team', 'week'],
  expiresAt: ['team', 'week'],
} as const satisfies UsesOf<typeof storedRoleInvitation>;

/** Names an invitation by its token without revealing it: 128 random bits need no key and no salt. */
export const invitationId = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** @throws ZodError when the table holds something else */
export function fromRoleInvitationItem(item: Record<string, unknown>): RoleInvitation {
  const { v: _, sk: id, ...invitation } = storedRoleInvitation().parse(item);
  return { id, ...invitation };
}

export function putRoleInvitation(table: string, { id, ...invitation }: RoleInvitation): TransactItem {
  const Item = { ...roleInvitationKey(invitation.eventId, id), v: ITEM_VERSION, ...invitation };
  return { Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
}
