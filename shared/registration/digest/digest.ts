import type { EventDefinition } from '../../event/event.ts';
import type { RoleGrant } from '../../team/role/organiser-role.schema.ts';
import { holdsForAll, isLimited, mayDecideOn } from '../../team/role/organiser-role.ts';
import { isOverdue, pendingSince } from '../decide/approval.ts';
import type { IndexedRow } from '../people/person.ts';
import type { Digest, Waiting } from './digest-item.schema.ts';

/** Whom a digest may be mailed to. */
export interface Reader {
  /** A member's; unique among the readers of an event. */
  readonly id: string;
  readonly grants: readonly RoleGrant[];
}

/** The reader that stands in for organisers of whom no address is known: an event's secretariat. */
export const SECRETARIAT = 'secretariat';

/** What is known of a person who may wait. */
type Applicant = Pick<
  IndexedRow,
  | 'reference'
  | 'status'
  | 'question'
  | 'ageBand'
  | 'category'
  | 'country'
  | 'organisation'
  | 'pendingSince'
  | 'submittedAt'
>;

/** References that a digest names; the list has them all. */
const MOST_REFERENCES = 20;

/**
 * What each reader is told; nothing for those of whom nothing waits. Focal points are told of their own. Organisers are told of those whom
 * no focal point among the readers decides on, and of everyone overdue.
 */
export function digestsFor<R extends Reader>(
  event: Pick<EventDefinition<unknown>, 'approval'>,
  people: readonly Applicant[],
  readers: readonly R[],
  now: Date,
): (readonly [R, Digest])[] {
  const pending = people.filter((each) => pendingSince(each) !== undefined);
  const late = pending.filter((each) => isOverdue(event, each, now));
  const unreached = pending.filter((each) => !readers.some((reader) => isOwn(reader, each)));
  return readers.flatMap((reader) => {
    const isOrganiser = holdsForAll(reader.grants, ['decide']);
    const ofReader = pending.filter((each) => isOwn(reader, each));
    const own = waiting(ofReader);
    const others = isOrganiser ? waiting(unreached) : undefined;
    const told = new Set(isOrganiser ? [...ofReader, ...unreached] : ofReader);
    const answered = [...told].filter(({ question }) => question === 'answered').length;
    const overdue = listed(isOrganiser ? late : late.filter((each) => isOwn(reader, each)));
    const digest = { own, unreached: others, ...(answered > 0 && { answered }), overdue };
    return own || others || overdue ? [[reader, digest] as const] : [];
  });
}

/** A minor is decided on by those only who were vetted for it: no focal point. */
const isOwn = ({ grants }: Reader, applicant: Applicant): boolean =>
  applicant.ageBand !== 'minor' && mayDecideOn(grants.filter(isLimited), applicant);

function waiting(pending: readonly Applicant[]): Waiting | undefined {
  const [since] = pending.flatMap((each) => pendingSince(each) ?? []).sort();
  return since === undefined ? undefined : { count: pending.length, since };
}

/** Nothing that leaves by mail names a minor, not even by a reference. */
function listed(late: readonly Applicant[]): Digest['overdue'] {
  if (late.length === 0) return undefined;
  const named = late.filter(({ ageBand }) => ageBand !== 'minor');
  const longestFirst = named.map((each) => `${pendingSince(each)}#${each.reference}`).sort();
  const references = longestFirst.slice(0, MOST_REFERENCES).map((each) => each.slice(each.indexOf('#') + 1));
  return { count: late.length, references };
}
