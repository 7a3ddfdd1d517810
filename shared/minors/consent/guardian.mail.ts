import { isCalledOff } from '../../event/event-standing.ts';
import { contact, type EventData, untilOf } from '../../event/mail-blocks.ts';
import type { MailTranslate } from '../../kernel/i18n/words.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { type Content, paragraph } from '../../mail/letter/content.ts';
import { type EventLinks, eventLinks } from '../../mail/letter/event-links.ts';
import { makeLetter } from '../../mail/letter/letter.ts';
import { type MailedReceipt, receiptBlocks, receiptsIn } from '../../registration/consent-receipts.case.ts';
import { isToCurrentGuardian } from '../../registration/mailed-change.ts';
import { loadRegistration } from '../../registration/registration.mail.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import type { DataDeps } from '../../registration/registration-data.case.ts';
import { guardianStep } from '../young.ts';
import { consentToken } from './guardian.store.ts';

/*
 * To a minor's guardian, told from the registration as it stands now: nobody is asked again who has answered.
 */

type Deps = DataDeps & Needs<'client' | 'registrations' | 'registry'>;

export interface GuardianData extends EventData {
  readonly links: EventLinks & {
    /** Where a guardian agrees, refuses or withdraws: a secret. */
    readonly consent: string;
  };
  /** Of what they agreed to by the change that the mail is about. */
  readonly receipts?: readonly MailedReceipt[];
  /** Until when they decide, while they are asked: ISO 8601. */
  readonly until?: string | undefined;
}

const consentLetter = (
  current: (registration: RegistrationWithEvent) => boolean,
  write: (data: GuardianData, t: MailTranslate) => Content,
) =>
  makeLetter({
    load: loadRegistration,
    // Links are made when a mail is written: a guardian who was asked before them must not get theirs.
    current: (found, { createdAt }) =>
      current(found) && isToCurrentGuardian(found.registration.minor?.guardianChange, createdAt),
    data: async (deps: Deps, found, { createdAt }): Promise<GuardianData> => ({
      ...(await guardianData(deps, found)),
      receipts: await receiptsIn(deps, found, 'guardian', createdAt),
    }),
    write,
  });

/** @returns what a guardian is told with, and led to: the page on which they decide */
export async function guardianData(
  deps: DataDeps,
  { registration, event, language }: RegistrationWithEvent,
): Promise<GuardianData> {
  const consent = `${deps.siteUrl}/g/${await consentToken(registration, deps.secrets)}?lang=${language}`;
  const links = { ...eventLinks(deps, event.id, language), consent };
  const { reference, minor } = registration;
  return { event, registration: { reference, language }, links, until: minor?.answerBy };
}

/** Nobody is asked to agree to what does not take place. */
const isAsked = ({ registration, event }: RegistrationWithEvent): boolean =>
  !isCalledOff(event) && guardianStep(registration) === 'asked';

/** To an address that was typed: it names nobody (AB3); who it is about stands on the page that the link opens. */
export const guardianRequest = consentLetter(isAsked, (data, t) =>
  asking(data, t('guardian-request.intro', { event: data.event.title }), t),
);

export const guardianReminder = consentLetter(isAsked, (data, t) =>
  asking(data, t('guardian-reminder.intro', { event: data.event.title }), t),
);

/** It names the moment and no number of days: a reminder comes when some of these are over. */
const asking = (data: GuardianData, intro: string, t: MailTranslate): Content => ({
  blocks: [
    paragraph(intro),
    paragraph(t('guardian-request.decide')),
    { kind: 'button', label: t('guardian-request.button'), url: data.links.consent },
    ...(data.until === undefined ? [] : [paragraph(t('guardian-request.otherwise', untilOf(data, data.until)))]),
    paragraph(t('guardian-request.not-you')),
    ...contact(data, t),
  ],
});

/** Some time after a guardian agreed: a person who pressed the button in their place is found out. */
export const guardianReceipt = consentLetter(
  ({ registration: { minor, status } }) => minor?.guardianConsents !== undefined && status !== 'cancelled',
  (data, t) => ({
    blocks: [
      paragraph(t('guardian-receipt.intro', { event: data.event.title })),
      paragraph(t('guardian-receipt.withdraw')),
      paragraph(t('guardian-receipt.handover')),
      { kind: 'button', label: t('guardian-receipt.button'), url: data.links.consent },
      paragraph(t('guardian-receipt.not-you')),
      ...contact(data, t),
      ...receiptBlocks(data.receipts ?? [], t),
    ],
  }),
);
