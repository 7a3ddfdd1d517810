import type { Needs } from '../../kernel/parts.store.ts';
import { listDevices } from '../device/known-device.case.ts';
import { readCounts } from '../review/counts.case.ts';

type Deps = Needs<'client' | 'registry'>;

/**
 * Whether somebody was counted on a list, or a phone may bring in scans for it: one whose shift is over still may, until it
 * is revoked: whoever takes the list away then knows what that phone may still hold.
 */
export async function isInUse(
  deps: Pick<Deps, 'client' | 'registry'>,
  eventId: string,
  list: string,
): Promise<boolean> {
  const [counted, devices] = await Promise.all([readCounts(deps, eventId, list), listDevices(deps, eventId)]);
  return counted.length > 0 || devices.some(({ lists, revokedAt }) => revokedAt === undefined && lists.includes(list));
}
