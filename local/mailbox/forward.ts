import type { IncomingMessage } from 'node:http';
import { type Answer, errorAnswer } from './ses-answer.ts';

/**
 * The emulator's answer. Its refusals are JSON also where SES answers in XML, which the SDK cannot read: those keep
 * their status and words, in SES's form.
 */
export async function forward(emulator: string, request: IncomingMessage, body: Buffer): Promise<Answer> {
  const answer = await fetch(new URL(request.url ?? '/', emulator), {
    method: request.method ?? 'POST',
    headers: signedHeaders(request),
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  });
  const text = await answer.text();
  const type = answer.headers.get('content-type') ?? 'text/plain';
  const isQuery = request.url === '/';
  if (answer.ok || !isQuery) return { status: answer.status, type: isQuery ? 'text/xml' : type, body: text };
  return errorAnswer(answer.status, codeFor(answer.status), reasonIn(text));
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
