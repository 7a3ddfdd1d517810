import { randomUUID } from 'node:crypto';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { LOCAL_AWS } from './aws.ts';
import { listen, readBody } from './http.ts';

interface WakeUpOptions {
  /** Calls the function with one message; rejects where Lambda would report an error of the function. */
  readonly invoke: (event: SQSEvent) => Promise<unknown>;
  /** Told of a message on which the function failed to the last. */
  readonly onFailure: (body: string) => Promise<void>;
  /** Milliseconds until a message on which the function failed is delivered again. */
  readonly hiddenMs?: number;
}

/** As deployed: a test compares them with the template. */
export const MOST_RECEIVED = 5;
export const HIDDEN_MS = 180_000;

const BODY_LIMIT = 256 * 1024;

/**
 * A queue of SQS that delays what is sent to it, and the mapping that calls a function with each message. In memory: what waits as the system
 * stops is lost, as a message of SQS may be, and a sweep does its work.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export async function startWakeUps({ invoke, onFailure, hiddenMs = HIDDEN_MS }: WakeUpOptions) {
  const timers = new Set<NodeJS.Timeout>();
  const calls = new Set<Promise<void>>();

  function after(ms: number, call: () => Promise<void>): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      const running = call().finally(() => calls.delete(running));
      calls.add(running);
    }, ms);
    timers.add(timer);
  }

  async function deliver(messageId: string, body: string, received: number): Promise<void> {
    const answer = await invoke(eventOf(messageId, body, received)).catch(() => undefined);
    const { batchItemFailures = [{ itemIdentifier: messageId }] } = (answer ?? {}) as Partial<SQSBatchResponse>;
    if (batchItemFailures.length === 0) return;
    if (received >= MOST_RECEIVED) await onFailure(body);
    else after(hiddenMs, () => deliver(messageId, body, received + 1));
  }

  const server = await listen((request, response) => {
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(body));
    };
    readBody(request, BODY_LIMIT)
      .then((sent) => {
        const action = String(request.headers['x-amz-target']).split('.')[1] ?? '';
        if (action !== 'SendMessage') throw new Error(`no emulation of ${action}`);
        const { MessageBody = '', DelaySeconds = 0 } = JSON.parse(sent.toString());
        const MessageId = randomUUID();
        after(DelaySeconds * 1000, () => deliver(MessageId, MessageBody, 1));
        answer(200, { MessageId });
      })
      .catch((error) => answer(400, { __type: 'com.amazonaws.sqs#UnsupportedOperation', message: String(error) }));
  }, 0);
  const endpoint = `http://127.0.0.1:${server.port}`;
  return {
    endpoint,
    url: `${endpoint}/${LOCAL_AWS.accountId}/wake-ups`,
    /** Waits for the calls in hand. */
    stop: async () => {
      await server.stop();
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(calls);
    },
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
const eventOf = (messageId: string, body: string, received: number): SQSEvent => ({
  Records: [
    {
      messageId,
      receiptHandle: messageId,
      body,
      attributes: {
        ApproximateReceiveCount: String(received),
        SentTimestamp: String(Date.now()),
        SenderId: LOCAL_AWS.accountId,
        ApproximateFirstReceiveTimestamp: String(Date.now()),
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: `arn:aws:sqs:${LOCAL_AWS.region}:${LOCAL_AWS.accountId}:wake-ups`,
      awsRegion: LOCAL_AWS.region,
    },
  ],
});
