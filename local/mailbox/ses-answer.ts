import { randomUUID } from 'node:crypto';
import { type Html, html } from '../../shared/kernel/html.ts';

export interface SesAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** Of the second protocol, in a header: the SDK throws it under this name. */
  readonly error?: string;
}

const NAMESPACE = 'http://ses.amazonaws.com/doc/2010-12-01/';

const requestId = (): Html => html`<RequestId>${randomUUID()}</RequestId>`;

/** A result of the Query protocol; XML has the same special characters as HTML, so the same template escapes it. */
export function resultAnswer(action: string, result: Html): SesAnswer {
  const metadata = html`<ResponseMetadata>${requestId()}</ResponseMetadata>`;
  const content = html`<${action}Result>${result}</${action}Result>${metadata}`;
  const document = html`<${action}Response xmlns="${NAMESPACE}">${content}</${action}Response>`;
  return { status: 200, type: 'text/xml', body: document.markup };
}

/** An error of the Query protocol: the SDK throws it under `code`. */
export function sesErrorAnswer(status: number, code: string, message: string): SesAnswer {
  const error = html`<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  const document = html`<ErrorResponse xmlns="${NAMESPACE}">${error}${requestId()}</ErrorResponse>`;
  return { status, type: 'text/xml', body: document.markup };
}
