import type { Needs } from '../../kernel/parts.store.ts';
import type { OutboxMessage } from '../../mail/outbox/message.ts';
import type { Told } from '../../mail/outbox/told.case.ts';
import { renderMessage } from '../../message.ts';
import { invitationLink } from './role-invitation.ts';
import { invitationId } from './role-invitation-item.store.ts';
import { roleInvitationToken } from './role-invitation-link.store.ts';

type Deps = Needs<'events' | 'invitations' | 'secrets' | 'siteUrl' | 'system'>;

/** The link is made anew from the invitation's number: what was withdrawn, used or has expired is not mailed. */
export async function aboutInvitation(deps: Deps, { eventId, reference, language }: OutboxMessage): Promise<Told> {
  const token = await roleInvitationToken(deps.secrets, eventId, reference);
  const [invitation, localised] = await Promise.all([
    deps.invitations.read(eventId, invitationId(token)),
    deps.events.readEvent(eventId, language),
  ]);
  const expiresAt = new Date((invitation?.expiresAt ?? 0) * 1000);
  if (invitation === undefined || expiresAt <= deps.system.now()) return { obstacle: 'invitation-gone' };
  if (localised === undefined) return { obstacle: 'event-gone' };
  const message = renderMessage('role-invitation', {
    ...localised,
    roles: invitation.grants.map(({ role, deputy }) => (deputy ? 'deputy' : role)),
    links: {
      accept: invitationLink(deps.siteUrl, eventId, token),
      privacy: `${deps.siteUrl}/e/${eventId}/privacy?lang=${localised.language}`,
    },
    expiresAt: expiresAt.toISOString(),
  });
  return { message, event: localised.event };
}
