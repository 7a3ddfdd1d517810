import { type Carried, carryCheckIn } from './carry-check-in.case.ts';
import { carryDecisions } from './carry-decisions.case.ts';
import type { CheckInDeps } from './unname-check-ins.case.ts';

/**
 * Has what somebody attended on a list, and what people decided on it, follow them to another ticket. Twice is as good as once.
 *
 * @param expiresAt epoch seconds
 */
export async function carryOn(deps: CheckInDeps, carried: Carried, expiresAt: number): Promise<void> {
  await carryCheckIn(deps, carried, expiresAt);
  await carryDecisions(deps, carried, expiresAt);
}
