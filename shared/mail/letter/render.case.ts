import { mailWords, mailWordsToYoung } from '../../kernel/i18n/mail.store.ts';
import type { MailTranslate } from '../../kernel/i18n/words.ts';

import { KINDS, type MailKind, readerOf } from '../kinds.ts';
import { type Block, type Content, type Message, paragraph } from './content.ts';
import { calledInSubject, type LetterData } from './letter.ts';
import { footer, letterHtml, letterText } from './letter-layout.ts';

/**
 * Writes a message in its reader's language; the same data always give the same message.
 *
 * @param says what is written from the data where it is of that kind
 */
export function render(kind: MailKind, says: (t: MailTranslate) => Content, data: LetterData): Message {
  const { event } = data;
  const { language } = 'registration' in data ? data.registration : data;
  const t = isToYoung(kind, data) ? mailWordsToYoung(language) : mailWords(language);
  // A kind that has no such words, or whose words take more, gives its own: see `Titled`.
  const {
    blocks,
    subject = t(`${kind}.subject` as 'confirmed.subject', { event: calledInSubject(event) }),
    title = t(`${kind}.title` as 'confirmed.title'),
    ...attached
  } = says(t);
  const note = event.rehearsal && t('rehearsal');
  const layout = {
    language,
    subject,
    preview: note ?? blocks.find((block) => block.kind === 'paragraph')?.text ?? event.title,
    context: note ?? event.title,
    title,
    blocks: [paragraph(t('greeting')), ...aboutSomeone(data, t), ...blocks],
    footer: footer(kind, data, t),
  };
  return { language, subject, text: letterText(layout), html: letterHtml(layout), ...attached };
}

/** Whether its reader is under 18: of mail about them their guardian reads some. */
const isToYoung = (kind: MailKind, data: LetterData): boolean =>
  KINDS[kind].to === 'young' ||
  (readerOf(kind) === 'holder' && 'registration' in data && data.registration.ageBand === 'minor');

/** A coordinator gets mail about several people: it says first whom it is about. */
function aboutSomeone({ about, concerned }: LetterData, t: MailTranslate): Block[] {
  if (concerned === undefined) return about === undefined ? [] : [paragraph(t('delegation.about', { name: about }))];
  return [
    paragraph(t('delegation.about-all')),
    { kind: 'facts', facts: [{ label: t('delegation.people'), lines: concerned }] },
  ];
}
