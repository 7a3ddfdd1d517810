import { createHash, timingSafeEqual } from 'node:crypto';
import { retentionEnd } from '../../event/event-times.ts';
import { noteChanges } from '../../event/job.store.ts';
import { queryPartition, readItem } from '../../kernel/dynamo/queries.store.ts';
import { type Patient, type TransactItem, transact, updateIf } from '../../kernel/dynamo/transact.store.ts';
import { logger } from '../../kernel/log.store.ts';
import type { Given, Needs } from '../../kernel/parts.store.ts';
import { signRevocations } from '../../ticket/sign-revocations.case.ts';
import { deviceKey } from '../check-in-keys.ts';
import { firstStepOfHour, stepOf } from '../clock.ts';
import type { PhoneState } from '../roster/roster.schema.ts';
import { type Device, fromDeviceItem } from './device.schema.ts';
import { deviceStatus, isNews } from './device.ts';

type KnownDeviceDeps = Given<'registry', 'now'>;

/** Who sends a request, or that it is nobody. `over` and `revoked` devices may bring in what they scanned, and do no more. */
export type FoundDevice =
  | { readonly kind: 'active' | 'over' | 'revoked'; readonly device: Device }
  | { readonly kind: 'unknown' };

/** The device of a token, as it stands now, and not as it did a moment ago. */
export async function knownDevice({ client, registry, system }: KnownDeviceDeps, token: string): Promise<FoundDevice> {
  const claim = parseDeviceToken(token);
  if (claim === undefined) return { kind: 'unknown' };
  const item = await readItem(client, registry, deviceKey(claim.eventId, claim.deviceId));
  if (item === undefined) return { kind: 'unknown' };
  const { secretHash, ...device } = fromDeviceItem(item);
  const isProven = timingSafeEqual(Buffer.from(secretHash), Buffer.from(hashOf(claim.secret)));
  if (!isProven) return { kind: 'unknown' };
  return { kind: deviceStatus(device, system.now().getTime()), device };
}

/** All devices of an event, whatever became of them. @param options `consistent: false` for what is shown alone, at half the cost */
export async function readDevices(
  { client, registry }: Omit<KnownDeviceDeps, 'system'>,
  eventId: string,
  options: { readonly consistent?: boolean } = {},
): Promise<Device[]> {
  const items = await queryPartition(client, registry, deviceKey(eventId, '').pk, options);
  return items.map(fromDeviceItem).map(({ secretHash: _, ...device }) => device);
}

/**
 * Takes a device's access back, for its very next request. Revoking twice is a success twice, at the first time.
 *
 * @param also what is written with it the first time: an audit entry
 * @returns whether there is such a device
 */
export async function revokeAccess(
  { client, registry, system }: Omit<KnownDeviceDeps, 'system'> & { readonly system: Patient },
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

/** What a phone says with each request: which device it is, and the secret that proves it. */
export interface DeviceToken {
  readonly eventId: string;
  readonly deviceId: string;
  readonly secret: string;
}

const TOKEN = /^([a-z0-9-]{3,40})\.([0-9A-HJKMNP-TV-Z]{8})\.([A-Za-z0-9_-]{43})$/;

/** `event.device.secret` */
export const deviceToken = ({ eventId, deviceId, secret }: DeviceToken): string => `${eventId}.${deviceId}.${secret}`;

/** Total: anything that is not a token is `undefined`. */
export function parseDeviceToken(token: string): DeviceToken | undefined {
  const [, eventId, deviceId, secret] = TOKEN.exec(token) ?? [];
  if (eventId === undefined || deviceId === undefined || secret === undefined) return undefined;
  return { eventId, deviceId, secret };
}

/** Codes and secrets are 256 random bits: their hashes need no key and no salt. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

type NoteTalkDeps = Needs<'client' | 'registry' | 'system'>;

/** Keeps what a phone says of itself, for organisers (CI17). No door waits for a figure: what fails is logged. */
export async function noteDeviceReport(
  deps: NoteTalkDeps,
  device: Device,
  said: PhoneState | undefined,
): Promise<void> {
  if (said === undefined) return;
  const talk = { at: deps.system.now().getTime(), ...said };
  if (!isNews(device.talk, talk)) return;
  await change(deps, device, {
    UpdateExpression: 'SET talk = :talk',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':talk': talk },
  });
  const { client, registry, system } = deps;
  await noteChanges(client, registry, { what: 'phones', eventId: device.eventId, many: 1, at: system.now() });
}

/** Counts what a phone brought in, and forgets what is more than an hour ago. */
export async function countScans(deps: NoteTalkDeps, device: Device, count: number): Promise<void> {
  if (count === 0 || device.scans === undefined) return;
  const now = deps.system.now().getTime();
  const old = Object.keys(device.scans).filter((step) => Number(step) < firstStepOfHour(now));
  await change(deps, device, {
    UpdateExpression: [
      'SET scans.#step = if_not_exists(scans.#step, :none) + :count',
      ...(old.length > 0 ? [`REMOVE ${old.map((_, index) => `scans.#old${index}`).join(', ')}`] : []),
    ].join(' '),
    ConditionExpression: 'attribute_exists(scans)',
    ExpressionAttributeNames: {
      '#step': String(stepOf(now)),
      ...Object.fromEntries(old.map((step, index) => [`#old${index}`, step])),
    },
    ExpressionAttributeValues: { ':none': 0, ':count': count },
  });
}

async function change(
  { client, registry }: NoteTalkDeps,
  { eventId, id }: Device,
  update: Omit<Parameters<typeof updateIf>[1], 'TableName' | 'Key'>,
): Promise<void> {
  try {
    await updateIf(client, { TableName: registry, Key: deviceKey(eventId, id), ...update });
  } catch (error) {
    logger.error('figures of a phone not kept', { error, device: id });
  }
}

type IssueDeps = Needs<'changedEvents' | 'checkIns' | 'ticketKey' | 'waitlist'>;

/**
 * Signs which tickets admit nobody any more, for each event at whose doors there is a phone: an event is noted as one enrols, and stays noted
 * until the last shift is over.
 */
export async function issueRevocations(deps: IssueDeps): Promise<void> {
  const { changedEvents } = deps;
  for (const noted of await changedEvents.of('phones')) {
    const { eventId } = noted;
    try {
      if (!(await issueFor(deps, eventId))) await changedEvents.settle('phones', noted);
    } catch (error) {
      logger.error('revocations not signed', { error, eventId });
    }
  }
}

/** @returns whether there is a phone */
async function issueFor({ checkIns, ticketKey, waitlist }: IssueDeps, eventId: string): Promise<boolean> {
  const now = checkIns.system.now().getTime();
  const devices = await readDevices(checkIns, eventId);
  if (!devices.some((device) => deviceStatus(device, now) === 'active')) return false;
  const event = await waitlist.readEvent(eventId);
  if (event !== undefined) await signRevocations({ ...checkIns, key: ticketKey }, eventId, retentionEnd(event));
  return true;
}
