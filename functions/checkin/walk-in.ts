import { ticketHashOf } from '../../shared/checking-in/ticket-hash.ts';
import type { ScanAnswer, ToldScan, ToldWalkIn } from '../../shared/contract/checkin/scans.ts';
import type { Device } from '../../shared/domain/check-in/device.ts';
import { holderOf } from '../../shared/domain/check-in/holder.ts';
import { reasonOf, walkInApplication } from '../../shared/domain/check-in/walk-in.ts';
import type { EventDefinition } from '../../shared/domain/event.ts';
import { audited } from '../../shared/organising/audited.ts';
import { byDevice } from './by-device.ts';
import type { Deps } from './deps.ts';
import { enterWalkIn } from './enter-walk-in.ts';
import type { NamedHolder } from './holders.ts';

/** Whom a scan checks in, and whether they have no seat and nobody said why. */
export interface WalkedIn {
  readonly holder: NamedHolder;
  readonly doubt?: 'over-quota' | undefined;
}

/** They are no minors. */
const NO_MINORS = { minors: 0, chaperones: 0 };

/** Enters somebody who came without having registered, before their scan is kept: it is sent again where that comes to nothing. */
export async function enter(
  deps: Deps,
  device: Device,
  event: EventDefinition<string>,
  { scanId, ticket, kind, scannedAt }: ToldScan,
  { ticketId, reason: typed, ...person }: ToldWalkIn,
): Promise<WalkedIn | Extract<ScanAnswer, { readonly result: 'refused' }>> {
  if (!device.maySearch) return { result: 'refused', why: 'not-a-desk' };
  if (kind !== 'in' || (await ticketHashOf({ ticketId })) !== ticket) return { result: 'refused', why: 'not-a-scan' };
  const application = walkInApplication(event, person, new Date(Math.min(scannedAt, deps.system.now().getTime())));
  if (application === undefined) return { result: 'refused', why: 'not-a-person' };
  const reason = reasonOf(typed);
  const how = { scanId, ticketId, device: device.id, ...(reason !== undefined && { reason }) };
  const entered = await enterWalkIn(deps, event, application, how, ({ reference }) => [
    audited(deps, event, byDevice(device), 'walk-in', reference),
  ]);
  if (entered === undefined) return { result: 'refused', why: 'other-contents' };
  const { registration, isOverQuota } = entered;
  return {
    holder: { reference: registration.reference, ...holderOf(event, registration, NO_MINORS) },
    doubt: isOverQuota && registration.walkIn?.reason === undefined ? 'over-quota' : undefined,
  };
}
