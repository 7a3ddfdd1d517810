import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../../local/http/body.ts';
import { HOST, listen } from '../../local/http/server.ts';

/** A request to DynamoDB on its way. */
export interface Passing {
  /** `TransactWriteItems` */
  readonly operation: string;
  readonly input: Record<string, unknown>;
  /** Asks the database. */
  readonly passOn: (input: Record<string, unknown>) => Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface Bystander {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Bytes; more than DynamoDB takes. */
const BODY_LIMIT = 20 * 1024 * 1024;
const PASSED_ON = ['authorization', 'content-type', 'x-amz-date', 'x-amz-target'];

/** Stands before a database and decides what becomes of each request: the code that sends it knows nothing of it. */
export async function standBefore(database: string, handle: (passing: Passing) => Promise<Answer>): Promise<Bystander> {
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const input = JSON.parse((await readBody(request, BODY_LIMIT)).toString());
    const headers = Object.fromEntries(PASSED_ON.map((name) => [name, String(request.headers[name])]));
    const { status, body } = await handle({
      operation: operationOf(request),
      input,
      async passOn(changed) {
        const answer = await fetch(database, { method: 'POST', headers, body: JSON.stringify(changed) });
        return { status: answer.status, body: await answer.text() };
      },
    });
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
  }

  const server = await listen((request, response) => {
    answer(request, response).catch(() => response.destroy());
  }, 0);
  return { endpoint: `http://${HOST}:${server.port}`, stop: server.stop };
}

/** `DynamoDB_20120810.TransactWriteItems` */
const operationOf = ({ headers }: IncomingMessage): string => String(headers['x-amz-target']).split('.')[1] ?? '';
