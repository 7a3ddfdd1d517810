import { timingSafeEqual } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { queryPartition } from '../../kernel/dynamo/query-partition.store.ts';
import { type Patient, type TransactItem, transact } from '../../kernel/dynamo/transact.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { deviceKey } from '../check-in-keys.ts';
import { type Device, fromDeviceItem } from './check-in-device.schema.ts';
import { deviceStatus } from './device.ts';
import { hashOf, parseDeviceToken } from './device-token.case.ts';

type Deps = Given<'registry', 'now'>;

/** Who sends a request, or that it is nobody. `over` and `revoked` devices may bring in what they scanned until then, and no more. */
export type Known =
  | { readonly kind: 'active' | 'over' | 'revoked'; readonly device: Device }
  | { readonly kind: 'unknown' };

/** The device of a token, as it stands now, and not as it did a moment ago. */
export async function knownDevice({ client, registry, system }: Deps, token: string): Promise<Known> {
  const claim = parseDeviceToken(token);
  if (claim === undefined) return { kind: 'unknown' };
  const Key = deviceKey(claim.eventId, claim.deviceId);
  const { Item } = await client.send(new GetCommand({ TableName: registry, Key, ConsistentRead: true }));
  if (Item === undefined) return { kind: 'unknown' };
  const { secretHash, ...device } = fromDeviceItem(Item);
  const isProven = timingSafeEqual(Buffer.from(secretHash), Buffer.from(hashOf(claim.secret)));
  if (!isProven) return { kind: 'unknown' };
  return { kind: deviceStatus(device, system.now().getTime()), device };
}

/** All devices of an event, whatever became of them. */
export async function listDevices({ client, registry }: Omit<Deps, 'system'>, eventId: string): Promise<Device[]> {
  const items = await queryPartition(client, registry, deviceKey(eventId, '').pk);
  return items.map(fromDeviceItem).map(({ secretHash: _, ...device }) => device);
}

/**
 * Takes a device's access back, for its very next request. Revoking twice is a success twice, at the first time.
 *
 * @param also what is written with it the first time: an audit entry
 * @returns whether there is such a device
 */
export async function revokeDevice(
  { client, registry, system }: Omit<Deps, 'system'> & { readonly system: Patient },
  eventId: string,
  id: string,
  also: readonly TransactItem[] = [],
): Promise<boolean> {
  const Update = {
    TableName: registry,
    Key: deviceKey(eventId, id),
    UpdateExpression: 'SET revokedAt = :now',
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(revokedAt)',
    ExpressionAttributeValues: { ':now': system.now().getTime() },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
  const [refusal] = await transact(client, [{ Update }, ...also], system);
  return refusal === undefined || refusal.old !== undefined;
}
