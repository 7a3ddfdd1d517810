import { type Bystander, standBefore } from './pass-on.ts';

/** One request to DynamoDB as it was on the wire. */
export interface MeteredRequest {
  /** `TransactWriteItems` */
  readonly operation: string;
  readonly readUnits: number;
  readonly writeUnits: number;
}

export interface MeteredDatabase extends Bystander {
  /** What was asked since the last look. */
  take(): readonly MeteredRequest[];
}

const WRITES = /^(TransactWriteItems|BatchWriteItem|PutItem|UpdateItem|DeleteItem)$/;

/** Has each request say what it consumed. */
export async function meterDatabase(database: string): Promise<MeteredDatabase> {
  let requests: MeteredRequest[] = [];
  const bystander = await standBefore(database, async ({ operation, body, passOn }) => {
    const answer = await passOn(JSON.stringify({ ...JSON.parse(String(body)), ReturnConsumedCapacity: 'TOTAL' }));
    requests.push(measured(operation, JSON.parse(String(answer.body))));
    return answer;
  });
  return {
    ...bystander,
    take() {
      const taken = requests;
      requests = [];
      return taken;
    },
  };
}

/** `ConsumedCapacity` is one entry, or one for each table. */
function measured(operation: string, answer: { ConsumedCapacity?: unknown }): MeteredRequest {
  const entries = [answer.ConsumedCapacity ?? []].flat() as { CapacityUnits: number }[];
  const units = entries.reduce((sum, entry) => sum + entry.CapacityUnits, 0);
  const isWrite = WRITES.test(operation);
  return { operation, readUnits: isWrite ? 0 : units, writeUnits: isWrite ? units : 0 };
}
