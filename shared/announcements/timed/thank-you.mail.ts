import { contact } from '../../event/mail-blocks.ts';
import type { MailTranslate } from '../../kernel/i18n/words.ts';
import { paragraph } from '../../mail/letter/blocks.ts';
import type { Block } from '../../mail/letter/content.ts';
import type { AnnouncedData } from '../announced-data.ts';
import { announcementLetter } from '../announcement.mail.ts';
import { type AfterwardsDeps, afterwardsFor } from './afterwards.case.ts';

/** After the event, to everyone who had a place: some were not there. */
export const thankYou = announcementLetter({
  own: async (deps: AfterwardsDeps, found, { links }) => ({
    links: { ...links, afterwards: await afterwardsFor(deps, found) },
  }),
  write(data, t) {
    const { event, links } = data;
    const hasResources = event.resources.length > 0;
    return {
      blocks: [
        paragraph(t('thank-you.intro', { event: event.title })),
        ...afterwards(data, t),
        ...(hasResources ? [paragraph(t('thank-you.resources'))] : []),
        { kind: 'button', label: t(hasResources ? 'thank-you.resources.button' : 'cancelled.event'), url: links.event },
        ...contact(data, t),
      ],
    };
  },
});

/** What there is for the reader after the event, as far as there is any. */
const afterwards = ({ links: { afterwards: urls = {} } }: AnnouncedData, t: MailTranslate): Block[] =>
  (['feedback', 'certificate'] as const).flatMap((what): Block[] => {
    const url = urls[what];
    if (url === undefined) return [];
    return [paragraph(t(`thank-you.${what}`)), { kind: 'button', label: t(`thank-you.${what}.button`), url }];
  });
