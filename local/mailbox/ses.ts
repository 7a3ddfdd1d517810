import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyTooLarge, readBody } from '../http.ts';
import type { Emulator } from './emulator.ts';
import { getSendQuota, quotaGuard, type SendingAccount, sentLately } from './quota.ts';
import { headersOf, type SendRawEmailDeps, sendRawEmail } from './send-raw-email.ts';
import { type SesAnswer, sesErrorAnswer } from './ses-answer.ts';
import type { KeptEnvelope, MailboxStore } from './store.ts';

const ACCOUNT = '/v2/email/account';
const DETAILS = `${ACCOUNT}/details`;
const IDENTITIES = '/v2/email/identities/';

/** What SES's second protocol says of the account; nothing for what else it is asked. */
function versionTwo(
  { method, url = '' }: { readonly method?: string | undefined; readonly url?: string | undefined },
  account: SendingAccount,
  sent: readonly KeptEnvelope[],
): SesAnswer | undefined {
  if (method === 'GET' && url === ACCOUNT) return json(200, accountOf(account, sent));
  if (method === 'POST' && url === DETAILS) {
    account.leaveSandbox();
    return json(200, {});
  }
  if (method === 'GET' && url.startsWith(IDENTITIES)) {
    return identity(decodeURIComponent(url.slice(IDENTITIES.length)), account);
  }
  return undefined;
}

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetAccount.html */
function accountOf(account: SendingAccount, sent: readonly KeptEnvelope[]) {
  const { perSecond, daily } = account.quota();
  return {
    DedicatedIpAutoWarmupEnabled: false,
    EnforcementStatus: 'HEALTHY',
    ProductionAccessEnabled: !account.isSandboxed(),
    SendQuota: { Max24HourSend: daily, MaxSendRate: perSecond, SentLast24Hours: sentLately(sent, Date.now()) },
    SendingEnabled: true,
  };
}

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailIdentity.html */
function identity(name: string, account: SendingAccount): SesAnswer {
  if (!account.isVerified(name))
    return json(404, { message: `Email identity ${name} does not exist.` }, 'NotFoundException');
  return json(200, { IdentityType: name.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN', VerifiedForSendingStatus: true });
}

const json = (status: number, body: object, error?: string): SesAnswer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
  ...(error && { error }),
});

/**
 * The emulator's answer. Its refusals are JSON also where SES answers in XML, which the SDK cannot read: those keep
 * their status and words, in SES's form.
 */
async function forward(emulator: string, request: IncomingMessage, body: Buffer): Promise<SesAnswer> {
  const answer = await fetch(new URL(request.url ?? '/', emulator), {
    method: request.method ?? 'POST',
    headers: signedHeaders(request),
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  });
  const text = await answer.text();
  const type = answer.headers.get('content-type') ?? 'text/plain';
  const isQuery = request.url === '/';
  if (answer.ok || !isQuery) return { status: answer.status, type: isQuery ? 'text/xml' : type, body: text };
  return sesErrorAnswer(answer.status, codeFor(answer.status), reasonIn(text));
}

function signedHeaders(request: IncomingMessage): Record<string, string> {
  const names = ['authorization', 'content-type', 'x-amz-date'];
  return Object.fromEntries(
    names.flatMap((name) => (request.headers[name] ? [[name, String(request.headers[name])]] : [])),
  );
}

const codeFor = (status: number): string =>
  ({ 403: 'MissingAuthenticationToken', 413: 'RequestEntityTooLarge' })[status] ?? 'InvalidParameterValue';

function reasonIn(text: string): string {
  try {
    const { message, detail } = JSON.parse(text);
    return detail ?? message ?? text;
  } catch {
    return text;
  }
}

/** Bytes: SES's 40 MB for a raw message, in base64 and percent-encoding. */
const BODY_LIMIT = 80 * 1024 * 1024;

/** SES's two protocols: version 1 (Query) with what the emulator lacks, version 2 with our account, the rest as the emulator answers it. */
export function sesHandler(
  store: MailboxStore,
  emulator: Emulator,
  publish: SendRawEmailDeps['publish'],
  account: SendingAccount,
) {
  const mayLeave = quotaGuard(store.list, account.quota);
  return async function answerSes(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, type, body, error } = await decide(request);
    response.writeHead(status, { 'content-type': type, ...(error && { 'x-amzn-errortype': error }) }).end(body);
  };

  async function decide(request: IncomingMessage): Promise<SesAnswer> {
    try {
      const body = await readBody(request, BODY_LIMIT);
      if (request.method === 'POST' && request.url === '/') return await query(request, body);
      return versionTwo(request, account, store.list()) ?? (await forward(emulator.endpoint, request, body));
    } catch (error) {
      if (error instanceof BodyTooLarge)
        return sesErrorAnswer(413, 'RequestEntityTooLarge', 'Request entity too large');
      throw error;
    }
  }

  /** By its parameters and headers: all the emulator makes of a body is a page that nobody opens. */
  async function judge(request: IncomingMessage, parameters: URLSearchParams, raw: Buffer): Promise<SesAnswer> {
    const judged = new URLSearchParams(parameters);
    judged.set('RawMessage.Data', headersOf(raw).toString('base64'));
    const answer = await forward(emulator.endpoint, request, Buffer.from(judged.toString()));
    await emulator.forget();
    return answer;
  }

  function query(request: IncomingMessage, body: Buffer): SesAnswer | Promise<SesAnswer> {
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
        return getSendQuota(store.list(), account.quota(), Date.now());
    }
    // The emulator never answers what it does not know.
    return sesErrorAnswer(400, 'InvalidAction', `Could not find operation ${parameters.get('Action')}`);
  }
}
