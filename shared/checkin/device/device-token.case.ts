import { createHash } from 'node:crypto';

/** What a phone says with each request: which device it is, and the secret that proves it. */
export interface DeviceToken {
  readonly eventId: string;
  readonly deviceId: string;
  readonly secret: string;
}

const TOKEN = /^([a-z0-9-]{3,40})\.([0-9A-HJKMNP-TV-Z]{8})\.([A-Za-z0-9_-]{43})$/;

/** `event.device.secret` */
export const deviceToken = ({ eventId, deviceId, secret }: DeviceToken): string => `${eventId}.${deviceId}.${secret}`;

/** Total: anything that is not a token is `undefined`. */
export function parseDeviceToken(token: string): DeviceToken | undefined {
  const [, eventId, deviceId, secret] = TOKEN.exec(token) ?? [];
  if (eventId === undefined || deviceId === undefined || secret === undefined) return undefined;
  return { eventId, deviceId, secret };
}

/** Codes and secrets are 256 random bits: their hashes need no key and no salt. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
