import type { MailTranslate } from '../kernel/i18n/mail.ts';
import { displayReference } from '../kernel/text/reference.ts';
import { heading, paragraph } from '../mail/letter/blocks.mail.ts';
import type { Content } from '../mail/letter/content.ts';
import type { Block } from '../mail/letter/letter.ts';
import type { DelegationData } from '../mail/letter/message-data.ts';

/** The first mail to a coordinator: it says nothing that anyone typed, for the address is unproven. */
export const delegationLink = (data: DelegationData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('delegation-link.intro', { event: data.event.title })),
    paragraph(t('delegation-link.open')),
    open(data, t),
    paragraph(t('delegation-link.yours')),
    paragraph(t('delegation-link.not-you')),
    ...contact(data, t),
  ],
});

/** After people were registered about whom mail goes to the coordinator: one mail about all of them. */
export const delegationRegistered = (data: DelegationData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('delegation-registered.intro', { event: data.event.title })),
    {
      kind: 'facts',
      facts: data.people.map(({ fullName, status, reference }) => ({
        label: fullName,
        lines: [t(`delegation.status.${status}`), `${t('delegation.reference')}: ${displayReference(reference)}`],
      })),
    },
    paragraph(t('delegation-registered.tickets')),
    open(data, t),
    ...contact(data, t),
  ],
});

const open = ({ links }: DelegationData, t: MailTranslate): Block => ({
  kind: 'button',
  label: t('delegation.button'),
  url: links.delegation,
});

const contact = ({ event: { secretariat } }: DelegationData, t: MailTranslate): Block[] => [
  heading(t('contact.title')),
  paragraph(t('role-invitation.contact', { name: secretariat.name })),
  { kind: 'mailto', address: secretariat.email },
];
