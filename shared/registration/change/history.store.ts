import { isDeepStrictEqual } from 'node:util';
import type { Registration } from '../registration.schema.ts';
import { type Changer, RENEWED, type Renewed } from '../registration.ts';

/** Attributes of which the former value is kept. Nothing of needs is among them, nor of what lies in `Care`. */
const KEPT = [
  'status',
  'language',
  'honorific',
  'fullName',
  'badgeName',
  'nativeName',
  'position',
  'organisation',
  'country',
  'category',
  'role',
  'mode',
  'days',
  'sessions',
  'closedSessions',
  'decisionNote',
] as const satisfies readonly (keyof Registration)[];

/** Of these each answer and consent has a name of its own: `answers.` or `consents.`, and the id of the question or consent. */
const KEPT_EACH = ['answers', 'consents'] as const satisfies readonly (keyof Registration)[];

type FormerState = NonNullable<Registration['history']>[number];
type FormerValue = FormerState['was'][string];

/** The newest changes of a registration that are kept, and how many bytes they may take. */
export const MOST_KEPT = 40;
const MOST_BYTES = 8000;

/** Letters of a former text that are kept. */
const LONGEST = 500;

/** Whether a change makes a registration another person's: its history begins anew. */
export const isAnothers = ({ history }: Pick<Registration, 'history'>): boolean => history?.length === 0;

/**
 * A registration with its history: what it said before the change, when that was, and who made it. Nothing is kept of a person under 18; and
 * where `after` begins a history anew (an empty one), which says that it is another person's by now, nothing of the former one.
 */
export function withHistory(before: Registration | undefined, after: Registration, by: Changer): Registration {
  const { history: _, ...rest } = after;
  if (before === undefined || before.ageBand === 'minor' || after.ageBand === 'minor') return rest;
  const state = {
    at: after.changedAt,
    ...(typeof by === 'string' ? { by } : { by: 'member' as const, member: by.id }),
  };
  if (isAnothers(after)) return { ...rest, history: [{ ...state, was: {}, anew: true }] };
  const was = formerValues(before, after);
  const renewed = RENEWED.filter((each) => isRenewed[each](before, after));
  const { history = [] } = before;
  const isNoted = Object.keys(was).length > 0 || renewed.length > 0;
  if (!isNoted) return before.history === undefined ? rest : { ...rest, history };
  return { ...rest, history: newest([...history, { ...state, was, ...(renewed.length > 0 && { renewed }) }]) };
}

const isRenewed: Readonly<Record<Renewed, (before: Registration, after: Registration) => boolean>> = {
  address: (before, after) => before.email !== after.email,
  ticket: (before, after) => before.ticketId !== after.ticketId,
  link: (before, after) => before.linkVersion !== after.linkVersion,
  certificate: (before, after) => before.certificate?.revoked !== after.certificate?.revoked,
  tags: (before, after) => !isDeepStrictEqual(before.tags ?? [], after.tags ?? []),
  'optional-mail': (before, after) => before.optedOut !== after.optedOut,
  'online-meanwhile': (before, after) =>
    before.status === after.status && before.waiting?.meanwhile !== after.waiting?.meanwhile,
};

function formerValues(before: Registration, after: Registration): Readonly<Record<string, FormerValue>> {
  const each = KEPT_EACH.flatMap((group) =>
    [...new Set([...Object.keys(before[group]), ...Object.keys(after[group])])].map(
      (id) => [`${group}.${id}`, before[group][id], after[group][id]] as const,
    ),
  );
  const movedUp = ['movedUp', before.waiting?.movedUp?.reason, after.waiting?.movedUp?.reason] as const;
  const all = [...KEPT.map((name) => [name, before[name], after[name]] as const), movedUp, ...each];
  return Object.fromEntries(
    all.flatMap(([name, was, is]) => (isDeepStrictEqual(was, is) ? [] : [[name, kept(was ?? null)]])),
  );
}

const kept = (value: FormerValue): FormerValue => {
  if (typeof value !== 'string') return value;
  const letters = [...value];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST).join('')}…` : value;
};

/** The last of them: the newest is always among them. */
function newest(history: readonly FormerState[]): readonly FormerState[] {
  let some = history.slice(-MOST_KEPT);
  while (some.length > 1 && Buffer.byteLength(JSON.stringify(some)) > MOST_BYTES) some = some.slice(1);
  return some;
}
