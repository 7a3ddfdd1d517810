import { NOT_THERE } from '../../kernel/dynamo/keys.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import {
  type HandOver,
  HELD_PARTS,
  HELD_STATUSES,
  type HeldPart,
  type HeldStatus,
  type PartState,
  type PartTally,
  type Pressed,
  type StoredHandOver,
  storedHandOver,
  storedHeldScan,
} from '../check-in-items.schema.ts';
import { handOverKey, heldScanKey } from '../check-in-keys.ts';
import type { SentScan, SentWalkIn } from '../scan/scans.schema.ts';

const ITEM_VERSION = 1;

/** @throws ZodError when the table holds something else */
export function fromHandOverItem(item: Record<string, unknown>): StoredHandOver {
  const { v: _, ...handOver } = storedHandOver().parse(item);
  return handOver;
}

/** @param handOver with the revision that was read @param expiresAt epoch seconds */
export const putHandOver = (table: string, handOver: StoredHandOver, expiresAt: number): TransactItem => ({
  Put: {
    TableName: table,
    Item: {
      ...handOverKey(handOver.eventId, handOver.id),
      v: ITEM_VERSION,
      ...handOver,
      revision: handOver.revision + 1,
      expiresAt,
    },
    ...(handOver.revision === 0
      ? { ConditionExpression: NOT_THERE }
      : { ConditionExpression: 'revision = :read', ExpressionAttributeValues: { ':read': handOver.revision } }),
  },
});

export interface HeldScan extends PartState {
  readonly scanId: string;
  /** What is brought in where it is to count. */
  readonly told?: SentScan | undefined;
}

/** @throws ZodError when the table holds something else */
export function fromHeldScanItem(item: Record<string, unknown>): HeldScan {
  const { v: _, scan, walkIn, ...held } = storedHeldScan().parse(item);
  const told = scan && { ...scan, ...(walkIn && { walkIn }) };
  return { ...held, scanId: String(item['sk']), told };
}

interface Holding extends Pick<PartState, 'part'> {
  readonly eventId: string;
  readonly handOver: string;
}

/** @param expiresAt epoch seconds */
export const putHeldScan = (
  table: string,
  { eventId, handOver, part }: Holding,
  { walkIn, reference: _, ...scan }: SentScan,
  expiresAt: number,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: {
      ...heldScanKey(eventId, handOver, scan.scanId),
      ...{ v: ITEM_VERSION, part, status: 'open', at: scan.correctedAt, scan, expiresAt },
      ...(walkIn && { walkIn: walkIn satisfies SentWalkIn }),
    },
  },
});

/** Of one that counts nothing is left but that it did. */
export const changeHeldScan = (
  table: string,
  { eventId, handOver }: Omit<Holding, 'part'>,
  scanId: string,
  status: PartState['status'],
): TransactItem => ({
  Update: {
    TableName: table,
    Key: heldScanKey(eventId, handOver, scanId),
    UpdateExpression: `SET #status = :status${status === 'counted' ? ' REMOVE #scan, walkIn' : ''}`,
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#status': 'status', ...(status === 'counted' && { '#scan': 'scan' }) },
    ExpressionAttributeValues: { ':status': status },
  },
});

/** How each part stands, by all that is held of it. A scan that came since the last press leaves nothing pressed. */
export function partTallies(
  held: readonly PartState[],
  pressed: Partial<Record<HeldPart, Pressed>>,
): HandOver['parts'] {
  return Object.fromEntries(
    HELD_PARTS.flatMap((part) => {
      const own = held.filter((each) => each.part === part);
      if (own.length === 0) return [];
      const count = (status: HeldStatus) => own.filter((each) => each.status === status).length;
      const times = own.map(({ at }) => at);
      const tally: PartTally = {
        statuses: Object.fromEntries(HELD_STATUSES.map((each) => [each, count(each)])) as PartTally['statuses'],
        from: times.reduce((a, b) => Math.min(a, b)),
        to: times.reduce((a, b) => Math.max(a, b)),
        pressed: pressed[part],
      };
      return [[part, tally]];
    }),
  );
}
