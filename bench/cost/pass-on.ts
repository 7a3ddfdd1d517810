import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { HOST, listen, readBody } from '../../local/http.ts';

/** A request to DynamoDB on its way. */
export interface Passing {
  /** `TransactWriteItems` */
  readonly operation: string;
  /** JSON. */
  readonly body: Buffer | string;
  /** Asks the database. */
  readonly passOn: (body: Buffer | string) => Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  /** JSON. */
  readonly body: Buffer | string;
}

export interface Bystander {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Bytes; more than DynamoDB takes or gives. */
const BODY_LIMIT = 20 * 1024 * 1024;
const PASSED_ON = ['authorization', 'content-type', 'x-amz-date', 'x-amz-target'];

/**
 * Stands before a database, or another endpoint of AWS, and decides what becomes of each request: the code that sends it knows nothing of it.
 * Where it throws, the sender gets no answer.
 * Bodies are passed on unread, so that standing there costs little.
 */
export async function standBefore(database: string, handle: (passing: Passing) => Promise<Answer>): Promise<Bystander> {
  const agent = new Agent({ keepAlive: true });

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const headers = Object.fromEntries(PASSED_ON.map((name) => [name, String(incoming.headers[name])]));
    const { status, body } = await handle({
      operation: operationOf(incoming),
      body: await readBody(incoming, BODY_LIMIT),
      passOn: (changed) => ask(database, agent, headers, changed),
    });
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
  }

  const server = await listen((incoming, response) => {
    answer(incoming, response).catch(() => response.destroy());
  }, 0);
  const stop = async () => {
    await server.stop();
    agent.destroy();
  };
  return { endpoint: `http://${HOST}:${server.port}`, stop };
}

const ask = (database: string, agent: Agent, headers: Record<string, string>, body: Buffer | string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asked = request(database, { method: 'POST', agent, headers }, (incoming) => {
      readBody(incoming, BODY_LIMIT).then(
        (answer) => resolve({ status: incoming.statusCode ?? 0, body: answer }),
        reject,
      );
    });
    asked.once('error', reject).end(body);
  });

/** `DynamoDB_20120810.TransactWriteItems` */
const operationOf = ({ headers }: IncomingMessage): string => String(headers['x-amz-target']).split('.')[1] ?? '';
