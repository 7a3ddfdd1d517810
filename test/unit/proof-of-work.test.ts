import { solveChallenge as altchaSolve } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { describe, expect, it } from 'vitest';
import { newChallenge, solvedBy } from '../../shared/kernel/keys/proof-of-work.store.ts';
import type { Secrets } from '../../shared/kernel/keys/secrets.store.ts';
import type { ProofChallenge } from '../../shared/kernel/proof.schema.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { solveChallenge } from '../../web/site/script/solve-challenge.ts';

const secrets: Secrets = { mac: async (purpose, text) => Buffer.from(`${purpose} ${text}`.padEnd(32)) };
const EVENT = 'asean-ict-forum';
const now = new Date();

const encode = (payload: unknown): string => btoa(JSON.stringify(payload));
const fresh = () => newChallenge(secrets, realSystem, EVENT);
async function solved(challenge?: ProofChallenge) {
  const asked = challenge ?? (await fresh());
  return { challenge: asked, solution: await solveChallenge(asked.parameters) };
}
const accepts = (proof: string, at = now, eventId = EVENT) => solvedBy(secrets, at, eventId, proof);

describe('AB4: proof of work', () => {
  it('is accepted as our script solves it', async () => {
    const payload = await solved();
    expect(await accepts(encode(payload))).toEqual({
      nonce: payload.challenge.parameters.nonce,
      expiresAt: payload.challenge.parameters.expiresAt,
    });
  });

  it('is what ALTCHA describes: its own solver finds the same', async () => {
    const { challenge, solution } = await solved();
    const theirs = await altchaSolve({ challenge, deriveKey });
    expect(theirs).toMatchObject(solution);
    expect(await accepts(encode({ challenge, solution: theirs }))).toBeDefined();
  });

  it('costs everyone about as much: never nothing, never minutes', async () => {
    for (let n = 0; n < 5; n += 1) {
      const { solution } = await solved();
      expect(solution.counter).toBeGreaterThanOrEqual(150);
      expect(solution.counter).toBeLessThan(350);
    }
  });

  it('lasts ten minutes, for one event', async () => {
    const proof = encode(await solved());
    expect(await accepts(proof, new Date(now.getTime() + 9 * 60_000))).toBeDefined();
    expect(await accepts(proof, new Date(now.getTime() + 11 * 60_000))).toBeUndefined();
    expect(await accepts(proof, now, 'another-event')).toBeUndefined();
  });

  it('is refused with anything about it changed', async () => {
    const { challenge, solution } = await solved();
    const { parameters } = challenge;
    const unsolved = await fresh();
    const changed = [
      { challenge: { ...challenge, parameters: { ...parameters, expiresAt: parameters.expiresAt + 60 } }, solution },
      { challenge: { ...challenge, parameters: { ...parameters, cost: 1 } }, solution },
      { challenge: { ...challenge, parameters: { ...parameters, keyPrefix: '00' } }, solution },
      { challenge: { ...challenge, parameters: { ...parameters, nonce: '00'.repeat(16) } }, solution },
      { challenge: { ...challenge, signature: '0'.repeat(64) }, solution },
      { challenge: unsolved, solution },
      { challenge: unsolved, solution: { ...solution, derivedKey: unsolved.parameters.keyPrefix.padEnd(64, '0') } },
      { challenge, solution: { ...solution, derivedKey: 'no key at all' } },
      { challenge, solution, admin: true },
    ];
    for (const payload of changed) expect(await accepts(encode(payload))).toBeUndefined();
    for (const text of ['', 'x', '{}', encode(null), encode([]), btoa('{')])
      expect(await accepts(text)).toBeUndefined();
  });
});
