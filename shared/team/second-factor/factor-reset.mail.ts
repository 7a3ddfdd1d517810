import { formatInstant } from '../../kernel/i18n/formats.ts';
import type { MailTranslate } from '../../kernel/i18n/mail.ts';
import { zoneWords } from '../../kernel/i18n/zone.ts';
import { paragraph } from '../../mail/letter/blocks.mail.ts';
import type { Content } from '../../mail/letter/content.ts';
import type { Block } from '../../mail/letter/letter.ts';
import type { ResetData, ResetElsewhereData, ResetProposedData } from '../../mail/letter/message-data.ts';
import { people, teamEnding } from '../role/roles.mail.ts';

/*
 * To whom a second factor belongs, and to those who notice when nobody lost one: each says what to do then.
 */

export const factorResetProposed = (data: ResetProposedData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('factor-reset-proposed.intro', { event: data.event.title })),
    ...people(data, t),
    ...facts(data, t),
    paragraph(t('factor-reset-proposed.until', times(data))),
    paragraph(t('factor-reset-proposed.safe')),
    paragraph(t('factor-reset-proposed.wrong')),
    ...teamEnding(data, t),
  ],
});

export const factorResetDone = (data: ResetData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('factor-reset-done.intro', { event: data.event.title })),
    // Who was removed from the team meanwhile has no name left there.
    ...(data.held.length === 0 ? [] : people(data, t)),
    ...facts(data, t),
    paragraph(t('factor-reset-done.next')),
    paragraph(t('factor-reset-done.wrong')),
    ...teamEnding(data, t),
  ],
});

export const factorResetProposedElsewhere = (
  data: ResetProposedData & ResetElsewhereData,
  t: MailTranslate,
): Content => ({
  subject: t('factor-reset-proposed.subject', { event: data.event.title }),
  title: t('factor-reset-proposed.title'),
  blocks: [
    paragraph(t('factor-reset-elsewhere.proposed', { event: data.event.title, other: data.there.title })),
    ...people(data, t),
    ...facts(data, t),
    paragraph(t('factor-reset-elsewhere.until', times(data))),
    paragraph(t('factor-reset-proposed.safe')),
    paragraph(t('factor-reset-elsewhere.object', { other: data.there.title })),
    ...contacts(data, t),
    paragraph(t('factor-reset-elsewhere.here', { event: data.event.title })),
    ...teamEnding(data, t),
  ],
});

export const factorResetDoneElsewhere = (data: ResetElsewhereData, t: MailTranslate): Content => ({
  subject: t('factor-reset-done.subject', { event: data.event.title }),
  title: t('factor-reset-done.title'),
  blocks: [
    paragraph(t('factor-reset-elsewhere.done', { event: data.event.title, other: data.there.title })),
    ...people(data, t),
    ...facts(data, t),
    paragraph(t('factor-reset-done.wrong')),
    ...contacts(data, t),
    ...teamEnding(data, t),
  ],
});

function times({ from, until, language, event: { timeZone } }: ResetProposedData) {
  const said = (instant: string): string => formatInstant(instant, language, timeZone);
  return { from: said(from), until: said(until), ...zoneWords(timeZone, until.slice(0, 10), language) };
}

function contacts({ there }: ResetElsewhereData, t: MailTranslate): Block[] {
  const reached = there.contacts.map(({ name, email, phone }) => ({
    label: name,
    lines: [email, ...(phone === undefined ? [] : [phone])],
  }));
  const organisers = { label: t('factor-reset-elsewhere.organisers'), lines: there.organisers };
  return [{ kind: 'facts', facts: [...(there.organisers.length === 0 ? [] : [organisers]), ...reached] }];
}

function facts({ by: [proposer, second], reason }: ResetData, t: MailTranslate): Block[] {
  const said = [
    { label: t('factor-reset-proposed.by'), line: proposer },
    { label: t('factor-reset-done.by'), line: second },
    { label: t('role-opened.reason'), line: reason },
  ];
  const known = said.flatMap(({ label, line }) => (line === undefined ? [] : [{ label, lines: [line] }]));
  return known.length === 0 ? [] : [{ kind: 'facts', facts: known }];
}
