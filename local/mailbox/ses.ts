import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyTooLarge, readBody } from '../http/body.ts';
import type { Account } from './account.ts';
import type { Emulator } from './emulator.ts';
import { forward } from './forward.ts';
import { headersOf } from './headers.ts';
import { quotaGuard, sendQuota } from './quota.ts';
import { type SendRawEmailDeps, sendRawEmail } from './send-raw-email.ts';
import { type Answer, errorAnswer } from './ses-answer.ts';
import type { MailStore } from './store.ts';
import { versionTwo } from './version-two.ts';

/** Bytes: SES's 40 MB for a raw message, in base64 and percent-encoding. */
const BODY_LIMIT = 80 * 1024 * 1024;

/** SES's two protocols: version 1 (Query) with what the emulator lacks, version 2 with our account, the rest as the emulator answers it. */
export function sesHandler(
  store: MailStore,
  emulator: Emulator,
  publish: SendRawEmailDeps['publish'],
  account: Account,
) {
  const mayLeave = quotaGuard(store.list, account.quota);
  return async function answerSes(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, type, body, error } = await decide(request);
    response.writeHead(status, { 'content-type': type, ...(error && { 'x-amzn-errortype': error }) }).end(body);
  };

  async function decide(request: IncomingMessage): Promise<Answer> {
    try {
      const body = await readBody(request, BODY_LIMIT);
      if (request.method === 'POST' && request.url === '/') return await query(request, body);
      return versionTwo(request, account, store.list()) ?? (await forward(emulator.endpoint, request, body));
    } catch (error) {
      if (error instanceof BodyTooLarge) return errorAnswer(413, 'RequestEntityTooLarge', 'Request entity too large');
      throw error;
    }
  }

  /** By its parameters and headers: all the emulator makes of a body is a page that nobody opens. */
  async function judge(request: IncomingMessage, parameters: URLSearchParams, raw: Buffer): Promise<Answer> {
    const judged = new URLSearchParams(parameters);
    judged.set('RawMessage.Data', headersOf(raw).toString('base64'));
    const answer = await forward(emulator.endpoint, request, Buffer.from(judged.toString()));
    await emulator.forget();
    return answer;
  }

  function query(request: IncomingMessage, body: Buffer): Answer | Promise<Answer> {
    const parameters = new URLSearchParams(body.toString());
    switch (parameters.get('Action')) {
      case 'SendRawEmail':
        return sendRawEmail(parameters, {
          store,
          publish,
          mayLeave,
          account,
          judge: (raw) => judge(request, parameters, raw),
        });
      case 'SendEmail':
        return forward(emulator.endpoint, request, body);
      case 'GetSendQuota':
        return sendQuota(store.list(), account.quota(), Date.now());
    }
    // The emulator never answers what it does not know.
    return errorAnswer(400, 'InvalidAction', `Could not find operation ${parameters.get('Action')}`);
  }
}
