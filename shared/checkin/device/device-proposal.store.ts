import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { Database } from '../../kernel/parts.store.ts';
import { VETTING_PROPOSAL_LASTS } from '../../team/role/vetting-rule.ts';
import { deviceProposalKey } from '../check-in-keys.ts';
import { type DeviceProposal, storedDeviceProposal } from './check-in-device.schema.ts';

/** @throws ZodError when the table holds something else */
export function fromDeviceProposalItem(item: Record<string, unknown>): DeviceProposal {
  const { v: _, ...proposal } = storedDeviceProposal().parse(item);
  return proposal;
}

/** One as it is now. */
export type DeviceProposalReader = (eventId: string, id: string) => Promise<DeviceProposal | undefined>;

export const deviceProposalReader =
  ({ client, registry: table }: Database<'registry'>): DeviceProposalReader =>
  async (eventId, id) => {
    const Key = deviceProposalKey(eventId, id);
    const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
    return Item && fromDeviceProposalItem(Item);
  };

/** A new proposal, or one that still is as it was read. */
export const putDeviceProposal = (
  table: string,
  before: DeviceProposal | undefined,
  after: DeviceProposal,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: {
      ...deviceProposalKey(after.eventId, after.id),
      v: 1,
      ...after,
      expiresAt: Math.ceil((Date.parse(after.at) + VETTING_PROPOSAL_LASTS) / 1000),
    },
    ...(before === undefined ? { ConditionExpression: 'attribute_not_exists(pk)' } : unchanged(before)),
  },
});

export const deleteDeviceProposal = (table: string, before: DeviceProposal): TransactItem => ({
  Delete: { TableName: table, Key: deviceProposalKey(before.eventId, before.id), ...unchanged(before) },
});

const unchanged = ({ revision }: DeviceProposal) => ({
  ConditionExpression: 'revision = :revision',
  ExpressionAttributeValues: { ':revision': revision },
});

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly readDeviceProposal: DeviceProposalReader;
  }
}
