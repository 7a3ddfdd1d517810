import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isAssertion, isPasskey } from '../../shared/checkin/search/search-secret.case.ts';

const ORIGIN = 'https://forum.test';
const CHALLENGE = 'aMadeUpChallenge';
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
const b64 = (data: Buffer | string) => Buffer.from(data).toString('base64url');
const spki = (key: KeyObject) => b64(key.export({ format: 'der', type: 'spki' }));

const es256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rs256 = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** As an authenticator makes it (WebAuthn 2, §6.3.3). */
function assertion(key: KeyObject, { host = 'forum.test', flags = 0x05, client = {} } = {}) {
  const clientData = Buffer.from(
    JSON.stringify({ type: 'webauthn.get', challenge: CHALLENGE, origin: ORIGIN, crossOrigin: false, ...client }),
  );
  const data = Buffer.concat([sha256(host), Buffer.from([flags, 0, 0, 0, 0])]);
  const signature = sign('sha256', Buffer.concat([data, sha256(clientData)]), key);
  return { authenticatorData: b64(data), clientData: b64(clientData), signature: b64(signature) };
}
const asked = { challenge: CHALLENGE, origin: ORIGIN };
const passkey = (key: KeyObject) => ({ id: 'credential', publicKey: spki(key) });

describe('AU10: a passkey', () => {
  it.each([
    ['ES256', es256],
    ['RS256', rs256],
  ])('opens with a signature by %s for this challenge on this site', (_, { publicKey, privateKey }) => {
    expect(isPasskey(passkey(publicKey))).toBe(true);
    expect(isAssertion(passkey(publicKey), asked, assertion(privateKey))).toBe(true);
  });

  it('opens on a site with a port, whose host is named without it', () => {
    const origin = 'http://localhost:3000';
    const signed = assertion(es256.privateKey, { host: 'localhost', client: { origin } });
    expect(isAssertion(passkey(es256.publicKey), { challenge: CHALLENGE, origin }, signed)).toBe(true);
  });

  it.each<[string, Parameters<typeof assertion>[1]]>([
    ['another challenge', { client: { challenge: 'another' } }],
    ['another site', { client: { origin: 'https://forum.example' } }],
    ['another host', { host: 'example' }],
    ['a new credential', { client: { type: 'webauthn.create' } }],
    ['nobody there', { flags: 0x04 }],
    ['nobody who was made sure of', { flags: 0x01 }],
  ])('stays shut for %s', (_, change) => {
    expect(isAssertion(passkey(es256.publicKey), asked, assertion(es256.privateKey, change))).toBe(false);
  });

  it('stays shut for another key, and for anything that was changed after it was signed', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(isAssertion(passkey(es256.publicKey), asked, assertion(other.privateKey))).toBe(false);
    const good = assertion(es256.privateKey);
    for (const part of ['authenticatorData', 'clientData', 'signature'] as const) {
      const bytes = Buffer.from(good[part], 'base64url');
      for (let at = 0; at < bytes.length; at += 1) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 1;
        expect(isAssertion(passkey(es256.publicKey), asked, { ...good, [part]: b64(changed) })).toBe(false);
      }
    }
  });

  it('is total: what is no key and no answer opens nothing', () => {
    for (const broken of ['', 'x', b64('null'), b64('[]'), b64('{"type":1}')]) {
      const said = { authenticatorData: broken, clientData: broken, signature: broken };
      expect(isAssertion(passkey(es256.publicKey), asked, said)).toBe(false);
      expect(isAssertion({ id: '', publicKey: broken }, asked, assertion(es256.privateKey))).toBe(false);
      expect(isPasskey({ id: '', publicKey: broken })).toBe(false);
    }
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
    const other = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey;
    for (const key of [weak, other, generateKeyPairSync('ed25519').publicKey])
      expect(isPasskey(passkey(key))).toBe(false);
  });
});
