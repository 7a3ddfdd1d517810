import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { writeAtomically } from './atomic-file.ts';
import { listen, readBody } from './http.ts';
import type { StreamFailure } from './streams.ts';

/** What the bus could not hand over. */
interface EventFailure {
  readonly reason: string;
  readonly event: unknown;
}

/** Writes what failed to the last into the queue of dead letters, in the forms in which Lambda does. */
export function deadLetters(queue: Pick<LetterQueue, 'add'>, log: (line: string) => void) {
  return async (failure: StreamFailure | EventFailure): Promise<void> => {
    const what = 'event' in failure ? 'an event' : `${failure.sequenceNumbers.length} record(s)`;
    log(`Gave up on ${what}: ${failure.reason}. Mend the cause, then: npm run redrive`);
    const letter = 'event' in failure ? aroundEvent(failure) : aboutBatch(failure);
    await queue.add(JSON.stringify({ ...common(failure.reason), ...letter }));
  };
}

const common = (reason: string) => ({
  version: '1.0',
  timestamp: new Date().toISOString(),
  requestContext: { requestId: randomUUID(), condition: 'RetryAttemptsExhausted' },
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  responsePayload: { errorMessage: reason },
});

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
const aroundEvent = ({ event }: EventFailure) => ({ requestPayload: event });

/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html */
const aboutBatch = ({ sequenceNumbers, arrivedAt }: StreamFailure) => ({
  DDBStreamBatchInfo: {
    startSequenceNumber: sequenceNumbers[0],
    endSequenceNumber: sequenceNumbers.at(-1),
    approximateArrivalOfLastRecord: new Date(arrivedAt * 1000).toISOString(),
    batchSize: sequenceNumbers.length,
  },
});

interface Letter {
  readonly id: string;
  readonly body: string;
}

export type LetterQueue = Awaited<ReturnType<typeof openLetterQueue>>;

/** Letters in a file, one JSON object a line; a letter that was received is hidden for a while. */
export async function openLetterQueue(file: string) {
  let letters = await read(file);
  const hiddenUntil = new Map<string, number>();
  let writing: Promise<void> = Promise.resolve();
  const write = (): Promise<void> => {
    const lines = letters.map((letter) => `${JSON.stringify(letter)}\n`).join('');
    writing = writing.then(() => writeAtomically(file, lines));
    return writing;
  };
  const isHidden = ({ id }: Letter, now: number): boolean => (hiddenUntil.get(id) ?? 0) > now;
  return {
    /** It is on disk once this resolves. */
    add(body: string): Promise<void> {
      letters = [...letters, { id: randomUUID(), body }];
      return write();
    },
    /** @param seconds for which nobody else gets them */
    receive(most: number, seconds: number): readonly Letter[] {
      const now = Date.now();
      const received = letters.filter((letter) => !isHidden(letter, now)).slice(0, most);
      for (const { id } of received) hiddenUntil.set(id, now + seconds * 1000);
      return received;
    },
    /** @returns whether it was hidden until now */
    hide(id: string, seconds: number): boolean {
      const was = (hiddenUntil.get(id) ?? 0) > Date.now();
      hiddenUntil.set(id, Date.now() + seconds * 1000);
      return was;
    },
    delete(id: string): Promise<void> {
      letters = letters.filter((letter) => letter.id !== id);
      hiddenUntil.delete(id);
      return write();
    },
    count(): { readonly visible: number; readonly hidden: number } {
      const now = Date.now();
      const hidden = letters.filter((letter) => isHidden(letter, now)).length;
      return { visible: letters.length - hidden, hidden };
    },
  };
}

async function read(file: string): Promise<readonly Letter[]> {
  const content = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const lines = content.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line)).filter(({ id, body }) => id !== undefined && body !== undefined);
}

interface OperatorOptions {
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
      return queue.hide(ReceiptHandle, VisibilityTimeout)
        ? { status: 200, body: {} }
        : { status: 400, body: { __type: 'com.amazonaws.sqs#MessageNotInflight', message: ReceiptHandle } };
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
