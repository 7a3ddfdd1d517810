import { formatInstant } from '../../i18n/formats.ts';
import type { MailTranslate } from '../../i18n/mail.ts';
import { zoneWords } from '../../i18n/zone.ts';
import { paragraph } from '../blocks.ts';
import type { Content } from '../content.ts';
import type { Block } from '../letter.ts';
import type { ResetData, ResetProposedData } from '../message-data.ts';
import { people, teamEnding } from './roles.ts';

/*
 * To whom a second factor belongs, and to those who notice when nobody lost one: each says what to do then.
 */

export const factorResetProposed = (data: ResetProposedData, t: MailTranslate): Content => ({
  blocks: [
    paragraph(t('factor-reset-proposed.intro', { event: data.event.title })),
    ...people(data, t),
    ...facts(data, t),
    paragraph(
      t('factor-reset-proposed.until', {
        until: formatInstant(data.until, data.language, data.event.timeZone),
        ...zoneWords(data.event.timeZone, data.until.slice(0, 10), data.language),
      }),
    ),
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

function facts({ by: [proposer, second], reason }: ResetData, t: MailTranslate): Block[] {
  const said = [
    { label: t('factor-reset-proposed.by'), line: proposer },
    { label: t('factor-reset-done.by'), line: second },
    { label: t('role-opened.reason'), line: reason },
  ];
  const known = said.flatMap(({ label, line }) => (line === undefined ? [] : [{ label, lines: [line] }]));
  return known.length === 0 ? [] : [{ kind: 'facts', facts: known }];
}
