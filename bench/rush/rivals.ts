import { type Bystander, standBefore } from '../cost/pass-on.ts';

export interface Rivals extends Bystander {
  /** How many transactions were refused because another was writing one of their items. */
  conflicts(): number;
}

type Key = Partial<Record<'pk' | 'sk' | 'id', { readonly S: string }>>;
type Item = Record<string, { readonly TableName: string; readonly Key?: Key; readonly Item?: Key }>;

/**
 * The conflicts that DynamoDB has and the emulator never shows: a transaction is refused while another one is writing
 * one of its items.
 *
 * @param released until then nothing reads a single item: registering does not, and what follows a registration, such as its
 *   mail, begins with it. On AWS that runs elsewhere; here it would take the processors away from what is measured.
 */
export async function withRivals(database: string, released?: Promise<void>): Promise<Rivals> {
  const busy = new Set<string>();
  let conflicts = 0;
  const bystander = await standBefore(database, async ({ operation, body, passOn }) => {
    if (operation === 'GetItem') await released;
    if (operation !== 'TransactWriteItems') return passOn(body);
    const { TransactItems } = JSON.parse(String(body)) as { TransactItems: Item[] };
    const keys = TransactItems.map(keyOf);
    if (keys.some((key) => busy.has(key))) {
      conflicts += 1;
      return { status: 400, body: JSON.stringify(refusal(keys.map((key) => busy.has(key)))) };
    }
    for (const key of keys) busy.add(key);
    try {
      return await passOn(body);
    } finally {
      for (const key of keys) busy.delete(key);
    }
  });
  return { ...bystander, conflicts: () => conflicts };
}

function keyOf(item: Item): string {
  const [write] = Object.values(item);
  const { pk, sk, id }: Key = write?.Key ?? write?.Item ?? {};
  return `${write?.TableName} ${pk?.S} ${sk?.S} ${id?.S}`;
}

const refusal = (busy: readonly boolean[]) => ({
  __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
  Message: 'Transaction cancelled, please refer cancellation reasons for specific reasons',
  CancellationReasons: busy.map((each) =>
    each ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' } : { Code: 'None' },
  ),
});
