import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { TABLES } from '../../shared/kernel/dynamo/tables.ts';
import { UsageError } from '../command.ts';
import { outputsOf } from '../stacks.ts';

/** Names as outputs of the stack have them: `Registry`. */
const NAMES = Object.keys(TABLES).map((name) => name.charAt(0).toUpperCase() + name.slice(1));

/** What every new table on demand takes at once. */
const WRITES = { least: 4_000 } as const;
const READS = { least: 12_000 } as const;
/** More than a table takes in most regions: it is asked of Service Quotas first. */
const USUAL_QUOTA = 40_000;
const MOST = 1_000_000;
const PRICES_PAGE = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';

interface Throughput {
  readonly reads?: number | undefined;
  readonly writes?: number | undefined;
}

export interface Warming {
  readonly table: string;
  /** Units a second that it is to take at once. */
  readonly to: Throughput;
  /** USD for each unit that is added, as AWS's page says for the region. */
  readonly prices: Throughput;
}

/** @throws UsageError that names the option, what it was, and what is allowed */
export function readWarming(values: Readonly<Record<string, string | undefined>>): Warming {
  const { table = '' } = values;
  if (!NAMES.includes(table)) throw new UsageError(`--table is one of ${NAMES.join(', ')}, not "${table}"`);
  const units = (name: string, { least }: typeof WRITES | typeof READS): number | undefined => {
    const given = values[name];
    const number = Number(given);
    if (given !== undefined && !(/^\d{1,9}$/.test(given) && number > least && number <= MOST))
      throw new UsageError(`--${name} is a whole number above ${least}, up to ${MOST}, not "${given}"`);
    return given === undefined ? undefined : number;
  };
  const price = (name: string): number | undefined => {
    const given = values[name];
    if (given !== undefined && !/^\d{1,4}(\.\d{1,12})?$/.test(given))
      throw new UsageError(`--${name} is USD for one unit, such as 0.001, not "${given}"`);
    return given === undefined ? undefined : Number(given);
  };
  const to = { writes: units('write-units', WRITES), reads: units('read-units', READS) };
  if (to.writes === undefined && to.reads === undefined)
    throw new UsageError('--write-units or --read-units says how many a second the table is to take');
  return { table, to, prices: { writes: price('price-per-write-unit'), reads: price('price-per-read-unit') } };
}

export interface WarmTable {
  readonly name: string;
  /** Units a second that it takes at once now. */
  readonly is: Required<Throughput>;
}

/** @throws Error where no stack of that name has such a table, or the table changes right now */
export async function readWarmTable(stage: string, table: string): Promise<WarmTable> {
  const StackName = `${stage}-Data`;
  const name = (await outputsOf(new CloudFormationClient({}), StackName))?.[`${table}TableName`];
  if (name === undefined) throw new Error(`${StackName} has no output ${table}TableName: is ${stage} deployed here?`);
  const { Table } = await new DynamoDBClient({}).send(new DescribeTableCommand({ TableName: name }));
  if (Table?.TableStatus !== 'ACTIVE') throw new Error(`${name} is ${Table?.TableStatus}: try again once it is ACTIVE`);
  const { ReadUnitsPerSecond: reads = READS.least, WriteUnitsPerSecond: writes = WRITES.least } =
    Table.WarmThroughput ?? {};
  return { name, is: { reads, writes } };
}

const KINDS = { writes: 'write units a second', reads: 'read units a second' } as const;

/** What it would do and what that costs; nothing in `added` where the table takes as much already. */
export function planOf({ to, prices }: Warming, { name, is }: WarmTable) {
  const kinds = (['writes', 'reads'] as const).filter((kind) => (to[kind] ?? 0) > is[kind]);
  const added = kinds.map((kind) => ({ kind, units: (to[kind] ?? 0) - is[kind], price: prices[kind] }));
  const all = Object.keys(KINDS) as readonly (keyof typeof KINDS)[];
  const lines = all.flatMap((kind) =>
    to[kind] === undefined
      ? []
      : [
          `${name}: ${number(is[kind])} ${KINDS[kind]} now${kinds.includes(kind) ? `, ${number(to[kind])} then` : ', as much already'}`,
        ],
  );
  if (added.length === 0) return { added, lines };
  const isPriced = added.every(({ price }) => price !== undefined);
  const sum = added.reduce((total, { units, price = 0 }) => total + units * price, 0);
  const costs = added.map(({ kind, units, price }) =>
    price === undefined
      ? `${number(units)} ${KINDS[kind]} more, at the price of a unit that ${PRICES_PAGE} names for your region (--price-per-${kind.slice(0, -1)}-unit)`
      : `${number(units)} ${KINDS[kind]} more × ${price} USD = ${(units * price).toFixed(2)} USD`,
  );
  return {
    added,
    lines: [
      ...lines,
      ...costs,
      ...(isPriced
        ? [`Costs once: ${sum.toFixed(2)} USD, by the price that you gave.`]
        : ['Costs once. What, is not known here.']),
      'It is never lowered again, and may take hours.',
      ...(kinds.some((kind) => (to[kind] ?? 0) > USUAL_QUOTA)
        ? [
            `Above ${number(USUAL_QUOTA)} DynamoDB refuses it until Service Quotas has raised "Table-level throughput" of the table.`,
          ]
        : []),
    ],
  };
}

const number = (units: number): string => units.toLocaleString('en-US');

/** What the table takes already is said along with what it is to take: DynamoDB lowers nothing. */
export async function warmTable({ to }: Warming, { name, is }: WarmTable): Promise<void> {
  await new DynamoDBClient({}).send(
    new UpdateTableCommand({
      TableName: name,
      WarmThroughput: {
        ReadUnitsPerSecond: Math.max(to.reads ?? 0, is.reads),
        WriteUnitsPerSecond: Math.max(to.writes ?? 0, is.writes),
      },
    }),
  );
}
