import { ProofNeededError } from '../../kernel/errors.ts';
import { mailTurn, type Pass } from '../../kernel/keys/pass.store.ts';
import { newChallenge, solvedBy } from '../../kernel/keys/proof-of-work.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';

type Deps = Needs<'secrets' | 'system'>;

export interface PassAsked {
  readonly eventId: string;
  /** Whether the event is under attack. */
  readonly guarded: boolean;
  /** What was sent along as proof, whatever it is. */
  readonly proof: string | undefined;
  /** Whether the form asks to go by mail, and there is a turn for it. */
  readonly mayGoByMail: boolean;
}

/**
 * Asks nothing in quiet times. Under attack, the sender of a form has solved a challenge first, or does with it only what
 * takes effect by a mailed link.
 *
 * @returns what is to be spent with what is written; nothing in quiet times
 * @throws ProofNeededError with a new challenge
 */
export async function requirePass(
  deps: Deps,
  { eventId, guarded, proof, mayGoByMail }: PassAsked,
): Promise<Pass | undefined> {
  if (!guarded) return undefined;
  const now = deps.system.now();
  const solved = proof && (await solvedBy(deps.secrets, now, eventId, proof));
  if (solved) return solved;
  return mayGoByMail ? mailTurn(now) : refusePass(deps, eventId);
}

/** @throws ProofNeededError always: what was sent was spent before, or lets nothing through */
export async function refusePass(deps: Deps, eventId: string): Promise<never> {
  throw new ProofNeededError(await newChallenge(deps.secrets, deps.system, eventId));
}
