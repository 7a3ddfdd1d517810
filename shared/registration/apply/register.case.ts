import { careWrites } from '../../care/care.store.ts';
import { answeredWithForm, needsFlag } from '../../care/care-needs.ts';
import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import type { CareAnswers } from '../../event/questions.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { BusyError, InvalidInputError } from '../../kernel/errors.ts';
import type { Pass } from '../../kernel/keys/pass.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { MailKind } from '../../mail/kinds.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { admit, type Behind } from '../../seats/admission.ts';
import { poolsFor } from '../../seats/quota.ts';
import { firstStatus, needsApproval } from '../decide/approval.ts';
import { admitsWith } from '../invitation/invitation.ts';
import type { Invitation } from '../invitation/invitation-item.schema.ts';
import { type AddressLock, isNoticeDue } from '../lock.store.ts';
import type { Application, DelegationPlace } from '../registration.schema.ts';
import type { ProofKind } from '../registration.ts';
import { type Beginning, newRegistration } from '../registration-state.store.ts';
import { refusePass } from './require-pass.case.ts';
import type { AddressState, Outcome } from './submission.store.ts';

/** What entering a person touches, in whichever function it happens. */
type EntryDeps = Needs<'changes' | 'secrets' | 'submissions' | 'system'> & {
  /** Physical names: what a person needs is kept in `Care`. */
  readonly tables: { readonly care: string };
};

/** A submission that was found good: what is to be entered, for whom, and how to know it again. */
interface Entry {
  readonly event: EventDefinition<string>;
  readonly application: Application;
  readonly care: CareAnswers;
  /** Whether an invitation code was sent. */
  readonly invitationCode: boolean;
  /** What lets it through, where the event is under attack. */
  readonly pass: Pass | undefined;
  readonly addressHash: string;
  /** HMAC of the request's idempotency key, else of all that was sent. */
  readonly requestHash: string;
  /** What shows whose it is, where something does by now; of a place in a delegation the coordinator vouches. */
  readonly proven?: ProofKind | undefined;
  /** The place in a delegation that it is for. */
  readonly place?: DelegationPlace | undefined;
  /**
   * What is written with it and may be refused, given the reference of what was registered; with none where the
   * address held a registration before.
   */
  readonly along?: (reference: string | undefined) => readonly TransactItem[];
}

/** Losing a race changes what must be decided; after this many, the event is too busy to say. */
const MOST_DECISIONS = 12;
/** Milliseconds after which nothing is decided anew: the sender, who waits, is told so before the function is stopped. */
const PATIENCE = 5_000;

/**
 * Enters a person, or tells the holder of an address that is registered already: decides, writes, and decides again on
 * what a failed condition reported.
 *
 * @returns whether it is done; or that nothing is, since what was to be written along was refused, or a place in a
 *   delegation is taken already, which is nobody's to be told by mail
 * @throws InvalidInputError for an invitation code that cannot be used, ProofNeededError for a pass that was spent,
 *   BusyError when rivals do not let go
 */
export async function settleEntry(
  deps: EntryDeps,
  entry: Entry,
  first: AddressState,
): Promise<'done' | 'along-refused' | 'place-taken'> {
  const startedAt = deps.system.now().getTime();
  const isPatient = () => deps.system.now().getTime() - startedAt < PATIENCE;
  let standing = first;
  for (let decision = 1; decision <= MOST_DECISIONS && isPatient(); decision += 1) {
    const { lock, counters } = standing;
    if (lock && entry.place?.throughCoordinator) return 'place-taken';
    const outcome = lock ? await answerRepeat(deps, entry, lock) : await register(deps, entry, standing);
    if (outcome === 'done' || outcome === 'along-refused') return outcome;
    if (outcome === 'pass-spent') return refusePass(deps, entry.event.id);
    standing = { ...standing, ...outcome, counters: new Map([...counters, ...(outcome.counters ?? [])]) };
  }
  throw new BusyError();
}

type Deps = Omit<EntryDeps, 'secrets'>;

/**
 * Enters a person under a free address: with a seat in every quota, waiting where there is none, or for a person's
 * decision where the event asks for one.
 *
 * @throws InvalidInputError for an invitation code that cannot be used: nothing is lost, the form comes back
 */
async function register(deps: Deps, entry: Entry, standing: AddressState): Promise<Outcome> {
  const { event, application, care, pass, addressHash, requestHash, place, along } = entry;
  const { behind, ...beginning } = await beginningOf(deps, entry, standing);
  const proven = entry.proven ?? (place && 'vouched');
  // A coordinator is not asked what their people need.
  const asked = place === undefined && answeredWithForm(event, application, deps.system.now());
  const aboutCare = { ...needsFlag(event, care), ...asked };
  const made = newRegistration(deps.system, event, application, { ...beginning, proven });
  const registration = { ...made, ...(place && { delegation: place }), ...aboutCare };
  const refused = await deps.changes.change({
    event,
    before: undefined,
    after: registration,
    by: 'holder',
    behind,
    lock: { put: { reference: registration.reference, request: requestHash }, addressHash },
    invitation: beginning.invitation,
    pass,
    // A coordinator gets one mail about all of them.
    messages: place?.throughCoordinator ? [] : [newMessage(deps.system, messageFor(beginning), registration)],
    also: [
      ...careWrites(deps.system, deps.tables.care, event, registration, care),
      ...(along?.(registration.reference) ?? []),
    ],
  });
  if (refused === 'done') return 'done';
  if (refused.lock) return { lock: refused.lock };
  if (refused.pass) return 'pass-spent';
  if (refused.invitation) throw notUsable();
  if (refused.also) return 'along-refused';
  deps.submissions.remember(event, refused.counters);
  return { counters: refused.counters };
}

async function beginningOf(
  deps: Deps,
  { event, application, invitationCode }: Entry,
  { invitation, counters: known }: AddressState,
): Promise<Beginning & { readonly behind: readonly Behind[] }> {
  if (invitationCode) requireUsable(invitation, application, deps.system.now());
  const used = invitationCode ? { approved: true, invitation: invitation?.codeHash } : undefined;
  const { submissions } = deps;
  const chance = deps.system.chance();
  const pools = poolsFor(event, application);
  const takesSeats = used !== undefined || !needsApproval(event, application);
  const counters = takesSeats ? await submissions.lookAround(event, pools, known) : known;
  if (used) return { ...admit(pools, [], counters, chance, submissions.own), ...used };
  return firstStatus(event, application, counters, chance, submissions.own);
}

const messageFor = ({ status }: Beginning): MailKind =>
  status === 'confirmed' || status === 'waitlisted' ? status : 'pending-approval';

/** @throws InvalidInputError for an invitation code that does not let this application in */
export function requireUsable(invitation: Invitation | undefined, application: Application, now: Date): void {
  if (!admitsWith(invitation, application, now)) throw notUsable();
}

const notUsable = (): InvalidInputError =>
  new InvalidInputError([{ path: 'invitation', code: 'invitation-not-valid' }]);

/** What of a repeated entry matters. */
type Repeated = Pick<Entry, 'event' | 'pass' | 'addressHash' | 'requestHash' | 'along'> & {
  readonly application: Pick<Entry['application'], 'email' | 'language'>;
};

/**
 * For an address that holds a registration: the same request again changes nothing, another one is told by mail.
 *
 * @param kind of that mail
 */
export async function answerRepeat(
  deps: Pick<EntryDeps, 'submissions' | 'system'>,
  entry: Repeated,
  before: AddressLock,
  kind: MailKind = 'already-registered',
): Promise<Outcome> {
  const { event, application, pass, addressHash, requestHash, along } = entry;
  if (before.request === requestHash && along === undefined) return 'done';
  const now = deps.system.now();
  const due = isNoticeDue(before, now);
  const about = { ...application, eventId: event.id, reference: before.reference };
  return deps.submissions.noteRepeat({
    eventId: event.id,
    addressHash,
    before,
    after: { ...before, request: requestHash, ...(due && { noticeAt: now.toISOString() }) },
    message: due ? newMessage(deps.system, kind, about) : undefined,
    pass,
    also: along?.(undefined) ?? [],
    expiresAt: retentionEnd(event),
  });
}
