import { verifyPath } from '../../web/site/kernel/links.ts';
import type { ConsentGiver } from '../event/consents.ts';
import { formatInstant } from '../kernel/i18n/formats.ts';
import type { MailTranslate } from '../kernel/i18n/words.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { type Block, heading, paragraph } from '../mail/letter/content.ts';
import { agreedWords } from './agreed-words.case.ts';
import { receiptCode } from './consent-receipt.store.ts';
import { givenConsents } from './consent-records.store.ts';
import type { RegistrationWithEvent } from './registration.store.ts';

/** A consent as it is mailed to who gave it (PW2). */
export interface MailedReceipt {
  readonly title: string;
  readonly words: readonly string[];
  /** In words of the mail's language. */
  readonly when: string;
  readonly code: string;
  /** Where anybody checks the code, which stays in their browser until they press. */
  readonly url: string;
}

/** Milliseconds between a change and the mail about it, which are written together: what was given before had its receipt. */
const TOGETHER = 5_000;

/** Receipts of what was given by the change that a mail is about. @param writtenAt of the mail, ISO 8601 */
export async function receiptsIn(
  { client, registry, secrets, siteUrl }: Needs<'client' | 'registry' | 'secrets' | 'siteUrl'>,
  { registration, event, language }: RegistrationWithEvent,
  of: ConsentGiver,
  writtenAt: string,
): Promise<readonly MailedReceipt[]> {
  const isNew = (at: string | undefined): boolean =>
    at !== undefined && at <= writtenAt && Date.parse(writtenAt) - Date.parse(at) < TOGETHER;
  if (!givenConsents(registration).some((each) => each.of === of && isNew(each.record?.at))) return [];
  const agreed = await agreedWords({ client, tables: { registry } }, event, registration);
  const receipts = agreed.map(async ({ of: giver, at, hash, words }): Promise<MailedReceipt[]> => {
    if (giver !== of || at === undefined || !isNew(at) || hash === undefined || words === undefined) return [];
    const code = await receiptCode(event.id, { at, hash }, secrets);
    return [
      {
        title: words.title,
        words: [words.agreement, ...words.points],
        when: formatInstant(at, language, event.timeZone),
        code,
        url: `${siteUrl}${verifyPath(event.id)}?lang=${language}#${code}`,
      },
    ];
  });
  return (await Promise.all(receipts)).flat();
}

/** What a mail says of them: the words, when they were agreed to, and a code that proves both. */
export const receiptBlocks = (receipts: readonly MailedReceipt[], t: MailTranslate): readonly Block[] =>
  receipts.length === 0
    ? []
    : [
        heading(t('receipt.title')),
        paragraph(t('receipt.text')),
        ...receipts.flatMap(({ title, words, when, code, url }): Block[] => [
          {
            kind: 'facts',
            facts: [
              { label: title, lines: words },
              { label: t('receipt.when'), lines: [when] },
              // Two lines of 24 digits: one is too long for a phone.
              { label: t('receipt.code'), lines: [code.slice(0, 30), code.slice(30)] },
            ],
          },
          { kind: 'link', label: t('receipt.check'), url },
        ]),
      ];
