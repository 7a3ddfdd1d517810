import type { MailKey, MailTranslate } from '../../kernel/i18n/mail.ts';
import type { FooterLine } from './letter.ts';
import type { EventData, MessageData } from './message-data.ts';

interface Told {
  readonly event: EventData['event'];
  readonly links: Pick<EventData['links'], 'privacy'> & Pick<MessageData['links'], 'unsubscribe'>;
}

/**
 * Under every message: why it came, how to stop it where it can be done without, whom to tell about a child in danger (CS17), and what is kept of its reader.
 *
 * @param reason the words for why it came
 */
export function footer(reason: MailKey, { event, links }: Told, t: MailTranslate): FooterLine[] {
  const { safeguarding } = event;
  return [
    { text: t(reason, { event: event.title }), links: [] },
    ...(links.unsubscribe === undefined
      ? []
      : [{ text: t('footer.unsubscribe'), links: [{ label: links.unsubscribe, url: links.unsubscribe }] }]),
    ...(safeguarding === undefined
      ? []
      : [{ text: t('footer.safeguarding', { name: safeguarding.name }), links: reach(safeguarding) }]),
    { text: t('footer.privacy'), links: [{ label: links.privacy, url: links.privacy }] },
  ];
}

const reach = ({ email, phone }: NonNullable<EventData['event']['safeguarding']>): FooterLine['links'] => [
  { label: email, url: `mailto:${email}` },
  ...(phone === undefined ? [] : [{ label: phone, url: `tel:${phone.replaceAll(' ', '')}` }]),
];
