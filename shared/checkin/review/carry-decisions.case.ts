import { transact } from '../../kernel/dynamo/transact.store.ts';
import { type Carried, carriedId } from './carry-check-in.case.ts';
import { addCheckInDecision, fromCheckInDecisionItem } from './check-in-decision.store.ts';
import { decisionItemsOn } from './check-in-decisions.store.ts';
import type { CheckInDeps } from './unname-check-ins.case.ts';

/**
 * Has what people decided on scans hold under the other ticket too, so that nobody has to look at the same scans again. What is there
 * already stays as it is: to do it again adds nothing.
 *
 * @param expiresAt epoch seconds
 */
export async function carryDecisions(
  { client, registry, system }: CheckInDeps,
  { checkIn, to }: Pick<Carried, 'checkIn' | 'to'>,
  expiresAt: number,
): Promise<void> {
  const items = await decisionItemsOn(client, registry, checkIn);
  for (const [number, item] of items.entries()) {
    const decision = fromCheckInDecisionItem(item);
    const scans = decision.scans.map((scan) => carriedId(scan, to));
    const carried = { ...decision, ticket: to, scans };
    await transact(client, [addCheckInDecision(registry, checkIn.eventId, carried, number, expiresAt)], system);
  }
}
