import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { calendarFile, type Message, type Picture } from './content.ts';

interface Mailbox {
  readonly name: string;
  readonly address: string;
}

export interface Envelope {
  readonly from: Mailbox;
  /** One bare address. */
  readonly to: string;
  /** Where answers go: the secretariat. */
  readonly replyTo: Mailbox;
  readonly date: Date;
  /** `id@domain`, without angle brackets. */
  readonly messageId: string;
  /** Where a mailbox stops mail like this in one click, by POST; not of mail that its reader needs. */
  readonly unsubscribe?: string | undefined;
  /** What calendar files are called, as `calendarFile` takes it. */
  readonly fileName: string;
}

/**
 * A whole message as it is sent (RFC 5322): text beside HTML with its picture beside the calendar, which also comes as
 * a file, since Apple Mail shows the file and Gmail the part; a second calendar is a file alone. The same input always gives the same bytes.
 *
 * @throws UnsafeHeaderError if anything that reaches a header holds a control character or is not one address
 */
export async function composeMessage(message: Message, envelope: Envelope): Promise<Uint8Array> {
  const { picture, calendars: [calendar, ...others] = [] } = message;
  const fileName = headerText('Content-Disposition', envelope.fileName);
  const messageId = headerAddress('Message-ID', envelope.messageId);
  const composer = new MailComposer({
    from: mailbox('From', envelope.from),
    to: { name: '', address: headerAddress('To', envelope.to) },
    replyTo: mailbox('Reply-To', envelope.replyTo),
    subject: headerText('Subject', message.subject),
    date: envelope.date,
    messageId: `<${messageId}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'Content-Language': headerText('Content-Language', message.language),
      ...(envelope.unsubscribe !== undefined && oneClick(envelope.unsubscribe)),
    },
    text: message.text,
    html: message.html,
    attachments: [
      ...(picture ? [pictureFile(picture)] : []),
      ...others.map(({ method, content }) => ({
        filename: calendarFile(fileName, method),
        contentType: `text/calendar; charset=utf-8; method=${method}`,
        content,
      })),
    ],
    ...(calendar && { icalEvent: { ...calendar, filename: calendarFile(fileName, calendar.method) } }),
    baseBoundary: createHash('sha256').update(messageId).digest('hex').slice(0, 32),
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** RFC 8058. SES passes both on as they are. */
const oneClick = (url: string) => ({
  // On one line, which it otherwise would not be: some readers of headers know no other way.
  'List-Unsubscribe': { prepared: true, value: `<${headerText('List-Unsubscribe', url)}>` },
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

const pictureFile = ({ contentId, png }: Picture) =>
  ({
    cid: headerText('Content-ID', contentId),
    filename: 'ticket.png',
    contentType: 'image/png',
    contentDisposition: 'inline',
    content: png,
  }) as const;

const mailbox = (header: string, { name, address }: Mailbox): Mailbox => ({
  name: headerText(header, name),
  address: headerAddress(header, address),
});

/** Something that would reach a mail header could end it and begin another, or name another recipient. */
export class UnsafeHeaderError extends Error {
  override readonly name = 'UnsafeHeaderError';
  constructor(header: string) {
    super(`${header} holds what no mail header may`);
  }
}

const CONTROL = /[\0-\x1F\x7F-\x9F\u2028\u2029]/u;
const ONE_ADDRESS = /^[^\s<>()[\]\\,;:"@]+@[^\s<>()[\]\\,;:"@]+$/u;

/** @throws UnsafeHeaderError for CR, LF and any other control character */
function headerText(header: string, value: string): string {
  if (CONTROL.test(value)) throw new UnsafeHeaderError(header);
  return value;
}

/** @throws UnsafeHeaderError for anything but one bare address */
function headerAddress(header: string, value: string): string {
  if (CONTROL.test(value) || !ONE_ADDRESS.test(value)) throw new UnsafeHeaderError(header);
  return value;
}
