import type { Secrets } from '../../kernel/keys/secrets.store.ts';
import { INVITATION_TOKEN_BYTES } from './role-invitation.ts';

/**
 * The token of an invitation that may be mailed: rebuilt from its number when the mail is written, so that neither the
 * message in the outbox nor any other item can be redeemed.
 *
 * @param number unguessable text that names the invitation
 */
export async function roleInvitationToken(secrets: Secrets, eventId: string, number: string): Promise<string> {
  const mac = await secrets.mac('role-invitation', `${eventId}|${number}`);
  return mac.subarray(0, INVITATION_TOKEN_BYTES).toString('base64url');
}
