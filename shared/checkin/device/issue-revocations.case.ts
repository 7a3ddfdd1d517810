import { retentionEnd } from '../../event/event-times.ts';
import { logError } from '../../kernel/log.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { signRevocations } from '../../ticket/sign-revocations.case.ts';
import { deviceStatus } from './device.ts';
import { readDevices } from './known-device.case.ts';

type Deps = Needs<'checkIns' | 'digestWriter' | 'ticketKey' | 'waitlist'>;

/** Signs which tickets admit nobody any more, for each event at whose doors there is a phone. */
export async function issueRevocations(deps: Deps): Promise<void> {
  for (const eventId of await deps.digestWriter.events()) {
    try {
      await issueFor(deps, eventId);
    } catch (error) {
      logError('revocations not signed', error, { eventId });
    }
  }
}

async function issueFor({ checkIns, ticketKey, waitlist }: Deps, eventId: string): Promise<void> {
  const now = checkIns.system.now().getTime();
  const devices = await readDevices(checkIns, eventId);
  if (!devices.some((device) => deviceStatus(device, now) === 'active')) return;
  const event = await waitlist.readEvent(eventId);
  if (event !== undefined) await signRevocations({ ...checkIns, key: ticketKey }, eventId, retentionEnd(event));
}
