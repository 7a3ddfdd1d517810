import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { INVITATION_TOKEN_BYTES, invitationExpiry } from '../shared/domain/role-invitation.ts';
import { readStored } from '../shared/publishing/stored-event.ts';
import { documentClient } from '../shared/store/client.ts';
import { invitationId } from '../shared/store/role-invitation-item.ts';
import { roleInvitationStore } from '../shared/store/role-invitation-store.ts';
import { realSystem } from '../shared/system.ts';

export interface InvitedOrganiser {
  /** What the link has to hold; it is stored nowhere. */
  readonly token: string;
  readonly expiresAt: Date;
}

/**
 * Invites whoever gets the token to organise an event: the one way to the first organiser, open to who may write the table.
 *
 * @throws Error for an event that is not published
 */
export async function inviteOrganiser(
  { eventId, label }: { readonly eventId: string; readonly label?: string | undefined },
  { dynamodb, tableName }: { readonly dynamodb: DynamoDBClient; readonly tableName: string },
): Promise<InvitedOrganiser> {
  const documents = documentClient(dynamodb);
  if ((await readStored({ documents, registry: tableName }, eventId)) === undefined) {
    throw new Error(`there is no event "${eventId}" in ${tableName}: publish it first`);
  }
  const now = realSystem.now();
  const expiresAt = invitationExpiry(now);
  const token = Buffer.from(realSystem.random(INVITATION_TOKEN_BYTES)).toString('base64url');
  await roleInvitationStore(documents, tableName, realSystem).invite({
    id: invitationId(token),
    eventId,
    grants: [{ role: 'organiser' }],
    label,
    createdAt: now.toISOString(),
    expiresAt,
  });
  return { token, expiresAt: new Date(expiresAt * 1000) };
}
