import { type RegistrationStatus, STANDING } from '../../event/attendee.ts';
import type { EventDefinition } from '../../event/event.ts';
import { admit, type Behind } from '../../seats/admission.ts';
import { type KnownCounters, poolsFor } from '../../seats/quota.ts';
import type { Seat } from '../../seats/seat.schema.ts';
import type { Application, DeclineReason, Registration } from '../registration.schema.ts';

/** What each decision may be taken on, and what it has led to where it was taken already. */
export const DECISION_RULES = {
  approve: { on: ['pending-approval'], done: ['confirmed', 'waitlisted'] },
  // Before a guardian has agreed there is nothing to decide: the request ends by itself, and all about it is deleted.
  decline: { on: STANDING, done: ['declined'] },
  'take-back': { on: ['declined'], done: STANDING },
} as const satisfies Record<string, Record<'on' | 'done', readonly RegistrationStatus[]>>;

/** Reasons for which a registration is declined, where the event's definition names none. */
export const DECLINE_REASONS = ['full', 'audience', 'incomplete', 'twice'] as const;
export type UsualReason = (typeof DECLINE_REASONS)[number];

export const isUsualReason = (id: string): id is UsualReason => (DECLINE_REASONS as readonly string[]).includes(id);

/** Why a person was declined. Where it has no text it is one of the product's own, whose words each page and mail has. */
export interface ToldReason {
  readonly id: string;
  readonly text?: string | undefined;
}

/** A reason for readers of a language of the event; in another one, where it was chosen before the event spoke theirs. */
export const reasonIn = ({ id, texts }: DeclineReason, language: string): ToldReason => ({
  id,
  text: texts && (texts[language] ?? texts['en'] ?? Object.values(texts)[0]),
});

/**
 * Whether a person must decide before a seat is taken: for categories that say so, and for applicants who ask for
 * closed sessions. An address of a domain that the category trusts passes, since mail with the ticket goes to it alone.
 */
export function needsApproval(
  { categories }: Pick<EventDefinition<string>, 'categories'>,
  { category: id, email, closedSessions }: Pick<Application, 'category' | 'email' | 'closedSessions'>,
): boolean {
  const category = categories.find((each) => each.id === id);
  if (category === undefined || !(category.approval || closedSessions)) return false;
  return !category.trustedDomains?.some((domain) => isWithin(email, domain));
}

/** Whether anyone may have to wait for a decision. */
export const mayNeedApproval = ({ categories, sessions }: Pick<EventDefinition<unknown>, 'categories' | 'sessions'>) =>
  categories.some(({ approval }) => approval) || sessions.some(({ audience }) => audience !== undefined);

const isWithin = (email: string, domain: string): boolean => {
  const host = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return host === domain || host.endsWith(`.${domain}`);
};

const DAY = 24 * 60 * 60 * 1000;
/** Where an event does not say how long its decisions take. */
const USUAL_DAYS = 5;

/** Within how many days an applicant may expect a decision. */
export const expectedDays = ({ approval }: Pick<EventDefinition<unknown>, 'approval'>): number =>
  approval?.expectedDays ?? USUAL_DAYS;

/** Since when an attendee waits for a decision; nothing where they do not. */
export const pendingSince = (registration: Pick<Registration, 'status' | 'pendingSince' | 'submittedAt'>) =>
  registration.status === 'pending-approval' ? (registration.pendingSince ?? registration.submittedAt) : undefined;

/** Whether an attendee has waited for a decision longer than they were told. */
export function isOverdue(
  event: Pick<EventDefinition<unknown>, 'approval'>,
  registration: Parameters<typeof pendingSince>[0],
  now: Date,
): boolean {
  const since = pendingSince(registration);
  return since !== undefined && now.getTime() - Date.parse(since) > expectedDays(event) * DAY;
}

/** Where an attendee stands who has just answered everything. */
interface FirstStanding {
  readonly status: RegistrationStatus & ('pending-approval' | 'confirmed' | 'waitlisted');
  readonly seats: readonly Seat[];
  /** As the admission says. */
  readonly behind: readonly Behind[];
}

/** A person's decision where the event asks for one, else a seat in every quota, else waiting where there is none. */
export const firstStatus = (
  event: EventDefinition<string>,
  application: Application,
  counters: KnownCounters,
  chance: number,
  own = chance,
): FirstStanding =>
  needsApproval(event, application)
    ? { status: 'pending-approval', seats: [], behind: [] }
    : admit(poolsFor(event, application), [], counters, chance, own);

/** Where an attendee comes in again who had ended: with a seat, waiting, or for a decision. */
export function readmission(
  event: EventDefinition<string>,
  { before, counters }: { readonly before: Registration; readonly counters: KnownCounters },
  chance: number,
): FirstStanding {
  if (!before.approved && needsApproval(event, before)) return { status: 'pending-approval', seats: [], behind: [] };
  if (before.role !== 'attendee') return { status: 'confirmed', seats: [], behind: [] };
  return admit(poolsFor(event, before), [], counters, chance);
}
