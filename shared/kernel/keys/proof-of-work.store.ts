import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { type ProofChallenge, proofChallenge, solvedChallenge } from '../proof.schema.ts';
import type { System } from '../system.store.ts';
import type { Secrets } from './secrets.store.ts';

/** Iterations of one derivation: about 2 ms on a desk, 10 ms on a cheap phone. A browser derives natively. */
const COST = 5000;
/**
 * Derivations until the solution, by chance: half a second on a desk, some seconds on a cheap phone. Two bounds instead of
 * a lucky prefix, so that nobody waits five times as long as others.
 */
const FEWEST = 150;
const MOST = 350;
/** Seconds; to fill in nothing anew, only to solve. */
const LIFETIME = 10 * 60;

/** A challenge that was solved, to be spent once. */
export interface SolvedChallenge {
  readonly nonce: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/**
 * Work for one form of one event. The challenge is stored nowhere: its signature tells it for ours.
 *
 * @param lifetime seconds
 */
export async function newChallenge(
  secrets: Secrets,
  system: System,
  eventId: string,
  lifetime = LIFETIME,
): Promise<ProofChallenge> {
  const chance = Buffer.from(system.random(4)).readUInt32BE();
  const challenge = await createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: COST,
    counter: FEWEST + (chance % (MOST - FEWEST)),
    deriveKey,
    expiresAt: Math.floor(system.now().getTime() / 1000) + lifetime,
    data: { event: eventId },
    ...(await signingSecrets(secrets)),
  });
  return proofChallenge.parse(challenge);
}

/**
 * Checks the text that a solver made of a challenge. Whether it was spent before is for the caller to find out.
 *
 * @returns undefined for whatever is no solution of a challenge of ours, of this event, that is still good
 */
export async function solvedBy(
  secrets: Secrets,
  now: Date,
  eventId: string,
  proof: string,
): Promise<SolvedChallenge | undefined> {
  const payload = decode(proof);
  if (payload === undefined) return undefined;
  const { nonce, expiresAt, data } = payload.challenge.parameters;
  if (data.event !== eventId || expiresAt * 1000 <= now.getTime()) return undefined;
  const { solution, challenge } = payload;
  // Text that is not hexadecimal throws.
  const result = await verifySolution({
    challenge,
    solution: { counter: solution.counter, derivedKey: solution.derivedKey },
    deriveKey,
    ...(await signingSecrets(secrets)),
  }).catch(() => undefined);
  return result?.verified ? { nonce, expiresAt } : undefined;
}

function decode(proof: string) {
  try {
    return solvedChallenge.safeParse(JSON.parse(Buffer.from(proof, 'base64').toString())).data;
  } catch {
    return undefined;
  }
}

const signingSecrets = async (secrets: Secrets) => ({
  hmacSignatureSecret: (await secrets.mac('proof-of-work', 'challenge')).toString('hex'),
  hmacKeySignatureSecret: (await secrets.mac('proof-of-work', 'key')).toString('hex'),
});
