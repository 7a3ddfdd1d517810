import { type Html, html } from '../../../shared/kernel/html.ts';
import type { Envelope } from '../store.ts';
import { layout, when } from './layout.ts';

export function listPage(messages: readonly Envelope[], filter: string): Html {
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

const row = ({ id, subject, destinations, receivedAt }: Envelope): Html => html`
<li><a href="/messages/${id}">
<strong>${subject || '(no subject)'}</strong>
<span class="muted">${when(receivedAt)}</span>
<span>${destinations.join(', ')}</span>
</a></li>`;

const empty = (filter: string): Html =>
  filter === ''
    ? html`<p class="empty">Nothing has been sent yet. Register for the event, and the confirmation arrives here within a second.</p>`
    : html`<p class="empty">Nothing was sent to an address with “${filter}” in it. <a href="/">Show all messages</a></p>`;
