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

/**
 * Bytes of a registration with its history: one read unit, and 8 units at each change of whomever, where 8 KB of history would take 18. An
 * item of its own for each change would take 2 always, as many again when another person comes, and a read more of each look.
 */
const MOST_BYTES = 4096;
/** Bytes of keys, of what places it in indexes, and of when it is forgotten. */
const BESIDE = 250;
/** Bytes of history of a registration that is long by itself. */
const LEAST = 1000;

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
  const states = [...history, { ...state, was, ...(renewed.length > 0 && { renewed }) }];
  return { ...rest, history: newest(states, Math.max(LEAST, MOST_BYTES - BESIDE - bytesOf(rest))) };
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

/** The last of them, in so many bytes: the newest is always among them. */
function newest(history: readonly FormerState[], most: number): readonly FormerState[] {
  let some = history;
  while (some.length > 1 && bytesOf(some) > most) some = some.slice(1);
  return some;
}

/** As JSON, which is longer than what the table counts. */
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
