import { type Html, html } from '../../../shared/kernel/html.ts';
import type { Attachment, Message } from '../message.ts';
import { layout, when } from './layout.ts';

export function messagePage(message: Message): Html {
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
const letterhead = ({ from, to, receivedAt }: Message): Html =>
  facts([
    ['From', from],
    ['To', to],
    ['Sent', when(receivedAt)],
  ]);

const delivery = ({ id, destinations, configurationSet, tags }: Message): Html =>
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
