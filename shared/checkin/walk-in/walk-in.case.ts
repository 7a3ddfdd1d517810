import type { EventDefinition } from '../../event/event.ts';
import { audited } from '../../team/audit/audited.case.ts';
import { ticketHashOf } from '../../ticket/ticket-names.store.ts';
import { byDevice } from '../by-device.case.ts';
import { clampedTime } from '../clock.ts';
import type { Device } from '../device/check-in-device.schema.ts';
import { holderOf } from '../holder.ts';
import type { Deps } from '../scan/deps.case.ts';
import type { NamedHolder } from '../scan/holders.case.ts';
import { isKept } from '../scan/keep-scan.case.ts';
import type { ScanAnswer, SentScan, SentWalkIn } from '../scan/scans.schema.ts';
import { enterWalkIn } from './enter-walk-in.case.ts';
import { reasonOf, walkInApplication } from './walk-in.ts';

/** Whom a scan checks in, and whether they have no seat and nobody said why. */
export interface WalkedIn {
  /** Absent where the scan, or another one with its id, was kept before. */
  readonly holder?: NamedHolder | undefined;
  readonly doubt?: 'over-quota' | undefined;
}

/** They are no minors. */
const NO_MINORS = { minors: 0, chaperones: 0 };

/**
 * Enters somebody who came without having registered, before their scan is kept: it is sent again where that comes to nothing. Nobody is
 * entered for a scan that was kept: they were entered then, and may have had everything about them erased since.
 */
export async function enter(
  deps: Omit<Deps, 'listRegistrations'>,
  device: Device,
  event: EventDefinition<string>,
  { scanId, ticket, kind, correctedAt }: SentScan,
  { ticketId, reason: typed, ...person }: SentWalkIn,
): Promise<WalkedIn | Extract<ScanAnswer, { readonly result: 'refused' }>> {
  if (!device.maySearch) return { result: 'refused', why: 'not-a-desk' };
  if (kind !== 'in' || ticketHashOf({ ticketId }) !== ticket) return { result: 'refused', why: 'not-a-scan' };
  const cameAt = clampedTime(correctedAt, device.enrolledAt, deps.system.now().getTime());
  const application = walkInApplication(event, person, new Date(cameAt));
  if (application === undefined) return { result: 'refused', why: 'not-a-person' };
  if (await isKept(deps, event.id, scanId)) return {};
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
