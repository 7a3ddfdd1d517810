import type { MailKey, MailTranslate } from '../../kernel/i18n/words.ts';
import { type Addressee, KINDS, type MailKind } from '../kinds.ts';
import type { FooterLine } from './content.ts';
import type { LetterData } from './letter.ts';

/** The words for why it came: to whoever is registered, or is responsible for one who is, the same. */
const REASONS = {
  holder: 'footer',
  young: 'footer',
  'former-holder': 'footer',
  guardian: 'footer',
  coordinator: 'delegation.footer',
  applicant: 'confirm-registration.footer',
  invitee: 'role-invitation.footer',
  member: 'role-granted.footer',
  decider: 'digest.footer',
  author: 'footer',
  'report-reader': 'report-reader.footer',
  'focal-point': 'focal-point.footer',
} as const satisfies Record<Addressee, MailKey>;

/**
 * Under every message: why it came, how to stop it where it can be done without, whom to tell about a child in danger (CS17), and what
 * is kept of its reader.
 */
export function footer(kind: MailKind, { event, links }: LetterData, t: MailTranslate): FooterLine[] {
  const { safeguarding } = event;
  return [
    { text: t(REASONS[KINDS[kind].to], { event: event.title }), links: [] },
    ...(links.unsubscribe === undefined
      ? []
      : [{ text: t('footer.unsubscribe'), links: [{ label: links.unsubscribe, url: links.unsubscribe }] }]),
    ...(safeguarding === undefined
      ? []
      : [{ text: t('footer.safeguarding', { name: safeguarding.name }), links: reach(safeguarding) }]),
    { text: t('footer.privacy'), links: [{ label: links.privacy, url: links.privacy }] },
  ];
}

const reach = ({ email, phone }: NonNullable<LetterData['event']['safeguarding']>): FooterLine['links'] => [
  { label: email, url: `mailto:${email}` },
  ...(phone === undefined ? [] : [{ label: phone, url: `tel:${phone.replaceAll(' ', '')}` }]),
];
