import type { Passkey } from '../../shared/checkin/device/device.schema.ts';
import type { SearchLockView } from '../../shared/kernel/http/problem.schema.ts';
import { fromBase64url, toBase64url } from './engine/base64url.ts';

/** ES256 and RS256 (IANA COSE): the server verifies these. */
const ALGORITHMS = [-7, -257] as const;
/** Milliseconds for a finger or a PIN. */
const PATIENCE = 60_000;
const BYTES = 32;

const base64url = (buffer: ArrayBuffer): string => toBase64url(new Uint8Array(buffer));

/** Whether the phone has a screen lock that pages may ask for. */
export const hasScreenLock = async (): Promise<boolean> =>
  typeof PublicKeyCredential === 'function' &&
  'getPublicKey' in AuthenticatorAttestationResponse.prototype &&
  (await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false));

/**
 * Has the phone make a key behind its screen lock. What vouches for it is the code that the phone was let in with: nothing is attested.
 *
 * @param name of the device
 * @throws where staff call it off
 */
export async function makePasskey(name: string): Promise<Passkey> {
  const user = { id: crypto.getRandomValues(new Uint8Array(BYTES)), name, displayName: name };
  const credential = (await navigator.credentials.create({
    publicKey: {
      rp: { name: document.title },
      user,
      challenge: crypto.getRandomValues(new Uint8Array(BYTES)),
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
      authenticatorSelection: {
        authenticatorAttachment: 'platform',
        residentKey: 'discouraged',
        userVerification: 'required',
      },
      attestation: 'none',
      timeout: PATIENCE,
    },
  })) as PublicKeyCredential;
  const key = (credential.response as AuthenticatorAttestationResponse).getPublicKey();
  if (key === null) throw new Error('no key of a kind that is verified');
  return { id: base64url(credential.rawId), publicKey: base64url(key) };
}

/** What opens search: the server's challenge, signed once the phone's screen lock was opened. @throws where it was not */
export async function signUnlock({ id, challenge }: NonNullable<SearchLockView['passkey']>): Promise<string> {
  const credential = (await navigator.credentials.get({
    publicKey: {
      challenge: fromBase64url(challenge),
      allowCredentials: [{ type: 'public-key', id: fromBase64url(id) }],
      userVerification: 'required',
      timeout: PATIENCE,
    },
  })) as PublicKeyCredential;
  const { authenticatorData, clientDataJSON, signature } = credential.response as AuthenticatorAssertionResponse;
  return `passkey ${[authenticatorData, clientDataJSON, signature].map(base64url).join(' ')}`;
}
