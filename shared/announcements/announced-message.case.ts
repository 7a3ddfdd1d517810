import type { Secrets } from '../kernel/keys/secrets.store.ts';
import type { OutboxMessage } from '../mail/outbox/message.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { type Announcement, recipientOf } from './announcement.ts';

/** 128 bits are plenty to tell one message from another. */
const ID_BYTES = 16;

/**
 * The id of the mail of an announcement to someone: always the same, so that it is written once however often its job is done,
 * and found again without an index. 22 characters of base64url.
 */
export async function announcedId(
  secrets: Secrets,
  { eventId, id }: Pick<Announcement, 'eventId' | 'id'>,
  registration: Pick<Registration, 'reference' | 'delegation'>,
): Promise<string> {
  return idTo(secrets, eventId, id, recipientOf(registration));
}

/** The same of the mail that tells a minor's guardian. @param reference the minor's */
export const announcedToGuardianId = (
  secrets: Secrets,
  { eventId, id }: Pick<Announcement, 'eventId' | 'id'>,
  { reference }: Pick<Registration, 'reference'>,
): Promise<string> => idTo(secrets, eventId, id, `guardian#${reference}`);

async function idTo(secrets: Secrets, eventId: string, id: string, recipient: string): Promise<string> {
  const mac = await secrets.mac('announced', JSON.stringify([eventId, id, recipient]));
  return mac.subarray(0, ID_BYTES).toString('base64url');
}

/** @param now when it is written */
export const announcedMessage = (
  id: string,
  { id: announcement, kind }: Pick<OutboxMessage, 'id' | 'kind'>,
  {
    eventId,
    reference,
    email,
    language,
    delegation,
  }: Pick<Registration, 'eventId' | 'reference' | 'email' | 'language' | 'delegation'>,
  now: Date,
): OutboxMessage => ({
  id,
  kind,
  eventId,
  reference,
  announcement,
  ...(delegation?.throughCoordinator && { delegation: delegation.id }),
  to: email,
  language,
  state: 'pending',
  createdAt: now.toISOString(),
  attempts: 0,
});
