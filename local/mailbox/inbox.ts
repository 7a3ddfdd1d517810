import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerHtmlBody, answerPage } from './answers.ts';
import { toJson } from './json.ts';
import { readMessage } from './message.ts';
import { listPage } from './pages/list.ts';
import { messagePage } from './pages/message.ts';
import { notFoundPage } from './pages/not-found.ts';
import type { Envelope, MailStore } from './store.ts';

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
export function inboxHandler(store: MailStore) {
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
    const matches = ({ destinations }: Envelope) => destinations.some((each) => each.toLowerCase().includes(wanted));
    answerPage(response, listPage(store.list().filter(matches), filter));
  }

  async function json(response: ServerResponse, to: string | null): Promise<void> {
    const address = to?.toLowerCase();
    const matches = ({ destinations }: Envelope) =>
      address === undefined || destinations.some((each) => each.toLowerCase() === address);
    const messages = [];
    for (const envelope of store.list().filter(matches)) messages.push(toJson(await readMessage(store, envelope)));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(messages));
  }

  async function show(response: ServerResponse, envelope: Envelope, part: string | undefined, index: number) {
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
