import { formatInstant } from '../../kernel/i18n/formats.ts';
import type { MailTranslate } from '../../kernel/i18n/mail.ts';
import { zoneWords } from '../../kernel/i18n/zone.ts';
import { paragraph, teamContact } from '../../mail/letter/blocks.mail.ts';
import type { Content } from '../../mail/letter/content.ts';
import type { RoleInvitationData } from '../../mail/letter/message-data.ts';

/** Says nothing that the inviter typed: the address is unproven. */
export const roleInvitation = (
  { event, roles, links, expiresAt, language }: RoleInvitationData,
  t: MailTranslate,
): Content => ({
  blocks: [
    paragraph(t('role-invitation.intro', { event: event.title })),
    {
      kind: 'facts',
      facts: [{ label: t('role-invitation.roles'), lines: roles.map((role) => t(`role-invitation.role.${role}`)) }],
    },
    paragraph(t('role-invitation.sign-in')),
    { kind: 'button', label: t('role-invitation.button'), url: links.accept },
    paragraph(
      t('role-invitation.once', {
        until: formatInstant(expiresAt, language, event.timeZone),
        ...zoneWords(event.timeZone, expiresAt.slice(0, 10), language),
      }),
    ),
    ...teamContact(event, t),
  ],
});
