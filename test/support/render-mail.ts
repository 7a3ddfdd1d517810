import { LETTERS } from '../../shared/letters.ts';
import type { MailKind } from '../../shared/mail/kinds.ts';
import type { Message } from '../../shared/mail/letter/content.ts';
import { render } from '../../shared/mail/letter/render.case.ts';

/** What each kind of mail is written from. */
type MailData<K extends MailKind> = Parameters<(typeof LETTERS)[K]['write']>[0];

/** A mail as the outbox writes it once its data were read. */
export const renderMail = <K extends MailKind>(kind: K, data: MailData<K>): Message =>
  render(kind, (t) => LETTERS[kind].write(data as never, t), data);
