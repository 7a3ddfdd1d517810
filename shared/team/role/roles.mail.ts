import { countryName, formatDate, formatInstant } from '../../kernel/i18n/formats.ts';
import type { MailTranslate } from '../../kernel/i18n/mail.ts';
import { zoneWords } from '../../kernel/i18n/zone.ts';
import { paragraph, teamContact } from '../../mail/letter/blocks.mail.ts';
import type { Content } from '../../mail/letter/content.ts';
import type { Block } from '../../mail/letter/letter.ts';
import type { HeldData, OpenedData, VettingData } from '../../mail/letter/message-data.ts';
import type { RoleGrant } from './organiser-role.ts';

/*
 * To those who have to know who else holds a role: it is they who notice what should not be.
 */

export const roleGranted = (data: HeldData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('role-granted.intro', { event: data.event.title })),
    ...people(data, t),
    paragraph(t('role-granted.wrong')),
    ...teamEnding(data, t),
  ],
});

export const roleOpened = (data: OpenedData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('role-opened.intro', { event: data.event.title })),
    ...people(data, t),
    {
      kind: 'facts',
      facts: [
        { label: t('role-opened.by'), lines: data.by },
        ...(data.reason === undefined ? [] : [{ label: t('role-opened.reason'), lines: [data.reason] }]),
      ],
    },
    paragraph(
      t('role-opened.until', {
        until: formatInstant(data.opensAt, data.language, data.event.timeZone),
        ...zoneWords(data.event.timeZone, data.opensAt.slice(0, 10), data.language),
      }),
    ),
    ...teamEnding(data, t),
  ],
});

export const whoSeesChildren = (data: HeldData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('who-sees-children.intro', { event: data.event.title })),
    ...(data.held.length === 0 ? [paragraph(t('who-sees-children.nobody'))] : people(data, t)),
    paragraph(t('role-granted.wrong')),
    ...teamEnding(data, t),
  ],
});

export const chaperoneVetted = (data: VettingData, t: MailTranslate): Content => vetted('chaperone-vetted', data, t);

export const deviceVetted = (data: VettingData, t: MailTranslate): Content => vetted('device-vetted', data, t);

/** That two of the team agreed, and on what; nothing of anyone under 18. */
const vetted = (
  kind: 'chaperone-vetted' | 'device-vetted',
  { event, name, vettedUntil, by, language, links }: VettingData,
  t: MailTranslate,
): Content => ({
  blocks: [
    paragraph(t(`${kind}.intro`, { event: event.title })),
    {
      kind: 'facts',
      facts: [
        { label: name, lines: [t('role-granted.until', { date: formatDate(vettedUntil, language) })] },
        ...(by.length === 0 ? [] : [{ label: t('role-opened.by'), lines: by }]),
      ],
    },
    paragraph(t(`${kind}.wrong`)),
    { kind: 'button', label: t('vetting.button'), url: links.children },
    ...teamContact(event, t),
  ],
});

export const people = ({ held, language }: HeldData, t: MailTranslate): Block[] => [
  {
    kind: 'facts',
    facts: held.map(({ name, grants }) => ({
      label: name ?? t('role-granted.unnamed'),
      lines: grants.map((grant) => grantLine(grant, language, t)),
    })),
  },
];

function grantLine(
  { role, deputy, vettedUntil, countries = [], organisations = [] }: RoleGrant,
  language: string,
  t: MailTranslate,
): string {
  const name = t(`role-invitation.role.${deputy ? 'deputy' : role}`);
  const reach = [...countries.map((code) => countryName(code, language)), ...organisations];
  const until = vettedUntil && t('role-granted.until', { date: formatDate(vettedUntil, language) });
  return [name, ...reach, ...(until ? [until] : [])].join(', ');
}

export const teamEnding = ({ event, links }: HeldData, t: MailTranslate): Block[] => [
  { kind: 'button', label: t('role-granted.button'), url: links.team },
  ...teamContact(event, t),
];
