import type { ServerResponse } from 'node:http';
import type { Html } from '../../shared/kernel/html.ts';
import { viewableHtml } from './html-body.ts';
import type { Message } from './message.ts';

/** Ours: a style sheet in the page, one frame, no script. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'";

/**
 * A stranger's: no script, no form, and nothing from elsewhere, so that a message that depends on remote images
 * shows it. Links open in a tab of their own, where the sandbox ends.
 */
const BODY_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'";

export function answerPage(response: ServerResponse, page: Html, status = 200): void {
  answer(response, status, PAGE_POLICY, page.markup);
}

export function answerHtmlBody(response: ServerResponse, message: Message): void {
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
