import type { SentDecision } from '../check-in.schema.ts';
import type { Decision } from '../check-in-items.schema.ts';
import type { Refusal } from '../scan/verdict.ts';

/** Scans of one ticket on one list that a person has to look at, by their ids. */
export interface OpenConflict {
  readonly list: string;
  readonly ticket: string;
  /** They came in where the attendee was in already. */
  readonly conflicts: readonly string[];
  /** We would not have let them pass. */
  readonly doubts: readonly string[];
}

type Named = Pick<OpenConflict, 'list' | 'ticket'>;

/** What was decided on one ticket and list, in the order in which it was: there may be thousands of both. */
export function decisionsByTicket(all: readonly Decision[]): (of: Named) => readonly Decision[] {
  const found = new Map<string, Decision[]>();
  for (const each of all) {
    const before = found.get(placeOf(each));
    if (before === undefined) found.set(placeOf(each), [each]);
    else before.push(each);
  }
  return (of) => found.get(placeOf(of)) ?? [];
}

const placeOf = ({ list, ticket }: Named): string => `${list} ${ticket}`;

/** Scans that an organiser has to look at, each once. */
export const inQuestion = ({ conflicts, doubts }: OpenConflict): readonly string[] => [
  ...new Set([...conflicts, ...doubts]),
];

/** Scans on which nobody decided yet, or on which what was decided was taken back. @param decisions on this ticket and list, in order */
export function openScans(toSee: OpenConflict, decisions: readonly Decision[]): readonly string[] {
  const last = lastOnEach(decisions);
  return inQuestion(toSee).filter((scan) => (last.get(scan)?.decision ?? 'open-again') === 'open-again');
}

/** Scans of which nobody said otherwise since. @param decisions on its ticket and list, in order */
export function scansHeld(decision: Decision, decisions: readonly Decision[]): readonly string[] {
  const last = lastOnEach(decisions);
  return decision.scans.filter((scan) => last.get(scan) === decision);
}

const lastOnEach = (decisions: readonly Decision[]): ReadonlyMap<string, Decision> =>
  new Map(decisions.flatMap((each) => each.scans.map((scan) => [scan, each] as const)));

/**
 * What is to become of what a person says: it is new; the very same was said; or what they saw is not how it stands, since
 * a scan was taken back, or another organiser decided meanwhile.
 *
 * @param toSee absent where there is nothing to be looked at any more
 * @param before on this ticket and list, in order
 */
export function judgeDecision(
  toSee: OpenConflict | undefined,
  before: readonly Decision[],
  said: SentDecision,
): 'new' | 'known' | 'out-of-date' {
  const next = before[said.after];
  if (next !== undefined) return isSame(next, said) ? 'known' : 'out-of-date';
  if (said.after !== before.length || toSee === undefined) return 'out-of-date';
  const open = openScans(toSee, before);
  // What nobody said anything of cannot be taken back.
  const may =
    said.decision === 'open-again' ? inQuestion(toSee).filter((scan) => !open.includes(scan)) : inQuestion(toSee);
  return said.scans.every((scan) => may.includes(scan)) ? 'new' : 'out-of-date';
}

const isSame = (a: Omit<SentDecision, 'after'>, b: Omit<SentDecision, 'after'>): boolean =>
  a.decision === b.decision && a.note === b.note && inOrder(a.scans) === inOrder(b.scans);

const inOrder = (scans: readonly string[]): string => [...new Set(scans)].sort().join(' ');

/** Why a scan was kept that we would not have let pass: people were there, and decided with what they knew. */
export type Doubt =
  | Refusal
  | 'hold'
  | 'unknown-ticket'
  | 'over-quota'
  /** A minor left, and nobody who may said with whom, or two devices did (CS24). */
  | 'left-unasked';
