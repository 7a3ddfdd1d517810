import { eventOf } from '../../event/event-of.case.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { render } from '../../mail/letter/render.case.ts';
import { minutesToSend } from '../../mail/limits/send-pace.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import type { Announcement } from '../announcement.ts';
import type { MESSAGE_ROUTES } from '../messages.routes.ts';
import { audienceNow } from './audience.case.ts';
import { checkSegment, checkWords } from './checked.ts';
import { sampleRecipient } from './made-up-reader.ts';
import { organiserWords } from './organiser-words.ts';

type Deps = Needs<'events' | 'listRegistrations' | 'mail' | 'siteUrl' | 'stoppedDelegations' | 'system'>;

/** How many a message would reach, and how it would read: by the very code that sends it. */
export const previewMessage =
  (deps: Deps): Permitted<typeof MESSAGE_ROUTES.previewMessage> =>
  async ({ params: { eventId }, body, language }) => {
    const { event } = await eventOf(deps, eventId, language);
    const words = body.words && checkWords(event, body.words);
    const announcement: Announcement = {
      eventId,
      id: '',
      kind: 'organiser-message',
      segment: checkSegment(event, body.segment),
      createdAt: deps.system.now().toISOString(),
      ...(words && { words }),
    };
    const [audience, quota, rendered] = await Promise.all([
      audienceNow(deps, event, announcement),
      deps.mail.quota(),
      Promise.all(Object.keys(words ?? {}).map((each) => renderIn(deps, announcement, each))),
    ]);
    const [first = ''] = event.languages;
    const hasWords = (each: string): boolean => (words ? words[each] !== undefined : event.languages.includes(each));
    const minutes = quota && minutesToSend(quota, audience.mails);
    return json(200, {
      ...audience,
      languages: audience.languages.map((each) => ({
        ...each,
        reads: hasWords(each.language) ? each.language : first,
      })),
      ...(minutes !== undefined && { minutes }),
      rendered,
    });
  };

async function renderIn(deps: Deps, announcement: Announcement, wanted: string) {
  const { event, language } = await eventOf(deps, announcement.eventId, wanted);
  const data = sampleRecipient(event, language, announcement, deps.siteUrl);
  const { subject, text, html } = render(announcement.kind, (t) => organiserWords(data, t), data);
  return { language, subject, text, html };
}
