import { type AddressObject, type Attachment as ParsedAttachment, simpleParser } from 'mailparser';
import type { KeptEnvelope, MailboxStore } from './store.ts';

export interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
  /** Without angle brackets: what `cid:` addresses name. */
  readonly cid?: string;
  /** Part of the HTML body rather than a file beside it. */
  readonly inline: boolean;
}

/** A message as a mail program sees it. */
export interface MailboxMessage extends KeptEnvelope {
  readonly to: string;
  readonly text: string;
  /** As sent, `cid:` addresses and all. */
  readonly html: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly attachments: readonly Attachment[];
}

export async function readMessage(store: MailboxStore, envelope: KeptEnvelope): Promise<MailboxMessage> {
  const asSent = { skipImageLinks: true, skipHtmlToText: true, skipTextToHtml: true };
  const parsed = await simpleParser(await store.raw(envelope.id), asSent);
  return {
    ...envelope,
    to: textOf(parsed.to),
    text: parsed.text ?? '',
    html: parsed.html || '',
    headers: parsed.headerLines.map(({ line }) => nameAndValue(line)),
    attachments: parsed.attachments.map(attachmentOf),
  };
}

const textOf = (header: AddressObject | AddressObject[] | undefined): string =>
  [header]
    .flat()
    .flatMap((each) => (each ? [each.text] : []))
    .join(', ');

function nameAndValue(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}

/** Alternatives to the text, such as an invitation, arrive without a name. */
function attachmentOf(part: ParsedAttachment, index: number): Attachment {
  const extension = part.contentType === 'text/calendar' ? 'ics' : (part.contentType.split('/')[1] ?? 'bin');
  return {
    filename: part.filename ?? `part-${index + 1}.${extension}`,
    contentType: part.contentType,
    content: part.content,
    inline: part.related === true,
    ...(part.cid && { cid: part.cid }),
  };
}
