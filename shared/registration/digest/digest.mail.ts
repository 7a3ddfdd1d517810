import { formatDay } from '../../kernel/i18n/formats.ts';
import type { MailTranslate } from '../../kernel/i18n/mail.ts';
import { displayReference } from '../../kernel/text/reference.ts';
import { heading, paragraph, teamContact } from '../../mail/letter/blocks.mail.ts';
import type { Content } from '../../mail/letter/content.ts';
import type { Block } from '../../mail/letter/letter.ts';
import type { DigestData } from '../../mail/letter/message-data.ts';
import { expectedDays } from '../decide/approval.ts';

/** Numbers and references only: who they are is for the console, after signing in. */
export function digest({ event, language, digest, links }: DigestData, t: MailTranslate): Content {
  const { own, unreached, overdue } = digest;
  const day = (since: string): string => formatDay(new Date(since), language, event.timeZone);
  return {
    blocks: [
      ...(own ? [paragraph(t('digest.own', { count: own.count, since: day(own.since) }))] : []),
      ...(unreached ? [paragraph(t('digest.unreached', { count: unreached.count, since: day(unreached.since) }))] : []),
      ...(overdue ? late(event, overdue, t) : []),
      { kind: 'button', label: t('digest.button'), url: links.list },
      ...teamContact(event, t),
    ],
  };
}

function late(
  event: DigestData['event'],
  { count, references }: NonNullable<DigestData['digest']['overdue']>,
  t: MailTranslate,
): Block[] {
  const unnamed = count - references.length;
  const lines = [...references.map(displayReference), ...(unnamed > 0 ? [t('digest.more', { count: unnamed })] : [])];
  return [
    heading(t('digest.overdue.title')),
    paragraph(t('digest.overdue', { count, days: expectedDays(event) })),
    { kind: 'facts', facts: [{ label: t('digest.references'), lines }] },
  ];
}
