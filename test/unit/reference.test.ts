import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CROCKFORD, decodeCrockford, encodeCrockford } from '../../shared/kernel/text/crockford.ts';
import { displayReference, makeReference, parseReference } from '../../shared/kernel/text/reference.ts';

const references = fc.uint8Array({ minLength: 9, maxLength: 9 }).map(makeReference);

describe('Crockford base32', () => {
  it('writes 96 bits as 20 characters and reads them back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), (bytes) => {
        const text = encodeCrockford(bytes);
        expect(text).toHaveLength(20);
        expect(decodeCrockford(text)).toEqual(bytes);
      }),
    );
  });

  it('reads back bytes of any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(decodeCrockford(encodeCrockford(bytes))).toEqual(bytes);
      }),
    );
  });

  it('forgives how it was typed', () => {
    expect(decodeCrockford(' 0o1-iL 00-00 ')).toEqual(decodeCrockford('001110000'));
    expect(decodeCrockford('zzzz-zzzz')).toEqual(Uint8Array.of(255, 255, 255, 255, 255));
  });

  it.each([
    ['a letter that is no digit', 'U0'],
    ['padding that is not zero', '01'],
    ['a length that no bytes have', '0'],
    ['letters of another script', 'កក'],
  ])('refuses %s', (_, text) => {
    expect(decodeCrockford(text)).toBeUndefined();
  });
});

describe('a reference', () => {
  it('is ten characters that are read back however they are typed', () => {
    fc.assert(
      fc.property(references, (reference) => {
        expect(reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
        expect(parseReference(displayReference(reference))).toBe(reference);
        expect(parseReference(` ${reference.toLowerCase()} `)).toBe(reference);
        expect(parseReference(reference.replaceAll('1', 'l').replaceAll('0', 'o'))).toBe(reference);
      }),
    );
  });

  it('draws no vowel, so that it spells no word', () => {
    fc.assert(
      fc.property(references, (reference) => {
        expect(reference.slice(0, 9)).not.toMatch(/[AEIOU01]/);
      }),
    );
  });

  it('shows any single wrong character', () => {
    fc.assert(
      fc.property(references, fc.nat({ max: 9 }), fc.constantFrom(...CROCKFORD), (reference, at, character) => {
        fc.pre(reference.charAt(at) !== character);
        expect(parseReference(reference.slice(0, at) + character + reference.slice(at + 1))).toBeUndefined();
      }),
    );
  });

  it('shows two neighbours swapped', () => {
    fc.assert(
      fc.property(references, fc.nat({ max: 7 }), (reference, at) => {
        const [first, second] = [reference.charAt(at), reference.charAt(at + 1)];
        fc.pre(first !== second);
        expect(parseReference(reference.slice(0, at) + second + first + reference.slice(at + 2))).toBeUndefined();
      }),
    );
  });

  it.each(['', '7K3', '7K3-M9Q-X2ABC', "7K3'M9QX2AB", '🎫'.repeat(10)])('is not %j', (typed) => {
    expect(parseReference(typed)).toBeUndefined();
  });

  it('is grouped for reading aloud', () => {
    expect(displayReference('7K3M9QX2AB')).toBe('7K3-M9Q-X2AB');
  });

  it('refuses too little randomness', () => {
    expect(() => makeReference(new Uint8Array(8))).toThrow(RangeError);
  });
});
