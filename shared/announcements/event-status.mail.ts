import { calendars, cancellation } from '../event/calendar/calendars.ts';
import type { MailTranslate } from '../kernel/i18n/mail.ts';
import { attendance, contact, manage, ownPage, paragraph } from '../mail/letter/blocks.mail.ts';
import type { Calendar, Content } from '../mail/letter/content.ts';
import type { AnnouncedData } from '../mail/letter/message-data.ts';
import { withTicket } from '../registration/change/confirmed.mail.ts';

export const eventCancelled = (data: AnnouncedData, t: MailTranslate): Content =>
  calledOff(
    data,
    [t('event-cancelled.intro', titled(data)), t('event-cancelled.nothing')],
    t('event-cancelled.travel'),
    t,
  );

export const eventPostponed = (data: AnnouncedData, t: MailTranslate): Content =>
  calledOff(
    data,
    [t('event-postponed.intro', titled(data)), t('event-postponed.next')],
    t('event-postponed.travel'),
    t,
  );

/** To everyone who is registered; whoever was to come in person is asked not to. */
export function eventMovedOnline(data: AnnouncedData, t: MailTranslate): Content {
  const intro = t('event-moved-online.intro', titled(data));
  if (data.concerned) return toCoordinator(data, [intro, t('event-moved-online.in-person')], t);
  return asTheyStand(data, intro, [t(`event-moved-online.${data.wished ?? data.registration.mode}`)], t);
}

/** Dates that are new, or that hold again: with a ticket that lasts as long as they need it, and a calendar of everything. */
export function eventRescheduled(data: AnnouncedData, t: MailTranslate): Content {
  const intro = t('event-rescheduled.intro', titled(data));
  if (data.concerned) return toCoordinator(data, [intro, t('event-rescheduled.coordinator')], t);
  return asTheyStand(data, intro, data.ticket ? [t('event-rescheduled.ticket')] : [], t);
}

const titled = ({ event }: AnnouncedData) => ({ event: event.title });

function calledOff(data: AnnouncedData, said: readonly string[], travel: string, t: MailTranslate): Content {
  const taken: Calendar[] = hasEntered(data) ? cancellation(data, t) : [];
  return {
    blocks: [
      ...said.map(paragraph),
      ...(data.wished === 'in-person' || data.concerned ? [paragraph(travel)] : []),
      ...(taken.length > 0 ? [paragraph(t('cancelled.calendar'))] : []),
      ...(data.concerned ? ownPage(data, t) : manage(t('manage.text.no-ticket'), data, t)),
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
    const { blocks, ...attached } = withTicket({ ...data, ticket }, intro, t, true);
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
    calendars: status === 'confirmed' ? calendars(data, t, true) : [],
  };
}

const toCoordinator = (data: AnnouncedData, said: readonly string[], t: MailTranslate): Content => ({
  blocks: [...said.map(paragraph), ...ownPage(data, t), ...contact(data, t)],
});
