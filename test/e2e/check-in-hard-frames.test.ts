import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodeTicket, eventFingerprint, TICKET_TYPE, ticketBody } from '../../shared/ticket/ticket.ts';
import { rawPublicKey, ticketKeyId } from '../../shared/ticket/ticket-key.ts';
import { readCode } from '../../web/checkin/scan/read-code.ts';
import { chance, HARDSHIPS, hardFrame } from '../support/hard-frames.ts';
import { pixelsOf } from '../support/qr-picture.ts';
import { prepareQrReader } from '../support/qr-reader.ts';

/** Frames of each kind: 88 in all. */
const FRAMES = 8;
const SEED = 20_271_102;
/** What stands before 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

const bytes = (seed: number, length: number): Uint8Array => {
  const random = chance(seed);
  return Uint8Array.from({ length }, () => 256 * random());
};

/** Genuine tickets, the same in each run: their key is as much of the seed as their ids. */
async function ticketsOf(seed: number): Promise<(number: number) => string> {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, bytes(seed, 32)]), format: 'der', type: 'pkcs8' });
  const publicKey = rawPublicKey(createPublicKey(key).export({ format: 'der', type: 'spki' }));
  const fields = {
    keyId: await ticketKeyId(publicKey),
    event: await eventFingerprint('sample-forum'),
    type: TICKET_TYPE.admission,
    expiresAt: new Date('2028-02-01T10:00:00Z'),
  };
  return (number) => {
    const body = ticketBody({ ...fields, ticketId: bytes(seed + number, 12) });
    return encodeTicket(body, sign(null, body, key));
  };
}

let ticket: (number: number) => string;
beforeAll(async () => {
  await prepareQrReader();
  ticket = await ticketsOf(SEED);
});

describe('tickets as a camera sees them at a door, read by what the app reads them with', () => {
  it.each(HARDSHIPS.map((hardship, kind) => [hardship, kind] as const))('TK7: %s: all', async (hardship, kind) => {
    const missed: number[] = [];
    for (let index = 0; index < FRAMES; index += 1) {
      const number = kind * FRAMES + index;
      const code = ticket(number);
      const read = await readCode(pixelsOf(hardFrame(code, hardship, SEED + number)));
      expect(read ?? code).toBe(code);
      if (read === undefined) missed.push(index);
    }
    expect(missed).toEqual([]);
  });

  it('a picture without a code is none', async () => {
    const grey = new Uint8Array(640 * 640).fill(150);
    expect(await readCode(pixelsOf({ width: 640, height: 640, grey }))).toBeUndefined();
  });
});
