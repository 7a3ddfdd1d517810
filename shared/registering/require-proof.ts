import { ProofNeededError } from '../errors.ts';
import { newChallenge, type SolvedChallenge, solvedBy } from '../keys/proof-of-work.ts';
import type { EntryDeps } from './entry-deps.ts';

export interface ProofSent {
  readonly eventId: string;
  /** Whether the event is under attack. */
  readonly guarded: boolean;
  /** What was sent along as proof, whatever it is. */
  readonly proof: string | undefined;
}

/**
 * Asks nothing in quiet times. Under attack, whoever sends a form has solved a challenge first.
 *
 * @returns the challenge to be spent with what is written; nothing in quiet times
 * @throws ProofNeededError with a new challenge
 */
export async function requireProof(
  deps: EntryDeps,
  { eventId, guarded, proof }: ProofSent,
): Promise<SolvedChallenge | undefined> {
  if (!guarded) return undefined;
  const solved = proof && (await solvedBy(deps.secrets, deps.system.now(), eventId, proof));
  return solved || refuseProof(deps, eventId);
}

/** @throws ProofNeededError always: what was sent was spent before, or is no proof */
export async function refuseProof(deps: EntryDeps, eventId: string): Promise<never> {
  throw new ProofNeededError(await newChallenge(deps.secrets, deps.system, eventId));
}
