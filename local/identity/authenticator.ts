import type { TOTP } from 'otpauth';

/** Periods of 30 seconds by which clocks may differ. */
const WINDOW = 1;

/** A new secret, base32. */
export async function newSecret(): Promise<string> {
  const { Secret } = await import('otpauth');
  return new Secret().base32;
}

/** What an authenticator app reads from a QR code. */
export const enrolmentAddress = async (secret: string, label: string): Promise<string> =>
  (await authenticator(secret, label)).toString();

/** Whether a code is the one that an app with this secret shows now (RFC 6238). */
export const isCodeOf = async (secret: string, code: string): Promise<boolean> =>
  (await authenticator(secret)).validate({ token: code.replace(/\s/g, ''), window: WINDOW }) !== null;

/** Loaded for those alone who use one: signing in without one stays as fast as it was. */
async function authenticator(secret: string, label = ''): Promise<TOTP> {
  const { Secret, TOTP } = await import('otpauth');
  return new TOTP({ issuer: 'Plenary on this machine', label, secret: Secret.fromBase32(secret) });
}
