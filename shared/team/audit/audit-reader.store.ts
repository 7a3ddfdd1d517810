import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { TABLES } from '../../kernel/dynamo/tables.ts';
import { once } from '../../kernel/once.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { type AuditEntry, auditPartition, auditShards, storedAudit } from './audit.store.ts';
import { type AuditKind, kindOf } from './audit.ts';

/** What of an entry all indexes hold: which event it is of, whoever reads knows. */
export interface ReadEntry extends Omit<AuditEntry, 'eventId'> {}

/** Which entries of an event are wanted; all of them where nothing is said. */
export interface AuditWanted {
  /** A member, `device` and its id, or the command line. */
  readonly by?: string | undefined;
  readonly kind?: AuditKind | undefined;
  /** Of the person of this registration. */
  readonly reference?: string | undefined;
  /** Not before this instant, and before that one; ISO 8601 in UTC. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  /** Those before it, which was read last. */
  readonly before?: string | undefined;
}

export interface AuditPage {
  /** Newest first. */
  readonly entries: readonly ReadEntry[];
  /** Where it goes on; nothing where it ends. */
  readonly next?: string | undefined;
}

/** Reads what was noted: one function alone is made of it (IN2). */
export interface AuditReader {
  /**
   * @param most entries of the page
   * @param looked entries that are looked at for them, where an index alone does not find them: fewer may be found
   */
  readonly page: (eventId: string, wanted: AuditWanted, most: number, looked?: number) => Promise<AuditPage>;
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly auditReader: AuditReader;
  }
}

/** After all places. */
const END = '~';

export function auditReader({ client, audit: TableName }: Given<'audit', never>): AuditReader {
  return {
    async page(eventId, wanted, most, looked = 2 * most) {
      const { by, kind, reference, from = '', until = END } = wanted;
      const { name, value } = partitionFor(eventId, wanted);
      const [end = END] = [wanted.before ?? END, until].sort();
      const isAll = [by, kind, reference].filter((each) => each !== undefined).length <= 1;
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName,
          ...(name !== undefined && { IndexName: name }),
          KeyConditionExpression: '#partition = :partition AND sk < :end',
          ExpressionAttributeNames: { '#partition': name ? TABLES.audit.indexes[name].partitionKey : 'pk' },
          ExpressionAttributeValues: { ':partition': value, ':end': end },
          ScanIndexForward: false,
          Limit: isAll ? most : looked,
        }),
      );
      const found = Items.map(fromAuditItem);
      const wantedOnes = found.filter(
        (each) =>
          each.at >= from &&
          (by === undefined || each.by === by) &&
          (kind === undefined || kindOf(each.action) === kind),
      );
      const entries = wantedOnes.slice(0, most);
      const isCut = wantedOnes.length > most;
      // One before the time that is wanted: all that follow are, too.
      const goesOn = isCut || (LastEvaluatedKey !== undefined && found.every(({ at }) => at >= from));
      const last = isCut ? entries.at(-1) : found.at(-1);
      return { entries, ...(goesOn && last && { next: `${last.at}#${last.id}` }) };
    },
  };
}

type Index = keyof typeof TABLES.audit.indexes;
interface Partition {
  /** Of the index; none of the table itself. */
  readonly name?: Index;
  readonly value: string;
}

/** The one that has the fewest besides: what is done about a person is little, and what one member does less than what is of a kind. */
function partitionFor(eventId: string, { by, kind, reference }: AuditWanted): Partition {
  if (reference !== undefined) return { name: 'person', value: auditShards.person(eventId, reference) };
  if (by !== undefined) return { name: 'member', value: auditShards.member(eventId, by) };
  if (kind !== undefined) return { name: 'kind', value: auditShards.kind(eventId, kind) };
  return { value: auditPartition(eventId) };
}

const readEntry = once(() => storedAudit().omit({ v: true, eventId: true }));

/** @throws ZodError when the table holds something else */
function fromAuditItem(item: Record<string, unknown>): ReadEntry {
  const [at, id] = String(item['sk']).split('#');
  return readEntry().parse({ ...item, at, id });
}
