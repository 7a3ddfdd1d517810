import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { mergeGrants } from '../domain/organiser-role.ts';
import type { RoleInvitation } from '../domain/role-invitation.ts';
import { BusyError } from '../errors.ts';
import { batchGet } from './batch-get.ts';
import type { DocumentClient } from './client.ts';
import { roleInvitationKey, roleKey } from './keys.ts';
import { queryPartition } from './query-partition.ts';
import { fromRoleInvitationItem, putRoleInvitation } from './role-invitation-item.ts';
import { fromRoleItem, type Member, toRoleAttributes } from './role-item.ts';
import { type Patient, type TransactItem, transact, writeAll } from './transact.ts';

/** Invitations into roles that nobody has redeemed yet. */
export interface RoleInvitationStore {
  /** @param also what is written with it: the message that carries the invitation, an audit entry */
  readonly invite: (invitation: RoleInvitation, also?: readonly TransactItem[]) => Promise<void>;
  readonly read: (eventId: string, invitationId: string) => Promise<RoleInvitation | undefined>;
  /** Expired ones too, for up to two days. */
  readonly list: (eventId: string) => Promise<readonly RoleInvitation[]>;
  /** Withdrawing twice is a success twice. */
  readonly withdraw: (eventId: string, invitationId: string, also: readonly TransactItem[]) => Promise<void>;
  /**
   * Binds what an invitation offers to a member, and uses it up, in one transaction. Nobody enters themselves as
   * vetted: an invitation that does is for someone else than whoever made it.
   *
   * @param also what is written with it, such as an audit entry
   * @returns the member as they now are, or nothing where the invitation is unknown, expired, used by someone else or
   *   not for them to take on
   */
  readonly redeem: (
    eventId: string,
    invitationId: string,
    memberId: string,
    also: readonly TransactItem[],
  ) => Promise<Member | undefined>;
}

const STILL_GOOD = 'expiresAt > :now';
const NOT_THERE = 'attribute_not_exists(pk)';
const UNCHANGED = 'revision = :revision';
/** Each lost race means that the same member redeemed another invitation, or someone else this one. */
const MOST_ATTEMPTS = 5;

export function roleInvitationStore(client: DocumentClient, table: string, system: Patient): RoleInvitationStore {
  return {
    async invite(invitation, also = []) {
      const refusals = await transact(client, [putRoleInvitation(table, invitation), ...also], system);
      if (refusals.length > 0) throw new Error('an invitation or message of this number is there already');
    },

    async read(eventId, invitationId) {
      const Key = roleInvitationKey(eventId, invitationId);
      const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      return Item && fromRoleInvitationItem(Item);
    },

    async list(eventId) {
      return (await queryPartition(client, table, roleInvitationKey(eventId, '').pk)).map(fromRoleInvitationItem);
    },

    async withdraw(eventId, invitationId, also) {
      const Key = roleInvitationKey(eventId, invitationId);
      await writeAll(client, [{ Delete: { TableName: table, Key } }, ...also], system);
    },

    async redeem(eventId, invitationId, memberId, also) {
      const keys = [roleInvitationKey(eventId, invitationId), roleKey(eventId, memberId)] as const;
      for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
        const item = await batchGet(client, table, keys, system, true);
        const [offered, present] = [item(keys[0]), item(keys[1])];
        const before = present && fromRoleItem(present);
        if (before?.invitation === invitationId) return before;
        const invitation = offered && fromRoleInvitationItem(offered);
        const now = system.now();
        if (invitation === undefined || invitation.expiresAt * 1000 <= now.getTime()) return undefined;
        if (invitation.invitedBy === memberId && saysVetted(invitation)) return undefined;
        const after = joined(before, invitation, memberId, now);
        const writes = [useUp(table, invitation, now), putMember(table, eventId, before, after), ...also];
        if ((await transact(client, writes, system)).length === 0) return after;
      }
      throw new BusyError();
    },
  };
}

const saysVetted = ({ grants }: RoleInvitation): boolean => grants.some(({ vettedUntil }) => vettedUntil !== undefined);

function joined(before: Member | undefined, invitation: RoleInvitation, id: string, now: Date): Member {
  return {
    label: invitation.label,
    invitedBy: invitation.invitedBy,
    createdAt: now.toISOString(),
    ...before,
    ...(invitation.email !== undefined && { email: invitation.email, language: invitation.language }),
    id,
    grants: mergeGrants(before?.grants ?? [], invitation.grants),
    invitation: invitation.id,
    revision: (before?.revision ?? 0) + 1,
  };
}

const useUp = (table: string, { eventId, id }: RoleInvitation, now: Date): TransactItem => ({
  Delete: {
    TableName: table,
    Key: roleInvitationKey(eventId, id),
    ConditionExpression: STILL_GOOD,
    ExpressionAttributeValues: { ':now': Math.floor(now.getTime() / 1000) },
  },
});

const putMember = (table: string, eventId: string, before: Member | undefined, after: Member): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...roleKey(eventId, after.id), ...toRoleAttributes(after) },
    ...(before === undefined
      ? { ConditionExpression: NOT_THERE }
      : { ConditionExpression: UNCHANGED, ExpressionAttributeValues: { ':revision': before.revision } }),
  },
});
