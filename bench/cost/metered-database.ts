import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../../local/http/body.ts';
import { HOST, listen } from '../../local/http/server.ts';

/** One request to DynamoDB as it was on the wire. */
export interface MeteredRequest {
  /** `TransactWriteItems` */
  readonly operation: string;
  readonly readUnits: number;
  readonly writeUnits: number;
}

export interface MeteredDatabase {
  readonly endpoint: string;
  /** What was asked since the last look. */
  take(): readonly MeteredRequest[];
  stop(): Promise<void>;
}

/** Bytes; more than DynamoDB takes. */
const BODY_LIMIT = 20 * 1024 * 1024;
const PASSED_ON = ['authorization', 'content-type', 'x-amz-date', 'x-amz-target'];
const WRITES = /^(TransactWriteItems|BatchWriteItem|PutItem|UpdateItem|DeleteItem)$/;

/** Stands before a database and has each request say what it consumed: the code that is measured knows nothing of it. */
export async function meterDatabase(database: string): Promise<MeteredDatabase> {
  let requests: MeteredRequest[] = [];

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const input = JSON.parse((await readBody(request, BODY_LIMIT)).toString());
    const answer = await fetch(database, {
      method: 'POST',
      headers: Object.fromEntries(PASSED_ON.map((name) => [name, String(request.headers[name])])),
      body: JSON.stringify({ ...input, ReturnConsumedCapacity: 'TOTAL' }),
    });
    const body = await answer.text();
    requests.push(measured(operationOf(request), JSON.parse(body)));
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
  }

  const server = await listen((request, response) => {
    pass(request, response).catch(() => response.destroy());
  }, 0);
  return {
    endpoint: `http://${HOST}:${server.port}`,
    take() {
      const taken = requests;
      requests = [];
      return taken;
    },
    stop: server.stop,
  };
}

/** `DynamoDB_20120810.TransactWriteItems` */
const operationOf = ({ headers }: IncomingMessage): string => String(headers['x-amz-target']).split('.')[1] ?? '';

/** `ConsumedCapacity` is one entry, or one for each table. */
function measured(operation: string, answer: { ConsumedCapacity?: unknown }): MeteredRequest {
  const entries = [answer.ConsumedCapacity ?? []].flat() as { CapacityUnits: number }[];
  const units = entries.reduce((sum, entry) => sum + entry.CapacityUnits, 0);
  const isWrite = WRITES.test(operation);
  return { operation, readUnits: isWrite ? 0 : units, writeUnits: isWrite ? units : 0 };
}
