import type { EventDefinition } from '../../event/event.ts';
import { eventOfMail } from '../../event/event-of.case.ts';
import type { LocalisedEvent } from '../../event/localised-event.store.ts';
import { teamContact, untilWords } from '../../event/mail-blocks.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { paragraph } from '../../mail/letter/content.ts';
import { eventLinks } from '../../mail/letter/event-links.ts';
import { makeLetter, type Obstacle } from '../../mail/letter/letter.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import type { RoleGrant, RoleInvitation } from '../role/organiser-role.schema.ts';
import { endLines, grantName } from '../role/roles.mail.ts';
import { invitationId, roleInvitationToken } from './role-invitation.store.ts';
import { invitationLink } from './role-invitation.ts';

type Deps = Needs<'events' | 'invitations' | 'secrets' | 'siteUrl' | 'system'>;

/** An invitation to help run an event; its reader has no registration. */
export interface RoleInvitationData {
  /** In the language of the message. */
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly grants: readonly RoleGrant[];
  readonly links: {
    /** Accepts it: a secret. */
    readonly accept: string;
    readonly privacy: string;
  };
  /** ISO 8601 instant. */
  readonly expiresAt: string;
}

/**
 * Says nothing that the inviter typed: the address is unproven. The link is made anew from the invitation's number: what was withdrawn,
 * used or has expired is not mailed.
 */
export const roleInvitation = makeLetter({
  load: loadInvitation,
  current: ({ invitation }, _, { system }: Deps) => expiryOf(invitation) > system.now() || 'invitation-gone',
  data: ({ siteUrl }: Deps, { event, language, token, invitation }): RoleInvitationData => ({
    event,
    language,
    grants: invitation.grants,
    links: {
      accept: invitationLink(siteUrl, event.id, token),
      privacy: eventLinks({ siteUrl }, event.id, language).privacy,
    },
    expiresAt: expiryOf(invitation).toISOString(),
  }),
  write: ({ event, grants, links, expiresAt, language }, t) => ({
    blocks: [
      paragraph(t('role-invitation.intro', { event: event.title })),
      {
        kind: 'facts',
        facts: [
          {
            label: t('role-invitation.roles'),
            lines: grants.map((grant) => [grantName(grant, t), ...endLines(grant, event, language, t)].join(', ')),
          },
        ],
      },
      paragraph(t('role-invitation.sign-in')),
      { kind: 'button', label: t('role-invitation.button'), url: links.accept },
      paragraph(t('role-invitation.once', untilWords({ event, language, until: expiresAt }))),
      ...teamContact(event, t),
    ],
  }),
});

interface Found extends LocalisedEvent {
  readonly invitation: RoleInvitation;
  readonly token: string;
}

async function loadInvitation(deps: Deps, message: OutboxMessage): Promise<Found | Obstacle> {
  const { eventId, reference } = message;
  const token = await roleInvitationToken(deps.secrets, eventId, reference);
  const [invitation, localised] = await Promise.all([
    deps.invitations.read(eventId, invitationId(token)),
    eventOfMail(deps, message),
  ]);
  if (invitation === undefined) return { obstacle: 'invitation-gone' };
  return 'obstacle' in localised ? localised : { ...localised, invitation, token };
}

const expiryOf = ({ expiresAt }: RoleInvitation): Date => new Date(expiresAt * 1000);
