import { calendars, withRemoved } from '../event/calendar/calendars.ts';
import type { LocalText } from '../event/event.ts';
import { isCalledOff } from '../event/event-standing.ts';
import { contact } from '../event/mail-blocks.ts';
import type { KnownDay, KnownSession, KnownVenue, ProgrammeChange } from '../event/programme/programme-change.ts';
import { formatDate } from '../kernel/i18n/formats.ts';
import type { MailTranslate } from '../kernel/i18n/words.ts';
import { paragraph } from '../mail/letter/blocks.ts';
import type { Fact } from '../mail/letter/content.ts';
import { ownPage } from '../registration/mail-blocks.ts';
import type { AnnouncedData } from './announced-data.ts';
import { announcementLetter } from './announcement.mail.ts';

/** What of the programme is not as its reader was told, before and after, with a calendar of how it is now. */
export const programmeChanged = announcementLetter({
  // The programme of what does not take place is of no use to anyone.
  current: ({ event }) => !isCalledOff(event),
  write(data, t) {
    const { changes = [], event, registration, concerned } = data;
    const first = event.languages[0] ?? '';
    const said = (text: LocalText): string => text[registration.language] ?? text[first] ?? '';
    const facts = changes.map((change) => factOf(change, { said, online: registration.mode === 'online', data, t }));
    const attached =
      registration.status === 'confirmed' && concerned === undefined
        ? withRemoved(data, changes, said, calendars(data, t, true), t)
        : [];
    return {
      blocks: [
        paragraph(t('programme-changed.intro', { event: event.title })),
        { kind: 'facts', facts },
        ...(attached.length > 0 ? [paragraph(t('programme-changed.calendar'))] : []),
        ...ownPage(data, t),
        ...contact(data, t),
      ],
      calendars: attached,
    };
  },
});

interface Telling {
  readonly said: (text: LocalText) => string;
  readonly online: boolean;
  readonly data: AnnouncedData;
  readonly t: MailTranslate;
}

function factOf(change: ProgrammeChange, telling: Telling): Fact {
  const { said, t } = telling;
  const lines = (before: string | undefined, after: string | undefined) => [
    before === undefined ? t('programme-changed.new') : t('programme-changed.before', { text: before }),
    after === undefined ? t('programme-changed.gone') : t('programme-changed.now', { text: after }),
  ];
  if (change.what === 'venue') {
    const place = ({ name, address }: KnownVenue) => `${said(name)}, ${said(address)}`;
    return { label: t('facts.where'), lines: lines(place(change.before), place(change.after)) };
  }
  if (change.what === 'day') {
    return {
      label: said(change.after.title),
      lines: lines(timeOf(change.before, telling), timeOf(change.after, telling)),
    };
  }
  const slot = (session: KnownSession | undefined) => session && slotOf(session, telling);
  const { title } = change.after ?? change.before ?? {};
  return { label: title ? said(title) : '', lines: lines(slot(change.before), slot(change.after)) };
}

function slotOf(session: KnownSession, telling: Telling): string {
  const { said, online, t } = telling;
  const time = timeOf(session, telling);
  if (session.room === undefined || online) return time;
  return t('programme-changed.slot', { time, room: said(session.room) });
}

const timeOf = ({ date, start, end }: Pick<KnownDay, 'date' | 'start' | 'end'>, { data, t }: Telling): string =>
  t('facts.day', { date: formatDate(date, data.registration.language), start, end });
