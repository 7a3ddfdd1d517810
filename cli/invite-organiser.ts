import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readStored } from '../shared/event/publish/stored-event.case.ts';
import { isCanary } from '../shared/kernel/canary.ts';
import { documentClient } from '../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../shared/kernel/system.store.ts';
import { localDate } from '../shared/kernel/text/zoned-time.ts';
import { COMMAND_LINE } from '../shared/team/audit/audit.ts';
import { audited } from '../shared/team/audit/audited.case.ts';
import { invitationId, roleInvitationStore } from '../shared/team/invitation/role-invitation.store.ts';
import { INVITATION_TOKEN_BYTES, invitationExpiry } from '../shared/team/invitation/role-invitation.ts';
import type { RoleGrant } from '../shared/team/role/organiser-role.schema.ts';
import { roleStore } from '../shared/team/role/role.store.ts';
import { mayOperatorGive, type Team } from '../shared/team/role/role-rule.ts';

export interface InvitedOrganiser {
  /** What the link has to hold; it is stored nowhere. */
  readonly token: string;
  readonly expiresAt: Date;
}

const REFUSED =
  'two people of the event give this role, on its page of the team; where the event has no two and all vettings ended, say --reason';

interface Invited {
  readonly eventId: string;
  readonly label?: string | undefined;
  /** Where they are told of what waits for them. */
  readonly email?: string | undefined;
  /** To organise the event where absent. */
  readonly grant?: RoleGrant | undefined;
  /** Why the operator gives what nobody who is vetted can give. */
  readonly reason?: string | undefined;
}

/**
 * Invites the person who gets the token to organise an event: the one way to the first organiser, open to those who may write
 * the table. What takes two people it gives only where the event has no two.
 *
 * @throws Error for an event that is not published, and for a role that two people of the event give
 */
export async function inviteOrganiser(
  { eventId, label, email, grant = { role: 'organiser' }, reason }: Invited,
  deps: { readonly dynamodb: DynamoDBClient; readonly tableName: string; readonly auditTable: string },
): Promise<InvitedOrganiser> {
  const { dynamodb, tableName, auditTable } = deps;
  if (isCanary(eventId)) throw new Error(`"${eventId}" is the event in which the system tries itself: nobody runs it`);
  const client = documentClient(dynamodb);
  const stored = await readStored({ client, registry: tableName }, eventId);
  if (stored === undefined) throw new Error(`there is no event "${eventId}" in ${tableName}: publish it first`);
  const now = realSystem.now();
  const members = await roleStore({ client, registry: tableName, system: realSystem }).list(eventId);
  const team: Team = { members, today: localDate(now, stored.rules.timeZone) };
  const grants = [grant];
  if (!mayOperatorGive(team, { grants, reason })) {
    throw new Error(REFUSED);
  }
  const expiresAt = invitationExpiry(now);
  const token = Buffer.from(realSystem.random(INVITATION_TOKEN_BYTES)).toString('base64url');
  const id = invitationId(token);
  const noting = { system: realSystem, auditTable };
  const noted = audited(noting, stored.rules, { id: COMMAND_LINE }, 'invite-member', id, { grants, label });
  const told = email === undefined ? {} : { email, language: stored.rules.languages[0] };
  const invitation = { id, eventId, grants, label, reason, ...told, createdAt: now.toISOString(), expiresAt };
  await roleInvitationStore({ client, registry: tableName, system: realSystem }).invite(invitation, [noted]);
  return { token, expiresAt: new Date(expiresAt * 1000) };
}
