import { NOT_THERE } from '../../kernel/dynamo/keys.ts';
import { readItem } from '../../kernel/dynamo/queries.store.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { Database } from '../../kernel/parts.store.ts';
import { VETTING_PROPOSAL_LASTS } from '../../team/role/vetting-rule.ts';
import { deviceProposalKey, enrolmentKey } from '../check-in-keys.ts';
import { type DeviceProposal, type StoredEnrolment, storedDeviceProposal, storedEnrolment } from './device.schema.ts';

/** @throws ZodError when the table holds something else */
export function fromDeviceProposalItem(item: Record<string, unknown>): DeviceProposal {
  const { v: _, ...proposal } = storedDeviceProposal().parse(item);
  return proposal;
}

/** One as it is now. */
type DeviceProposalReader = (eventId: string, id: string) => Promise<DeviceProposal | undefined>;

export const deviceProposalReader =
  ({ client, registry: table }: Database<'registry'>): DeviceProposalReader =>
  async (eventId, id) => {
    const item = await readItem(client, table, deviceProposalKey(eventId, id));
    return item && fromDeviceProposalItem(item);
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
    ...(before === undefined ? { ConditionExpression: NOT_THERE } : unchanged(before)),
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

/** @throws ZodError when the table holds something else */
export function fromEnrolmentItem(item: Record<string, unknown>): StoredEnrolment {
  const { v: _, goodUntil: expiresAt, ...enrolment } = storedEnrolment().parse(item);
  return { ...enrolment, expiresAt };
}

/** Seconds for which it is told of a code that it was taken, or came too late. */
const REMEMBERED = 60 * 60;

export function putEnrolment(
  table: string,
  { expiresAt, ...enrolment }: Omit<StoredEnrolment, 'takenBy'>,
): TransactItem {
  const forgetAt = Math.ceil(expiresAt / 1000) + REMEMBERED;
  const Item = {
    ...enrolmentKey(enrolment.codeHash),
    v: 1,
    ...enrolment,
    takenBy: [],
    goodUntil: expiresAt,
    expiresAt: forgetAt,
  };
  return { Put: { TableName: table, Item, ConditionExpression: NOT_THERE } };
}

/**
 * Takes it for one phone more, whatever others try.
 *
 * @param taken by how many it was taken before: it is taken by no more than it was read to be
 */
export const takeEnrolment = (
  table: string,
  codeHash: string,
  { takenBy, taken, now }: { readonly takenBy: string; readonly taken: number; readonly now: number },
): TransactItem => ({
  Update: {
    TableName: table,
    Key: enrolmentKey(codeHash),
    UpdateExpression: 'SET takenBy = list_append(if_not_exists(takenBy, :none), :by)',
    ConditionExpression: `${taken === 0 ? '(attribute_not_exists(takenBy) OR size(takenBy) = :taken)' : 'size(takenBy) = :taken'} AND goodUntil > :now`,
    ExpressionAttributeValues: { ':by': [takenBy], ':none': [], ':taken': taken, ':now': now },
  },
});
