import type { Doubt, OpenConflict } from './decision.ts';

/** Why scans have to be looked at that one decision may fit: what was the matter, on which list, by which phone. */
interface Cause {
  readonly list: string;
  readonly why: string;
  /** Id of the device. */
  readonly phone: string;
}

/** Of one ticket on the list: its open scans of the cause, and how many decisions there were on it. */
interface Case {
  readonly ticket: string;
  readonly scans: readonly string[];
  readonly after: number;
}

interface AlikeScans extends Cause {
  readonly cases: readonly Case[];
}

/** What concerns a child is looked at child by child. */
const ALONE: readonly string[] = ['hold', 'left-unasked'] satisfies readonly Doubt[];

/** Whether scans in doubt for this are none of many that are settled together. */
export const isSettledAlone = (why: string | undefined): boolean => why !== undefined && ALONE.includes(why);

interface OpenScan {
  readonly scanId: string;
  /** A doubt, or `conflict`: in already is the one thing to look at that is none. */
  readonly why: string;
  /** Id of the device. */
  readonly phone: string;
}

/** A ticket on a list, with those of its scans on which nobody decided. */
export interface OpenTicket extends Pick<OpenConflict, 'list' | 'ticket'> {
  readonly scans: readonly OpenScan[];
  /** How many decisions there are on it. */
  readonly decisions: number;
}

/** Scans that are open for one cause, where they are of several tickets: most tickets first, of as many the one whose first came first. */
export function alike(open: readonly OpenTicket[]): readonly AlikeScans[] {
  const causes = new Map<string, Cause & { readonly cases: Map<string, string[]> }>();
  const decisions = new Map(open.map((each) => [`${each.list} ${each.ticket}`, each.decisions]));
  for (const { list, ticket, scans } of open) {
    for (const { scanId, why, phone } of scans.filter((each) => !isSettledAlone(each.why))) {
      const name = `${list} ${why} ${phone}`;
      const cause = causes.get(name) ?? { list, why, phone, cases: new Map<string, string[]>() };
      causes.set(name, cause);
      cause.cases.set(ticket, [...(cause.cases.get(ticket) ?? []), scanId]);
    }
  }
  return [...causes.values()]
    .filter(({ cases }) => cases.size > 1)
    .map(({ cases, ...cause }) => ({
      ...cause,
      cases: [...cases].map(([ticket, scans]) => ({
        ...{ ticket, scans },
        after: decisions.get(`${cause.list} ${ticket}`) ?? 0,
      })),
    }))
    .sort((a, b) => b.cases.length - a.cases.length);
}
