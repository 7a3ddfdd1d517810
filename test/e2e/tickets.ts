import { GetPublicKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { readBarcodes } from 'zxing-wasm/reader';
import { LOCAL_AWS } from '../../local/aws.ts';
import { ENVIRONMENT } from '../../shared/kernel/env.ts';
import { eventFingerprint, TICKET_TYPE, type TicketTrust } from '../../shared/ticket/ticket.ts';
import { rawPublicKey, trustedKeys } from '../../shared/ticket/ticket-key.ts';
import { prepareQrReader } from '../support/qr-reader.ts';
import type { Site } from './site.ts';

/** What a scanner reads from a picture. @throws Error unless exactly one QR code is in it */
export async function scan(picture: Buffer): Promise<string> {
  await prepareQrReader();
  const [found, ...others] = await readBarcodes(new Uint8Array(picture), { formats: ['QRCode'] });
  if (found === undefined || others.length > 0) throw new Error(`${others.length + (found ? 1 : 0)} QR codes found`);
  return found.text;
}

/** What a device at the event's door trusts: the public key of the deployment. */
export async function doorTrust({ system, eventId }: Pick<Site, 'system' | 'eventId'>): Promise<TicketTrust> {
  const { endpoints, environment } = system;
  const kms = new KMSClient({ ...LOCAL_AWS, endpoint: endpoints.kms });
  const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: environment[ENVIRONMENT.ticketKey] }));
  kms.destroy();
  if (PublicKey === undefined) throw new Error('KMS gave no public key');
  return {
    keys: await trustedKeys([rawPublicKey(PublicKey)]),
    event: await eventFingerprint(eventId),
    type: TICKET_TYPE.admission,
    now: new Date(),
  };
}
