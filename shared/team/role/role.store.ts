import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { roleKey } from '../../kernel/dynamo/keys.ts';
import { queryPartition } from '../../kernel/dynamo/query-partition.store.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { Database } from '../../kernel/parts.store.ts';
import { fromRoleItem, type Member, toRoleAttributes } from './role-item.store.ts';

/** Who may do what in an event. */
export interface RoleStore {
  /** As it is now, strongly consistent: a role that was revoked a moment ago opens nothing. */
  readonly read: (eventId: string, memberId: string) => Promise<Member | undefined>;
  /** Everyone with a role in an event. */
  readonly list: (eventId: string) => Promise<readonly Member[]>;
}

export function roleStore({ client, registry: table }: Database<'registry'>): RoleStore {
  return {
    async read(eventId, memberId) {
      const Key = roleKey(eventId, memberId);
      const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      return Item && fromRoleItem(Item);
    },

    async list(eventId) {
      return (await queryPartition(client, table, roleKey(eventId, '').pk)).map(fromRoleItem);
    },
  };
}

const NOT_THERE = 'attribute_not_exists(pk)';

const unchanged = ({ revision }: Member) => ({
  ConditionExpression: 'revision = :revision',
  ExpressionAttributeValues: { ':revision': revision },
});

/** Takes all roles of a member back, for their very next request, as they were read. */
export const deleteRoles = (table: string, eventId: string, member: Member): TransactItem => ({
  Delete: { TableName: table, Key: roleKey(eventId, member.id), ...unchanged(member) },
});

/** Writes nothing: what is written along with it holds only while a member is as they were read. */
export const checkMember = (table: string, eventId: string, member: Member): TransactItem => ({
  ConditionCheck: { TableName: table, Key: roleKey(eventId, member.id), ...unchanged(member) },
});

/** A new member, or one who still is as they were read. */
export const putMember = (table: string, eventId: string, before: Member | undefined, after: Member): TransactItem => ({
  Put: {
    TableName: table,
    Item: { ...roleKey(eventId, after.id), ...toRoleAttributes(after) },
    ...(before === undefined ? { ConditionExpression: NOT_THERE } : unchanged(before)),
  },
});

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly roles: RoleStore;
  }
}
