import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  certificateCode,
  isProvenCode,
  parseCertificateCode,
} from '../../shared/certificates/certificate-code.store.ts';
import type { Secrets } from '../../shared/kernel/keys/secrets.store.ts';
import { CROCKFORD } from '../../shared/kernel/text/crockford.ts';
import { makeReference } from '../../shared/kernel/text/reference.ts';

const secretsOf = (root: string): Secrets => ({
  mac: async (purpose, text) => createHmac('sha256', `${root} ${purpose}`).update(text).digest(),
});
const secrets = secretsOf('root');
const certified = fc.record({
  eventId: fc.constantFrom('forum', 'other-forum'),
  reference: fc.uint8Array({ minLength: 9, maxLength: 9 }).map(makeReference),
  fullName: fc.string({ minLength: 1 }),
});

const isGood = async (typed: string, of: Parameters<typeof certificateCode>[0], by = secrets): Promise<boolean> => {
  const claim = parseCertificateCode(typed);
  return claim !== undefined && claim.reference === of.reference && isProvenCode(claim, of, by);
};

describe('the code of a certificate', () => {
  it('proves what it was made for, however it is typed', async () => {
    await fc.assert(
      fc.asyncProperty(certified, fc.constantFrom('', ' ', '-', ' - '), async (of, between) => {
        const code = await certificateCode(of, secrets);
        expect(code).toMatch(/^[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{4}(-[0-9A-Z]{4}){4}$/);
        const typed = code.toLowerCase().replaceAll('-', between).replaceAll('1', 'l').replaceAll('0', 'o');
        expect(await isGood(typed, of)).toBe(true);
      }),
    );
  });

  it('with any one digit changed proves nothing', async () => {
    const digit = fc.constantFrom(...CROCKFORD);
    await fc.assert(
      fc.asyncProperty(certified, fc.nat({ max: 25 }), digit, async (of, at, other) => {
        const digits = (await certificateCode(of, secrets)).replaceAll('-', '');
        fc.pre(digits[at] !== other);
        expect(await isGood(digits.slice(0, at) + other + digits.slice(at + 1), of)).toBe(false);
      }),
    );
  });

  it('proves nothing of another event, another name, or by another key', async () => {
    const of = { eventId: 'forum', reference: makeReference(new Uint8Array(9)), fullName: 'Zoë Example' };
    const code = await certificateCode(of, secrets);
    expect(await isGood(code, of)).toBe(true);
    expect(await isGood(code, { ...of, eventId: 'other' })).toBe(false);
    expect(await isGood(code, { ...of, fullName: 'Zoe Example' })).toBe(false);
    expect(await isGood(code, { ...of, nativeName: 'Zoë' })).toBe(false);
    expect(await isGood(code, of, secretsOf('another root'))).toBe(false);
  });

  it('is read from anything without failing', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        expect(parseCertificateCode(typed)).toBeUndefined();
      }),
    );
  });
});
