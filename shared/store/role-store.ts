import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from './client.ts';
import { roleKey } from './keys.ts';
import { queryPartition } from './query-partition.ts';
import { fromRoleItem, type Member } from './role-item.ts';
import type { TransactItem } from './transact.ts';

/** Who may do what in an event. */
export interface RoleStore {
  /** As it is now, strongly consistent: a role that was revoked a moment ago opens nothing. */
  readonly read: (eventId: string, memberId: string) => Promise<Member | undefined>;
  /** Everyone with a role in an event. */
  readonly list: (eventId: string) => Promise<readonly Member[]>;
}

export function roleStore(client: DocumentClient, table: string): RoleStore {
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

/** Takes all roles of a member back, for their very next request. Revoking twice is a success twice. */
export const deleteRoles = (table: string, eventId: string, memberId: string): TransactItem => ({
  Delete: { TableName: table, Key: roleKey(eventId, memberId) },
});
