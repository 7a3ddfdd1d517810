import type { EventDefinition } from '../../shared/domain/event.ts';
import { retentionEnd } from '../../shared/domain/event-times.ts';
import { admit, type Counter, quotasFor } from '../../shared/domain/quota.ts';
import { checkSubmission, type Submission } from '../../shared/domain/submission.ts';
import { BusyError, InvalidInputError, ProblemError } from '../../shared/errors.ts';
import { requireOpen } from '../../shared/http/require-open.ts';
import type { AddressLock } from '../../shared/store/lock-item.ts';
import { answerRepeat, type Repeat } from './answer-repeat.ts';
import type { Deps } from './deps.ts';
import { hashAddress, hashRequest } from './hashes.ts';
import { newMessage, newRegistration } from './new-registration.ts';

export interface SubmitRequest {
  readonly eventId: string;
  /** The language of the page, for the words of problems; the registration's own is in the submission. */
  readonly language: string;
  readonly email: string;
  /** What makes two requests the same one: the client's key, or else everything that was sent. */
  readonly identity: string;
  /** Reads what was sent in the light of the event's questions. */
  readonly submissionFor: (event: EventDefinition<string>) => Submission;
}

/** Losing a race changes what must be decided; after this many, the event is too busy to say. */
const MOST_DECISIONS = 10;

/**
 * Registers someone, or tells the holder of an address that is registered already; the caller learns the same
 * either way. Uncontended: one read and one transaction.
 *
 * @returns the address that mail goes to
 * @throws ProblemError for an unknown or closed event, InvalidInputError for fields that have to change
 */
export async function submit(deps: Deps, request: SubmitRequest): Promise<{ readonly email: string }> {
  const { eventId } = request;
  const addressHash = await hashAddress(deps.secrets, eventId, request.email);
  const facts = await deps.submissions.readFacts(eventId, request.language, addressHash);
  if (facts.localised === undefined) throw new ProblemError('unknown-event');
  const { event } = facts.localised;
  requireOpen(event, deps.system.now());
  const result = checkSubmission(event, request.submissionFor(event));
  if ('issues' in result) throw new InvalidInputError(result.issues);

  const requestHash = await hashRequest(deps.secrets, eventId, request.identity);
  const entry = { eventId, application: result.application, addressHash, requestHash };
  const lock = facts.lock ?? (await register(deps, event, entry, facts.counters));
  if (lock !== undefined) await answerRepeat(deps, entry, lock);
  return { email: result.application.email };
}

/**
 * Decides, writes, and decides again on what a failed condition reported.
 *
 * @returns the lock that someone turned out to hold on the address, if so: then nothing was written
 */
async function register(
  deps: Deps,
  event: EventDefinition<string>,
  { application, addressHash, requestHash }: Repeat,
  known: ReadonlyMap<string, Counter>,
): Promise<AddressLock | undefined> {
  const needed = quotasFor(event, application).map((quota) => ({ quota: quota.id, shard: 0 }));
  const counters = new Map(known);
  for (let decision = 1; decision <= MOST_DECISIONS; decision += 1) {
    const registration = newRegistration(deps.system, event, application, admit(needed, counters));
    const obstacle = await deps.submissions.register({
      registration,
      addressHash,
      lock: { reference: registration.reference, request: requestHash },
      message: newMessage(deps.system, registration.status === 'confirmed' ? 'confirmed' : 'waitlisted', registration),
      expiresAt: retentionEnd(event),
    });
    if (obstacle === undefined) return undefined;
    if (obstacle.kind === 'address-taken') return obstacle.lock;
    if (obstacle.kind === 'counters-changed') for (const [id, counter] of obstacle.counters) counters.set(id, counter);
  }
  throw new BusyError();
}
