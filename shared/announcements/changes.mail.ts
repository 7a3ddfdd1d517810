import { calendars, cancellation, takenOut, withRemoved } from '../event/calendars.ts';
import type { LocalText } from '../event/event.ts';
import { isCalledOff } from '../event/event-standing.ts';
import type { KnownDay, KnownSession, KnownVenue, ProgrammeChange } from '../event/known-programme.schema.ts';
import { contact } from '../event/mail-blocks.ts';
import { formatDate } from '../kernel/i18n/formats.ts';
import type { MailTranslate } from '../kernel/i18n/words.ts';
import { type Calendar, type Content, type Fact, paragraph } from '../mail/letter/content.ts';
import { withTicket } from '../registration/change/confirmed.mail.ts';
import { attendance, manage, ownPageButton } from '../registration/mail-blocks.ts';
import type { RegistrationWithEvent } from '../registration/registration.store.ts';
import type { TicketSigner } from '../ticket/ticket-key.store.ts';
import type { AnnouncedData } from './announced-data.ts';
import { announcementLetter } from './announcement.mail.ts';

export const eventCancelled = announcementLetter({
  write: (data, t) =>
    calledOff(
      data,
      [t('event-cancelled.intro', titled(data)), t('event-cancelled.nothing')],
      t('event-cancelled.travel'),
      t,
    ),
});

export const eventPostponed = announcementLetter({
  write: (data, t) =>
    calledOff(
      data,
      [t('event-postponed.intro', titled(data)), t('event-postponed.next')],
      t('event-postponed.travel'),
      t,
    ),
});

/** To every attendee; those who were to come in person are asked not to. */
export const eventMovedOnline = announcementLetter({
  own: withTicketOf,
  write(data, t) {
    const intro = t('event-moved-online.intro', titled(data));
    if (data.concerned) return toCoordinator(data, [intro, t('event-moved-online.in-person')], t);
    return asTheyStand(data, intro, [t(`event-moved-online.${data.wished ?? data.registration.mode}`)], t);
  },
});

/** Dates that are new, or that hold again: with a ticket that lasts as long as they need it, and a calendar of everything. */
export const eventRescheduled = announcementLetter({
  own: withTicketOf,
  write(data, t) {
    const intro = t('event-rescheduled.intro', titled(data));
    if (data.concerned) return toCoordinator(data, [intro, t('event-rescheduled.coordinator')], t);
    return asTheyStand(data, intro, data.ticket ? [t('event-rescheduled.ticket')] : [], t);
  },
});

/** The ticket of an attendee with a seat: it lasts as long as the event, as that is now. */
async function withTicketOf(
  { signer }: { readonly signer: TicketSigner },
  { registration, event }: RegistrationWithEvent,
): Promise<Pick<AnnouncedData, 'ticket'>> {
  return registration.status === 'confirmed' ? { ticket: await signer.sign(event, registration) } : {};
}

const titled = ({ event }: AnnouncedData) => ({ event: event.title });

function calledOff(data: AnnouncedData, said: readonly string[], travel: string, t: MailTranslate): Content {
  const taken: Calendar[] = hasEntered(data) ? cancellation(data, t) : [];
  return {
    blocks: [
      ...said.map(paragraph),
      ...(data.wished === 'in-person' || data.concerned ? [paragraph(travel)] : []),
      ...(taken.length > 0 ? [paragraph(t('cancelled.calendar'))] : []),
      ...(data.concerned ? ownPageButton(data, t) : manage(t('manage.text.no-ticket'), data, t)),
      ...contact(data, t),
    ],
    calendars: taken,
  };
}

/** Entries come with a ticket, and each coordinator's people have others. */
const hasEntered = ({ registration, concerned }: AnnouncedData): boolean =>
  registration.status === 'confirmed' && concerned === undefined;

function asTheyStand(data: AnnouncedData, intro: string, said: readonly string[], t: MailTranslate): Content {
  const { ticket, registration } = data;
  if (ticket !== undefined) {
    const { blocks, ...attached } = withTicket({ ...data, ticket }, intro, t);
    const [first, ...others] = blocks;
    return { ...attached, blocks: [...(first ? [first] : []), ...said.map(paragraph), ...others] };
  }
  const { status } = registration;
  const waits = status === 'waitlisted' || status === 'pending-approval' || status === 'pending-guardian';
  return {
    blocks: [
      ...[intro, ...said].map(paragraph),
      ...(waits ? [paragraph(t(`event.standing.${status}`))] : []),
      attendance(data, t),
      ...manage(t('manage.text.no-ticket'), data, t),
      ...contact(data, t),
    ],
    calendars: status === 'confirmed' ? calendars(data, t) : [],
  };
}

const toCoordinator = (data: AnnouncedData, said: readonly string[], t: MailTranslate): Content => ({
  blocks: [...said.map(paragraph), ...ownPageButton(data, t), ...contact(data, t)],
});

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
        ? withRemoved(data, changes, said, calendars(data, t), t)
        : [];
    return {
      blocks: [
        paragraph(t('programme-changed.intro', { event: event.title })),
        { kind: 'facts', facts },
        ...(attached.length === 1 ? [paragraph(t('programme-changed.calendar'))] : takenOut(event.id, attached, t)),
        ...ownPageButton(data, t),
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
