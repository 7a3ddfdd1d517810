import { cancellation } from '../../event/calendar/calendars.ts';
import type { MailTranslate } from '../../kernel/i18n/mail.ts';
import { contact, paragraph, reference } from '../../mail/letter/blocks.mail.ts';
import type { Content } from '../../mail/letter/content.ts';
import type { MessageData } from '../../mail/letter/message-data.ts';

export const cancelled = (data: MessageData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('cancelled.intro', { event: data.event.title })),
    paragraph(t('cancelled.calendar')),
    { kind: 'facts', facts: [reference(data, t)] },
    paragraph(t('cancelled.undo')),
    { kind: 'button', label: t('cancelled.undo.button'), url: data.links.manage },
    paragraph(t('cancelled.again')),
    { kind: 'button', label: t('cancelled.event'), url: data.links.event },
    paragraph(t('cancelled.not-you')),
    ...contact(data, t),
  ],
  calendars: cancellation(data, t),
});
