import { mayGoOnline, meetsInPerson } from '../../event/event-standing.ts';
import { firstDay } from '../../event/event-times.ts';
import { contact, daysOf, placeOf } from '../../event/mail-blocks.ts';
import { formatDate, formatDayAndMonth } from '../../kernel/i18n/formats.ts';
import type { MailTranslate } from '../../kernel/i18n/words.ts';
import { type Block, heading, paragraph } from '../../mail/letter/content.ts';
import { calledInSubject, fittingSubject } from '../../mail/letter/letter.ts';
import { attendance, manage, ownPageButton } from '../../registration/mail-blocks.ts';
import type { AnnouncedData } from '../announced-data.ts';
import { announcementLetter } from '../announcement.mail.ts';
import { type AfterwardsDeps, afterwardsFor } from './afterwards.case.ts';

export const reminderWeek = announcementLetter({ write: (data, t) => reminder('reminder-week', data, t) });
export const reminderDay = announcementLetter({ write: (data, t) => reminder('reminder-day', data, t) });

/**
 * All an attendee needs to come, and what they can do if they cannot. It names the date and never "tomorrow": mail may have to wait.
 */
function reminder(kind: 'reminder-week' | 'reminder-day', data: AnnouncedData, t: MailTranslate) {
  const { event, registration, links } = data;
  const params = { event: event.title, date: formatDate(firstDay(event), registration.language) };
  const called = calledInSubject(event);
  const own = event.days.filter(({ id }) => links.delegation === undefined && registration.days.includes(id));
  // We see nobody on a day on which they do not come.
  const date = firstDay(kind === 'reminder-day' && own.length > 0 ? { days: own } : event);
  return {
    subject: fittingSubject(
      t(`${kind}.subject`, { event: called, date: formatDate(date, registration.language) }),
      t(`${kind}.subject`, { event: called, date: formatDayAndMonth(date, registration.language) }),
    ),
    blocks: [
      paragraph(t(`${kind}.intro`, params)),
      ...(links.delegation === undefined ? forOne(data, t) : forDelegation(data, t)),
      ...contact(data, t),
    ],
  };
}

/** A coordinator reads it for several, who may come on other days and in other ways than one another. */
const forDelegation = (data: AnnouncedData, t: MailTranslate): Block[] => [
  {
    kind: 'facts',
    facts: [daysOf(data.event.days, data, t), ...(meetsInPerson(data.event) ? [placeOf(data, t)] : [])],
  },
  paragraph(t('reminder.delegation')),
  ...ownPageButton(data, t),
];

function forOne(data: AnnouncedData, t: MailTranslate): Block[] {
  const { registration } = data;
  const mode = registration.waiting?.meanwhile ?? registration.mode;
  return [
    ...(registration.status === 'waitlisted' && registration.mode === 'in-person'
      ? [paragraph(t('reminder.meanwhile'))]
      : []),
    attendance({ ...data, registration: { ...registration, mode } }, t),
    ...sessions(data, t),
    heading(t(`reminder.${mode}.title`)),
    paragraph(t(`reminder.${mode}`)),
    ...(registration.ageBand === 'minor' && mode === 'in-person' ? [paragraph(t('reminder.chaperone'))] : []),
    ...manage(t(registration.status === 'waitlisted' ? 'manage.text.no-ticket' : 'manage.text'), data, t),
    ...otherwise(data, t),
  ];
}

function sessions({ event, sessions: own, registration: { language } }: AnnouncedData, t: MailTranslate): Block[] {
  const lines = event.days.flatMap(({ id, date }) =>
    own
      .filter(({ day }) => day === id)
      .map(({ title, start, end }) =>
        t('reminder.session', { title, when: t('facts.day', { date: formatDate(date, language), start, end }) }),
      ),
  );
  return lines.length === 0 ? [] : [{ kind: 'facts', facts: [{ label: t('reminder.sessions'), lines }] }];
}

/** Both lead to a page with a button, since mail scanners follow links. */
function otherwise({ event, links, registration }: AnnouncedData, t: MailTranslate): Block[] {
  const offersOnline = mayGoOnline(event, registration);
  return [
    heading(t('reminder.otherwise.title')),
    ...(offersOnline
      ? [
          paragraph(t('reminder.online-instead')),
          { kind: 'link', label: t('reminder.online-instead.button'), url: links.online } as const,
        ]
      : []),
    paragraph(t(registration.ageBand === 'minor' ? 'reminder.stop' : 'reminder.cancel')),
    { kind: 'link', label: t('reminder.cancel.button'), url: links.cancel },
  ];
}

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
        { kind: 'link', label: t(hasResources ? 'thank-you.resources.button' : 'cancelled.event'), url: links.event },
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
