import { updateIf } from '../../kernel/dynamo/update-if.store.ts';
import { logError } from '../../kernel/log.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { deviceKey } from '../check-in-keys.ts';
import { firstStepOfHour, stepOf } from '../hour-steps.ts';
import type { PhoneState } from '../roster/roster.schema.ts';
import type { Device } from './check-in-device.schema.ts';
import { isNews } from './talk.ts';

type Deps = Needs<'client' | 'registry' | 'system'>;

/** Keeps what a phone says of itself, for organisers (CI17). No door waits for a figure: what fails is logged. */
export async function noteDeviceReport(deps: Deps, device: Device, said: PhoneState | undefined): Promise<void> {
  if (said === undefined) return;
  const talk = { at: deps.system.now().getTime(), ...said };
  if (!isNews(device.talk, talk)) return;
  await change(deps, device, {
    UpdateExpression: 'SET talk = :talk',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':talk': talk },
  });
}

/** Counts what a phone brought in, and forgets what is more than an hour ago. */
export async function countScans(deps: Deps, device: Device, count: number): Promise<void> {
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
  { client, registry }: Deps,
  { eventId, id }: Device,
  update: Omit<Parameters<typeof updateIf>[1], 'TableName' | 'Key'>,
): Promise<void> {
  try {
    await updateIf(client, { TableName: registry, Key: deviceKey(eventId, id), ...update });
  } catch (error) {
    logError('figures of a phone not kept', error, { device: id });
  }
}
