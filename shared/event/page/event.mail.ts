import type { MailTranslate } from '../../kernel/i18n/words.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Content } from '../../mail/letter/content.ts';
import { eventLinks } from '../../mail/letter/event-links.ts';
import { makeLetter } from '../../mail/letter/letter.ts';
import { eventOfMail } from '../event-of.case.ts';
import type { EventData } from '../mail-blocks.ts';

type Deps = Needs<'events' | 'siteUrl'>;

/** Told when everything about a registration has been deleted, or there never was one: from the event alone. */
export const eventLetter = (write: (data: EventData, t: MailTranslate) => Content) =>
  makeLetter({
    load: eventOfMail,
    current: () => true,
    data: (deps: Deps, { event, language }, { reference }): EventData => ({
      event,
      registration: { reference, language },
      links: eventLinks(deps, event.id, language),
    }),
    write,
  });
