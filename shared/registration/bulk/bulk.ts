import { LIVE_STATUSES, REGISTRATION_STATUSES, type RegistrationStatus } from '../../event/attendee.ts';
import type { Tick } from '../../kernel/route.ts';
import type { MailKind } from '../../mail/kinds.ts';
import { DECISION_RULES } from '../decide/approval.ts';

/** What can be done to many registrations at once. */
export const BULK_KINDS = ['approve', 'decline', 'take-back', 'cancel', 'add-to-session', 'tag', 'untag'] as const;
export type BulkKind = (typeof BULK_KINDS)[number];

/** Gives people a tag, or takes it away: of that nobody is mailed, so that it is not held back, and another change brings back what was. */
export const isTagging = (kind: BulkKind): kind is 'tag' | 'untag' => kind === 'tag' || kind === 'untag';

/**
 * `running → held → leaving → done`, or `running | held → taking-back → taken-back`. While it is `held`, all is done and no mail has left:
 * it can be taken back.
 */
export const BULK_STATUSES = ['running', 'held', 'leaving', 'done', 'taking-back', 'taken-back'] as const;
export type BulkStatus = (typeof BULK_STATUSES)[number];

/** From where it can be stopped and taken back. */
const STOPPABLE: readonly BulkStatus[] = ['running', 'held'];

export const mayStop = ({ kind, status }: { readonly kind: BulkKind; readonly status: BulkStatus }): boolean =>
  !isTagging(kind) && STOPPABLE.includes(status);

/** Why a person is left as they are. */
export const REFUSALS = [
  'already',
  'wrong-status',
  'changed',
  'out-of-reach',
  'registered-anew',
  'registration-closed',
  'not-possible',
  'not-offered',
  'other-day',
  'clash',
  'unanswered',
  'no-seat',
] as const;
export type BulkRefusal = (typeof REFUSALS)[number];

/** What became of a person: changed, with a place in the waiting list, taken back, not taken back since they changed after it; or why nothing. */
export const OUTCOMES = ['done', 'waits', 'taken-back', 'stays', ...REFUSALS] as const;
export type BulkOutcome = (typeof OUTCOMES)[number];

interface Rule {
  readonly on: readonly RegistrationStatus[];
  readonly done: readonly RegistrationStatus[];
  readonly ticks: readonly Tick[];
}

export const BULK_RULES: Readonly<Record<BulkKind, Rule>> = {
  approve: { ...DECISION_RULES.approve, ticks: ['decide'] },
  decline: { ...DECISION_RULES.decline, ticks: ['decide'] },
  'take-back': { ...DECISION_RULES['take-back'], ticks: ['decide'] },
  cancel: { on: LIVE_STATUSES, done: ['cancelled'], ticks: ['cancel-people'] },
  'add-to-session': { on: ['confirmed'], done: [], ticks: ['change-people'] },
  tag: { on: REGISTRATION_STATUSES, done: [], ticks: ['change-people'] },
  untag: { on: REGISTRATION_STATUSES, done: [], ticks: ['change-people'] },
};

/** What of a registration says whether a kind of change fits. */
export interface Fitting {
  readonly status: RegistrationStatus;
  readonly revision: number;
  /** They were asked to look after people under 18. */
  readonly chaperoning?: unknown;
  readonly tags?: readonly string[] | undefined;
  readonly sessions: readonly string[];
}

/** What was asked for, of one person: the revision that was looked at, which tag they get or lose, and to which session they are added. */
interface Asked {
  readonly revision: number;
  /** Whether the event is over. */
  readonly isOver: boolean;
  readonly tag?: string | undefined;
  readonly session?: string | undefined;
}

/**
 * Why a kind of change does not fit a registration, as far as that alone says it. Adults who look after minors end one by one: their ties end
 * with it, of which others are told at once, and nothing brings them back. Once the event is over nobody loses what they came for. A tag goes by
 * nothing else of a person: what changed meanwhile does not matter.
 */
export function misfit(
  kind: BulkKind,
  { status, revision, chaperoning, tags = [], sessions }: Fitting,
  asked: Asked,
): BulkRefusal | undefined {
  const { on, done } = BULK_RULES[kind];
  if (isTagging(kind)) return tags.includes(asked.tag ?? '') === (kind === 'tag') ? 'already' : undefined;
  if (done.includes(status)) return 'already';
  if (kind === 'add-to-session' && sessions.includes(asked.session ?? '')) return 'already';
  if (revision !== asked.revision) return 'changed';
  if (!on.includes(status)) return 'wrong-status';
  if (asked.isOver && status !== 'pending-approval') return 'registration-closed';
  return chaperoning !== undefined && isEnding(kind) ? 'not-possible' : undefined;
}

/** What is mailed of a change. */
export const BULK_MAILS = [
  'confirmed',
  'waitlisted',
  'pending-approval',
  'declined',
  'cancelled',
  'updated',
] as const satisfies readonly MailKind[];

/** People of one change: a larger selection is several. */
export const MOST_IN_BULK = 2_500;

/** Above so many, those that end are counted by the organiser, too. */
const MOST_UNCOUNTED = 10;

/** Whether it ends registrations. */
export const isEnding = (kind: BulkKind): kind is 'decline' | 'cancel' => kind === 'decline' || kind === 'cancel';

/** Whether the number of people has to be typed before it begins. */
export const needsNumber = (kind: BulkKind, people: number): boolean => isEnding(kind) && people > MOST_UNCOUNTED;

/** Milliseconds from the last person until mail leaves, and what was given back goes to others; and of a single decision. */
const TIME_TO_TAKE_BACK = 120_000;
const TIME_OF_ONE = 10_000;

export const timeToTakeBack = ({ isSingle }: { readonly isSingle?: boolean | undefined }): number =>
  isSingle ? TIME_OF_ONE : TIME_TO_TAKE_BACK;
