import { invitationKey, NOT_THERE } from '../../kernel/dynamo/keys.ts';
import { queryPartition } from '../../kernel/dynamo/queries.store.ts';
import { type Patient, type TransactItem, transact } from '../../kernel/dynamo/transact.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { fromInvitationItem, type Invitation, toInvitationItem } from './invitation-item.schema.ts';

/** Invitation codes, by their hashes. */
export interface InvitationStore {
  readonly list: (eventId: string) => Promise<readonly Invitation[]>;
  /**
   * @param expiresAt epoch seconds
   * @param also what is written with it, such as an audit entry
   */
  readonly add: (invitation: Invitation, expiresAt: number, also: readonly TransactItem[]) => Promise<void>;
  /** Revoking twice is a success twice. @returns false where there is none */
  readonly revoke: (eventId: string, codeHash: string, also: readonly TransactItem[]) => Promise<boolean>;
}

const STILL_THERE = 'attribute_exists(pk)';

export function invitationStore({
  client,
  registry: table,
  system,
}: Given<'registry', keyof Patient>): InvitationStore {
  return {
    async list(eventId) {
      return (await queryPartition(client, table, invitationKey(eventId, '').pk)).map(fromInvitationItem);
    },

    async add(invitation, expiresAt, also) {
      const Item = toInvitationItem(invitation, expiresAt);
      const put = { Put: { TableName: table, Item, ConditionExpression: NOT_THERE } };
      const refusals = await transact(client, [put, ...also], system);
      if (refusals.length > 0) throw new Error('an invitation with this code is there already');
    },

    async revoke(eventId, codeHash, also) {
      const update = {
        TableName: table,
        Key: invitationKey(eventId, codeHash),
        UpdateExpression: 'SET revoked = :yes',
        ConditionExpression: STILL_THERE,
        ExpressionAttributeValues: { ':yes': true },
      };
      return (await transact(client, [{ Update: update }, ...also], system)).length === 0;
    },
  };
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    /** Invitation codes for registering. */
    readonly codes: InvitationStore;
  }
}

const USE_IS_LEFT = 'used < uses AND revoked = :no AND validUntil > :now';

/** Uses an invitation once more, if a use is left. */
export const takeInvitation = (table: string, eventId: string, codeHash: string, now: Date): TransactItem => ({
  Update: {
    TableName: table,
    Key: invitationKey(eventId, codeHash),
    UpdateExpression: 'ADD used :one',
    ConditionExpression: USE_IS_LEFT,
    ExpressionAttributeValues: { ':one': 1, ':no': false, ':now': now.toISOString() },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});
