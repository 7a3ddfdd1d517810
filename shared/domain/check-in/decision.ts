/**
 * How scans of one ticket are to be understood, where a person had to look: it was the same person twice; somebody else had
 * the ticket; they were let in although the rules say otherwise; it was scanned by mistake.
 */
export const DECISIONS = ['same-person', 'someone-else', 'let-in', 'mistake'] as const;
export type DecisionKind = (typeof DECISIONS)[number];

/** A fact of its own beside the scans, of which it changes none. */
export interface Decision {
  readonly list: string;
  /** `ticketHash`, base64url. */
  readonly ticket: string;
  readonly decision: DecisionKind;
  readonly note?: string | undefined;
  /** Ids of the scans that whoever decided saw, and decided on. */
  readonly scans: readonly string[];
  /** ISO 8601. */
  readonly at: string;
  /** The member who decided. */
  readonly by: string;
}

/** Scans of one ticket on one list that a person has to look at, by their ids. */
export interface ToSee {
  readonly list: string;
  readonly ticket: string;
  /** They came in where somebody was in already. */
  readonly conflicts: readonly string[];
  /** We would not have let them pass. */
  readonly doubts: readonly string[];
}

type Named = Pick<ToSee, 'list' | 'ticket'>;

/** Decisions on one ticket and list, in the order in which they came. */
export const decisionsOn = ({ list, ticket }: Named, decisions: readonly Decision[]): readonly Decision[] =>
  decisions.filter((each) => each.list === list && each.ticket === ticket);

/** Scans on which nobody decided yet. */
export function openScans(toSee: ToSee, decisions: readonly Decision[]): readonly string[] {
  const decided = new Set(decisionsOn(toSee, decisions).flatMap(({ scans }) => scans));
  return [...new Set([...toSee.conflicts, ...toSee.doubts])].filter((scan) => !decided.has(scan));
}

/** What a person says of scans that they saw. */
export type Said = Pick<Decision, 'decision' | 'note' | 'scans'>;

/**
 * What is to become of what a person says: it is new; somebody said the very same; or what they saw is not how it stands,
 * since a scan was taken back, or somebody else decided on it.
 *
 * @param toSee absent where there is nothing to be looked at any more
 */
export function judgeDecision(
  toSee: ToSee | undefined,
  before: readonly Decision[],
  said: Said,
): 'new' | 'known' | 'out-of-date' {
  if (before.some((each) => isSame(each, said))) return 'known';
  const open = toSee === undefined ? [] : openScans(toSee, before);
  return said.scans.every((scan) => open.includes(scan)) ? 'new' : 'out-of-date';
}

const isSame = (a: Said, b: Said): boolean =>
  a.decision === b.decision && a.note === b.note && inOrder(a.scans) === inOrder(b.scans);

const inOrder = (scans: readonly string[]): string => [...new Set(scans)].sort().join(' ');
