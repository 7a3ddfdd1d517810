import { formatInstant } from '../../kernel/i18n/formats.ts';
import type { MailTranslate } from '../../kernel/i18n/mail.ts';
import { zoneWords } from '../../kernel/i18n/zone.ts';
import { paragraph, teamContact } from '../../mail/letter/blocks.mail.ts';
import type { Content } from '../../mail/letter/content.ts';
import type { ConfirmFormData } from '../../mail/letter/message-data.ts';

/** To an address that someone typed: it says nothing of what they typed beside it (AB3); that stands on the page. */
export const confirmRegistration = ({ event, language, links, until }: ConfirmFormData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('confirm-registration.intro', { event: event.title })),
    paragraph(t('confirm-registration.press')),
    { kind: 'button', label: t('confirm-registration.button'), url: links.confirm },
    paragraph(
      t('confirm-registration.until', {
        until: formatInstant(until, language, event.timeZone),
        ...zoneWords(event.timeZone, until.slice(0, 'YYYY-MM-DD'.length), language),
      }),
    ),
    paragraph(t('confirm-registration.not-you')),
    ...teamContact(event, t),
  ],
});
