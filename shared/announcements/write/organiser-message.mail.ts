import { eventOfMail } from '../../event/event-of.case.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { paragraph } from '../../mail/letter/content.ts';
import { makeLetter, type Obstacle } from '../../mail/letter/letter.ts';
import type { AnnouncedData } from '../announced-data.ts';
import { announcementLetter } from '../announcement.mail.ts';
import { organiserWords, sampleRecipient } from './organiser-words.ts';

export const organiserMessage = announcementLetter({ write: organiserWords });

type Deps = Needs<'events' | 'siteUrl'>;

/** What an organiser is about to send, to themselves: about nobody's registration, and marked so that nobody takes it for that. */
export const messageTest = makeLetter({
  load: eventOfMail,
  current: (_, { words }) => words !== undefined,
  data({ siteUrl }: Deps, { event, language }, { id, words, createdAt }): AnnouncedData | Obstacle {
    if (words === undefined) return { obstacle: 'superseded' };
    const announcement = { eventId: event.id, id, kind: 'organiser-message' as const, segment: {}, createdAt };
    return sampleRecipient(event, language, { ...announcement, words: { [language]: words } }, siteUrl);
  },
  write(data, t) {
    const { subject, blocks, ...rest } = organiserWords(data, t);
    return {
      ...rest,
      subject: t('message-test.subject', { subject }),
      blocks: [paragraph(t('message-test.note')), ...blocks],
    };
  },
});
