import { scrypt } from 'node:crypto';
import type { Device } from '../device/check-in-device.schema.ts';

const HASH_BYTES = 32;
/** 16 MB and some 50 ms of one processor, for each code that is tried. */
const COST = { N: 2 ** 14, r: 8, p: 1 };

/**
 * Hash of a desk's six digits, bound to its phone. A million codes are soon tried, so that it is keyed by the secret in the phone's token,
 * which travels with each request and is kept nowhere here: whoever reads the table can try none, and whoever has the phone has no hash.
 *
 * @param secret of the token: 256 bits, base64url
 */
export const searchCodeHash = (
  code: string,
  { eventId, id }: Pick<Device, 'eventId' | 'id'>,
  secret: string,
): Promise<string> =>
  new Promise((resolve, reject) => {
    scrypt(`${secret} ${code}`, `search ${eventId} ${id}`, HASH_BYTES, COST, (error, hash) =>
      error ? reject(error) : resolve(hash.toString('base64url')),
    );
  });
