import { createHash } from 'node:crypto';
import * as z from 'zod';
import { roleInvitationKey } from '../../kernel/dynamo/keys.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { roleGrant } from '../role/organiser-role.schema.ts';
import { type Need, type RoleInvitation, WAYS } from './role-invitation.ts';

const ITEM_VERSION = 1;

const acceptance = () => z.object({ by: z.string(), at: z.string(), way: z.enum(WAYS).optional() });

export const storedRoleInvitation = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'week'),
  sk: field(z.string(), 'team', 'week'),
  eventId: field(z.string(), 'team', 'week'),
  grants: field(z.array(roleGrant()), 'team', 'week'),
  label: field(z.string().optional(), 'team', 'week'),
  invitedBy: field(z.string().optional(), 'team', 'week'),
  email: field(z.string().optional(), 'team', 'week'),
  language: field(z.string().optional(), 'team', 'week'),
  number: field(z.string().optional(), 'team', 'week'),
  reason: field(z.string().optional(), 'team', 'week'),
  accepted: field(
    z
      .object({ children: acceptance().optional(), care: acceptance().optional() } satisfies Record<Need, unknown>)
      .optional(),
    'team',
    'week',
  ),
  revision: field(z.int().optional(), 'team', 'week'),
  createdAt: field(z.string(), 'team', 'week'),
  expiresAt: field(z.int(), 'team', 'week'),
}));

/** Names an invitation by its token without revealing it: 128 random bits need no key and no salt. */
export const invitationId = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** @throws ZodError when the table holds something else */
export function fromRoleInvitationItem(item: Record<string, unknown>): RoleInvitation {
  const { v: _, sk: id, ...invitation } = storedRoleInvitation().parse(item);
  return { id, ...invitation };
}

/** A new one, or one that still has the revision before. */
export function putRoleInvitation(
  table: string,
  { id, ...invitation }: RoleInvitation,
  before?: RoleInvitation,
): TransactItem {
  const Item = { ...roleInvitationKey(invitation.eventId, id), v: ITEM_VERSION, ...invitation };
  return { Put: { TableName: table, Item, ...(before ? unchanged(before) : { ConditionExpression: NOT_THERE }) } };
}

const NOT_THERE = 'attribute_not_exists(pk)';
const STILL_GOOD = 'expiresAt > :now';

/** Uses an invitation up, as it was read. */
export const useUpRoleInvitation = (table: string, invitation: RoleInvitation, now: Date): TransactItem => {
  const { ConditionExpression, ExpressionAttributeValues } = unchanged(invitation);
  return {
    Delete: {
      TableName: table,
      Key: roleInvitationKey(invitation.eventId, invitation.id),
      ConditionExpression: `${STILL_GOOD} AND ${ConditionExpression}`,
      ExpressionAttributeValues: { ...ExpressionAttributeValues, ':now': Math.floor(now.getTime() / 1000) },
    },
  };
};

const unchanged = ({ revision }: RoleInvitation) =>
  revision === undefined
    ? { ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(revision)' }
    : { ConditionExpression: 'revision = :revision', ExpressionAttributeValues: { ':revision': revision } };
