import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AddressObject, type Attachment as ParsedAttachment, simpleParser } from 'mailparser';
import { type Html, html } from '../../shared/kernel/html.ts';
import { toolPage } from '../page-style.ts';
import type { KeptEnvelope, MailboxStore } from './store.ts';

function messagePage(message: MailboxMessage): Html {
  const { id, subject, text, headers, attachments } = message;
  return layout(
    `${subject} - Mailbox`,
    html`<p><a href="/">All messages</a></p>
<h1>${subject || '(no subject)'}</h1>
${letterhead(message)}
${message.html && html`<iframe title="The message as HTML" src="/messages/${id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`}
${attachments.length > 0 && html`<h2>Attachments</h2><ul class="files">${attachments.map((part, index) => file(id, part, index))}</ul>`}
<details open><summary>Plain text</summary><pre>${text || '(none)'}</pre></details>
<details><summary>Headers</summary><pre>${headers.map(([name, value]) => html`<b>${name}:</b> ${value}\n`)}</pre></details>
<h2>Delivery</h2>
${delivery(message)}
<p><a href="/messages/${id}/raw">Raw source</a></p>`,
  );
}

/** What a mail program would show, and below the message what SES was told. */
const letterhead = ({ from, to, receivedAt }: MailboxMessage): Html =>
  facts([
    ['From', from],
    ['To', to],
    ['Sent', when(receivedAt)],
  ]);

const delivery = ({ id, destinations, configurationSet, tags }: MailboxMessage): Html =>
  facts([
    ['Delivered to', destinations.join(', ')],
    ['SES message id', id],
    ['Configuration set', configurationSet],
    [
      'Tags',
      Object.entries(tags)
        .map((pair) => pair.join('='))
        .join(', '),
    ],
  ]);

const facts = (rows: readonly (readonly [string, string | Html | undefined])[]): Html =>
  html`<dl>${rows.map(([name, value]) => value && html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;

const file = (id: string, { filename, contentType, content, inline }: Attachment, index: number): Html => html`
<li><a href="/messages/${id}/attachments/${index}" download="${filename}">${filename}</a>
<span class="muted">${contentType}, ${content.length} bytes${inline && ', shown in the message'}</span></li>`;

const NEW_TAB = '<base target="_blank">';

/** The HTML body with its inline images in it, as mail programs show it. */
function viewableHtml({ html, attachments }: MailboxMessage): string {
  const images = new Map(attachments.flatMap((part) => (part.cid ? [[part.cid, part] as const] : [])));
  const resolved = html.replace(/\bcid:([^"'\s)>]+)/g, (address, cid: string) => {
    const image = images.get(decodeURIComponent(cid)) ?? images.get(cid);
    return image ? `data:${image.contentType};base64,${image.content.toString('base64')}` : address;
  });
  // Before <head> it would push the page into quirks mode.
  return /<head\b[^>]*>/i.test(resolved) ? resolved.replace(/<head\b[^>]*>/i, `$&${NEW_TAB}`) : NEW_TAB + resolved;
}

/** Ours: a style sheet in the page, one frame, no script. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'";

/**
 * A stranger's: no script, no form, and nothing from elsewhere, so that a message that depends on remote images
 * shows it. Links open in a tab of their own, where the sandbox ends.
 */
const BODY_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'";

function answerPage(response: ServerResponse, page: Html, status = 200): void {
  answer(response, status, PAGE_POLICY, page.markup);
}

function answerHtmlBody(response: ServerResponse, message: MailboxMessage): void {
  answer(response, 200, BODY_POLICY, viewableHtml(message));
}

function answer(response: ServerResponse, status: number, policy: string, body: string): void {
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    .end(body);
}

function listPage(messages: readonly KeptEnvelope[], filter: string): Html {
  const count = messages.length === 1 ? '1 message' : `${messages.length} messages`;
  return layout(
    `${count} - Mailbox`,
    html`<h1>${count}</h1>
<form method="get" action="/">
<label>Sent to
<input type="search" name="to" value="${filter}" autocomplete="off" spellcheck="false"></label>
<button>Show</button>
</form>
${messages.length === 0 ? empty(filter) : html`<ul class="messages">${messages.map(row)}</ul>`}`,
  );
}

const row = ({ id, subject, destinations, receivedAt }: KeptEnvelope): Html => html`
<li><a href="/messages/${id}">
<strong>${subject || '(no subject)'}</strong>
<span class="muted">${when(receivedAt)}</span>
<span>${destinations.join(', ')}</span>
</a></li>`;

const empty = (filter: string): Html =>
  filter === ''
    ? html`<p class="empty">Nothing has been sent yet. Register for the event, and the confirmation arrives here within a second.</p>`
    : html`<p class="empty">Nothing was sent to an address with “${filter}” in it. <a href="/">Show all messages</a></p>`;

/** A message for tests: as read, with attachments in base64. */
function toJson({ attachments, ...message }: MailboxMessage) {
  return {
    ...message,
    attachments: attachments.map(({ content, ...attachment }) => ({
      ...attachment,
      /** Bytes. */
      size: content.length,
      content: content.toString('base64'),
    })),
  };
}

export type JsonMessage = ReturnType<typeof toJson>;

const notFoundPage = (): Html =>
  layout('Not found - Mailbox', html`<h1>There is no such message</h1><p><a href="/">All messages</a></p>`);

/**
 * The inbox for people, and the same for tests:
 *
 *     GET /?to=part-of-address                 the list
 *     GET /messages?to=ADDRESS                 JSON, newest first, with texts and attachments
 *     GET /messages/{id}                       one message
 *     GET /messages/{id}/html                  its HTML body alone, sandboxed
 *     GET /messages/{id}/raw                   its bytes
 *     GET /messages/{id}/attachments/{index}   one attachment
 */
export function inboxHandler(store: MailboxStore) {
  return async function answerInbox(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [root, id, part, index] = url.pathname.split('/').filter((segment) => segment !== '');
    if (root === undefined) return list(response, url.searchParams.get('to') ?? '');
    if (root === 'messages' && id === undefined) return json(response, url.searchParams.get('to'));
    const envelope = root === 'messages' && id !== undefined ? store.find(id) : undefined;
    if (envelope === undefined) return answerPage(response, notFoundPage(), 404);
    return show(response, envelope, part, Number(index));
  };

  function list(response: ServerResponse, filter: string): void {
    const wanted = filter.trim().toLowerCase();
    const matches = ({ destinations }: KeptEnvelope) =>
      destinations.some((each) => each.toLowerCase().includes(wanted));
    answerPage(response, listPage(store.list().filter(matches), filter));
  }

  async function json(response: ServerResponse, to: string | null): Promise<void> {
    const address = to?.toLowerCase();
    const matches = ({ destinations }: KeptEnvelope) =>
      address === undefined || destinations.some((each) => each.toLowerCase() === address);
    const messages = [];
    for (const envelope of store.list().filter(matches)) messages.push(toJson(await readMessage(store, envelope)));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(messages));
  }

  async function show(response: ServerResponse, envelope: KeptEnvelope, part: string | undefined, index: number) {
    if (part === 'raw') {
      const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };
      response.writeHead(200, headers).end(await store.raw(envelope.id));
      return;
    }
    const message = await readMessage(store, envelope);
    if (part === undefined) return answerPage(response, messagePage(message));
    if (part === 'html') return answerHtmlBody(response, message);
    const attachment = part === 'attachments' ? message.attachments[index] : undefined;
    if (attachment === undefined) return answerPage(response, notFoundPage(), 404);
    response
      .writeHead(200, {
        'content-type': attachment.contentType,
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(attachment.filename)}`,
        'x-content-type-options': 'nosniff',
      })
      .end(attachment.content);
  }
}

const layout = (title: string, content: Html): Html =>
  toolPage(title, html`<a href="/">Mailbox</a><span>Everything that was sent from this machine</span>`, content);

/** In the reader's words, not the machine's: `25 Nov 2026, 10:15:03`. */
function when(instant: string): Html {
  const text = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(instant),
  );
  return html`<time datetime="${instant}">${text} UTC</time>`;
}

interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
  /** Without angle brackets: what `cid:` addresses name. */
  readonly cid?: string;
  /** Part of the HTML body rather than a file beside it. */
  readonly inline: boolean;
}

/** A message as a mail program sees it. */
interface MailboxMessage extends KeptEnvelope {
  readonly to: string;
  readonly text: string;
  /** As sent, `cid:` addresses and all. */
  readonly html: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly attachments: readonly Attachment[];
}

async function readMessage(store: MailboxStore, envelope: KeptEnvelope): Promise<MailboxMessage> {
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
