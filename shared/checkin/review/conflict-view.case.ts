import type { CheckIn } from '../scan/check-in.store.ts';
import { byRank } from '../scan/scan.ts';
import { type Decision, inQuestion, scansHeld, type ToSee } from './decision.ts';
import { type Inbox, openIn } from './inbox.case.ts';

/**
 * All scans of a ticket on a list, in order, and what of them has to be looked at.
 *
 * @param called names of devices by their ids
 * @param reasons of desks, by the ids of their scans
 */
export function scansOf(
  inbox: Inbox,
  toSee: ToSee,
  { marks, doubts }: CheckIn,
  called: ReadonlyMap<string, string>,
  reasons: ReadonlyMap<string, string>,
) {
  const open = openIn(inbox, toSee);
  const all = inQuestion(toSee);
  return [...marks].sort(byRank).map(({ scanId, device, kind, correctedAt }) => ({
    ...{ scanId, kind },
    device: called.get(device) ?? device,
    at: new Date(correctedAt).toISOString(),
    isConflict: toSee.conflicts.includes(scanId),
    doubt: toSee.doubts.includes(scanId) ? doubts[scanId] : undefined,
    reason: reasons.get(scanId),
    isDecided: all.includes(scanId) && !open.includes(scanId),
  }));
}

/** What became of a decision since. */
export function standingOf({ toSee, decisionsOn }: Inbox, decision: Decision) {
  const about = toSee.find(({ list, ticket }) => list === decision.list && ticket === decision.ticket);
  const held = scansHeld(decision, decisionsOn(decision));
  const asked = about === undefined || decision.decision === 'open-again' ? [] : inQuestion(about);
  return {
    after: decisionsOn(decision).length,
    isReplaced: held.length === 0,
    mayOpenAgain: held.filter((scan) => asked.includes(scan)),
  };
}
