import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { documentClient } from '../shared/kernel/dynamo/client.store.ts';
import { roleKey } from '../shared/kernel/dynamo/keys.ts';
import { writeAll } from '../shared/kernel/dynamo/transact.store.ts';
import { type Identity, memberId } from '../shared/kernel/identity.store.ts';
import { realSystem } from '../shared/kernel/system.store.ts';
import type { RoleGrant } from '../shared/team/role/organiser-role.schema.ts';
import { putOwnEvent, toRoleAttributes } from '../shared/team/role/role.store.ts';

export interface Granted {
  readonly eventId: string;
  readonly identity: Identity;
  readonly label: string;
  readonly grants: readonly RoleGrant[];
  /** Where they are told what waits for them, and get tests of what they write. */
  readonly email?: string | undefined;
}

/** Gives people whose accounts are known exactly these roles, without an invitation. */
export async function grantRoles(
  granted: Granted | readonly Granted[],
  { dynamodb, tableName }: { readonly dynamodb: DynamoDBClient; readonly tableName: string },
): Promise<void> {
  const createdAt = realSystem.now().toISOString();
  const writes = [granted].flat().flatMap(({ eventId, identity, label, grants, email }: Granted) => {
    const member = { id: memberId(identity), grants, label, ...(email && { email }), createdAt, revision: 1 };
    const Item = { ...roleKey(eventId, member.id), ...toRoleAttributes(member) };
    return [{ Put: { TableName: tableName, Item } }, putOwnEvent(tableName, eventId, member)];
  });
  await writeAll(documentClient(dynamodb), writes, realSystem);
}
