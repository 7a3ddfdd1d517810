import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from './client.ts';
import { roleKey } from './keys.ts';
import { fromRoleItem, type Member } from './role-item.ts';

/** Who may do what in an event. */
export interface RoleStore {
  /** As it is now, strongly consistent: a role that was revoked a moment ago opens nothing. */
  readonly read: (eventId: string, memberId: string) => Promise<Member | undefined>;
}

export function roleStore(client: DocumentClient, table: string): RoleStore {
  return {
    async read(eventId, memberId) {
      const Key = roleKey(eventId, memberId);
      const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      return Item && fromRoleItem(Item);
    },
  };
}
