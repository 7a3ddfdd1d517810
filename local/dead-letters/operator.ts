import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LetterQueue } from '../dead-letters.ts';
import { readBody } from '../http/body.ts';
import { listen } from '../http/server.ts';

export interface OperatorOptions {
  readonly queue: LetterQueue;
  /** By name. */
  readonly functions: Readonly<Record<string, { readonly invoke: (event: unknown) => Promise<unknown> }>>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

type Input = Readonly<Record<string, string & number>>;

const BODY_LIMIT = 1024 * 1024;
const INVOCATION = /^\/2015-03-31\/functions\/([\w-]+)\/invocations$/;

/** What of SQS and Lambda the operator of the system calls: the queue of dead letters, and functions by name. */
export async function startOperator(options: OperatorOptions) {
  const server = await listen((request, response) => {
    answer(options, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  }, 0);
  return { ...server, endpoint: `http://127.0.0.1:${server.port}` };
}

async function answer(options: OperatorOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const input = JSON.parse((await readBody(request, BODY_LIMIT)).toString() || '{}');
  const [, name] = INVOCATION.exec(request.url ?? '') ?? [];
  const action = String(request.headers['x-amz-target']).split('.')[1] ?? '';
  const {
    status,
    body,
    headers = {},
  } = name === undefined ? await sqs(options.queue, action, input) : await invoke(options.functions, name, input);
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', ...headers });
  response.end(JSON.stringify(body ?? null));
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
async function invoke(functions: OperatorOptions['functions'], name: string, event: unknown): Promise<Answer> {
  const target = functions[name];
  if (target === undefined) {
    const missing = { 'x-amzn-errortype': 'ResourceNotFoundException' };
    return { status: 404, body: { Message: `Function not found: ${name}` }, headers: missing };
  }
  try {
    return { status: 200, body: await target.invoke(event) };
  } catch (error) {
    const body = { errorMessage: String(error), errorType: 'Error' };
    return { status: 200, body, headers: { 'x-amz-function-error': 'Unhandled' } };
  }
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/ */
async function sqs(queue: LetterQueue, action: string, input: Input): Promise<Answer> {
  const { ReceiptHandle = '', VisibilityTimeout = 30, MaxNumberOfMessages = 1 } = input as Partial<Input>;
  switch (action) {
    case 'ReceiveMessage':
      return { status: 200, body: { Messages: queue.receive(MaxNumberOfMessages, VisibilityTimeout).map(toMessage) } };
    case 'DeleteMessage':
      await queue.delete(ReceiptHandle);
      return { status: 200, body: {} };
    case 'ChangeMessageVisibility':
      queue.hide(ReceiptHandle, VisibilityTimeout);
      return { status: 200, body: {} };
    case 'GetQueueAttributes': {
      const { visible, hidden } = queue.count();
      const Attributes = {
        ApproximateNumberOfMessages: String(visible),
        ApproximateNumberOfMessagesNotVisible: String(hidden),
      };
      return { status: 200, body: { Attributes } };
    }
  }
  return { status: 400, body: { __type: 'com.amazonaws.sqs#UnsupportedOperation', message: action } };
}

const toMessage = ({ id, body }: { readonly id: string; readonly body: string }) => ({
  MessageId: id,
  ReceiptHandle: id,
  Body: body,
  MD5OfBody: createHash('md5').update(body).digest('hex'),
});
