import { listDevices } from '../../shared/checking-in/known-device.ts';
import { deviceStanding } from '../../shared/domain/check-in/device.ts';
import { retentionEnd } from '../../shared/event/event-times.ts';
import { logError } from '../../shared/kernel/log.ts';
import { signRevocations } from '../../shared/ticket/sign-revocations.case.ts';
import type { Deps } from './deps.ts';

/** Signs which tickets admit nobody any more, for each event at whose doors there is a phone. */
export async function issueRevocations(deps: Deps): Promise<void> {
  for (const eventId of await deps.digests.events()) {
    try {
      await issueFor(deps, eventId);
    } catch (error) {
      logError('revocations not signed', error, { eventId });
    }
  }
}

async function issueFor({ checkIns, ticketKey, waitlist }: Deps, eventId: string): Promise<void> {
  const now = checkIns.system.now().getTime();
  const devices = await listDevices(checkIns, eventId);
  if (!devices.some((device) => deviceStanding(device, now) === 'active')) return;
  const event = await waitlist.readEvent(eventId);
  if (event !== undefined) await signRevocations({ ...checkIns, key: ticketKey }, eventId, retentionEnd(event));
}
