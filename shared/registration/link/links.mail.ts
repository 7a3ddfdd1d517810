import type { EventDefinition } from '../../event/event.ts';
import { eventOfMail } from '../../event/event-of.case.ts';
import type { LocalisedEvent } from '../../event/localised-event.store.ts';
import { contact, teamContact } from '../../event/mail-blocks.ts';
import { formatInstant, zoneWords } from '../../kernel/i18n/formats.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { paragraph } from '../../mail/letter/content.ts';
import { eventLinks } from '../../mail/letter/event-links.ts';
import { makeLetter, type Obstacle } from '../../mail/letter/letter.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { confirmToken } from '../confirm/unconfirmed.store.ts';
import { isWaiting } from '../confirm/unconfirmed.ts';
import type { UnconfirmedForm } from '../confirm/unconfirmed-item.schema.ts';
import { attendance, manage } from '../mail-blocks.ts';
import { isNotCancelled, registrationLetter } from '../registration.mail.ts';
import { dataOf } from '../registration-data.case.ts';

type Deps = Needs<'events' | 'readUnconfirmed' | 'secrets' | 'siteUrl' | 'system'>;

/** To the sender of a form, before they are registered. */
export interface ConfirmFormData {
  /** In the language of the message. */
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly links: {
    /** Where the form is confirmed: a secret. */
    readonly confirm: string;
    readonly privacy: string;
  };
  /** ISO 8601 instant. */
  readonly until: string;
}

/**
 * To an address that the sender typed: it says nothing of what they typed beside it (AB3); that stands on the page. The link is the one of
 * the form as it waits now: what was confirmed or has expired is not mailed.
 */
export const confirmRegistration = makeLetter({
  load: loadForm,
  current: ({ form }, _, { system }: Deps) => isWaiting(form, system.now()),
  data: async (deps: Deps, { form, event, language }): Promise<ConfirmFormData> => ({
    event,
    language,
    links: {
      confirm: `${deps.siteUrl}/c/${await confirmToken(form, deps.secrets)}?lang=${language}`,
      privacy: eventLinks(deps, event.id, language).privacy,
    },
    until: form.until,
  }),
  write: ({ event, language, links, until }, t) => ({
    blocks: [
      paragraph(t('confirm-registration.intro', { event: event.title })),
      paragraph(t('confirm-registration.press')),
      { kind: 'button', label: t('confirm-registration.button'), url: links.confirm },
      paragraph(
        t('confirm-registration.until', {
          until: formatInstant(until, language, event.timeZone),
          ...zoneWords(event.timeZone, until, language),
        }),
      ),
      paragraph(t('confirm-registration.not-you')),
      ...teamContact(event, t),
    ],
  }),
});

interface Found extends LocalisedEvent {
  readonly form: UnconfirmedForm;
}

async function loadForm(deps: Deps, message: OutboxMessage): Promise<Found | Obstacle> {
  const [form, localised] = await Promise.all([
    deps.readUnconfirmed(message.eventId, message.reference),
    eventOfMail(deps, message),
  ]);
  if ('obstacle' in localised) return localised;
  return form === undefined ? { obstacle: 'superseded' } : { ...localised, form };
}

export const alreadyRegistered = registrationLetter({
  current: isNotCancelled,
  calledOff: 'told',
  data: dataOf,
  write: (data, t) => ({
    blocks: [
      paragraph(t('already-registered.intro', { event: data.event.title })),
      paragraph(t('already-registered.not-saved')),
      attendance(data, t),
      ...manage(t('already-registered.change'), data, t),
      paragraph(t('already-registered.not-you')),
      ...contact(data, t),
    ],
  }),
});

export const link = registrationLetter({
  current: isNotCancelled,
  calledOff: 'told',
  data: dataOf,
  write: (data, t) => ({
    blocks: [
      paragraph(t('link.intro', { event: data.event.title })),
      attendance(data, t),
      ...manage(t('link.open'), data, t),
      paragraph(t('link.not-you')),
      ...contact(data, t),
    ],
  }),
});
