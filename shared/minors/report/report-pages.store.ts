import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Given } from '../../kernel/parts.store.ts';
import { fromRowItem, type ReportRow, reportListPartition, rowPlace } from './report-item.store.ts';
import { mostDifferent, type ReportOrder, sharePage } from './report-order.ts';

export interface PageOfReports<Row> {
  readonly rows: readonly Row[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: string | undefined;
}

/** What is seen of an event's reports: those about organisers too, or not. */
export interface SeenReports {
  readonly eventId: string;
  readonly aboutOrganisers: boolean;
}

/** Reports on a page. */
export const REPORTS_ON_PAGE = 50;
/** Of those that are open, how many of the newest and of the oldest are compared with one another. */
const COMPARED = 5000;

/** When a report came; its reference tells two of one moment apart. */
const timeOf = ({ receivedAt, reference }: ReportRow): string => `${receivedAt}#${reference}`;

/** Pages of what stands for others, in each order. */
export function reportPages({ client, care }: Pick<Given<'care'>, 'client' | 'care'>) {
  const query = async (pk: string, range: { from?: string; to?: string; backwards?: boolean }, Limit: number) => {
    const { from, to, backwards = false } = range;
    const [low, high] = backwards ? [to ?? ' ', from ?? '~'] : [from ?? ' ', to ?? '~'];
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: care,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :low AND :high',
        ExpressionAttributeValues: { ':pk': pk, ':low': low, ':high': high },
        ScanIndexForward: !backwards,
        ConsistentRead: true,
        Limit,
      }),
    );
    return Items;
  };

  const audiences = ({ eventId, aboutOrganisers }: SeenReports, partition: typeof reportListPartition): string[] =>
    (aboutOrganisers ? [false, true] : [false]).map((about) => partition(eventId, about));

  /** Rows of all that is seen from one place to another, the order of their places. What a page before ended with is read again, and left out. */
  const rowsOf = async (seen: SeenReports, range: Parameters<typeof query>[1], limit: number): Promise<ReportRow[]> => {
    const found = await Promise.all(audiences(seen, reportListPartition).map((pk) => query(pk, range, limit + 1)));
    const rows = found.flat().map(fromRowItem);
    const up = range.backwards ? -1 : 1;
    return rows
      .filter((row) => rowPlace(row) !== range.from)
      .sort((a, b) => (rowPlace(a) < rowPlace(b) ? -up : up))
      .slice(0, limit);
  };

  type Paged = (seen: SeenReports, from?: string) => Promise<PageOfReports<ReportRow>>;

  const newest: Paged = async (seen, from = '') => {
    const [above = '', below = ''] = from.includes(',') ? from.split(',') : from.startsWith('3') ? [from] : ['', from];
    // A console of before pages told one place: below it in the other lane, nothing above is left.
    const isPast = above === '' && below !== '' && !from.includes(',');
    const [proven, rest] = await Promise.all([
      isPast ? [] : rowsOf(seen, { from: above || '3~', to: '3#', backwards: true }, REPORTS_ON_PAGE + 1),
      rowsOf(seen, { from: below || '2~', to: '1#', backwards: true }, REPORTS_ON_PAGE + 1),
    ]);
    const shared = sharePage({ proven, rest }, REPORTS_ON_PAGE);
    const hasNext = shared.proven.length < proven.length || shared.rest.length < rest.length;
    const endOf = (rows: readonly ReportRow[], before: string): string => {
      const last = rows.at(-1);
      return last === undefined ? before : rowPlace(last);
    };
    return {
      rows: [...shared.proven, ...shared.rest],
      ...(hasNext && { next: `${endOf(shared.proven, isPast ? '3#' : above)},${endOf(shared.rest, below)}` }),
    };
  };

  /** What is open, then what is handled, each by when it came; whether it took work makes no difference. */
  const oldest: Paged = async (seen, from = '2#') => {
    const [lane, after = ''] = [from.slice(0, 1), from.slice(2)];
    const laneAfter = (name: string, at = '') =>
      rowsOf(seen, { from: `${name}#${at}`, to: `${name}~` }, REPORTS_ON_PAGE + 1);
    const open = lane === '1' ? [] : (await Promise.all([laneAfter('2', after), laneAfter('3', after)])).flat();
    open.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));
    const handled = open.length > REPORTS_ON_PAGE ? [] : await laneAfter('1', lane === '1' ? after : '');
    const all = [...open, ...handled];
    const rows = all.slice(0, REPORTS_ON_PAGE);
    const last = rows.at(-1);
    return {
      rows,
      ...(all.length > REPORTS_ON_PAGE && last && { next: `${last.state === 'handled' ? 1 : 2}#${timeOf(last)}` }),
    };
  };

  /** Of what is open. It is compared anew for each page: what came or was handled meanwhile moves the others. */
  const different: Paged = async (seen, from = '0') => {
    const found = await Promise.all([openRows(seen, COMPARED, true), openRows(seen, COMPARED, false)]);
    const all = new Map(found.flat().map((row) => [row.reference, row]));
    const rows = mostDifferent([...all.values()]);
    const end = Number(from) + REPORTS_ON_PAGE;
    return { rows: rows.slice(Number(from), end), ...(rows.length > end && { next: String(end) }) };
  };

  /** So many of each audience. */
  const openRows = async (seen: SeenReports, limit: number, backwards: boolean): Promise<ReportRow[]> => {
    const found = await Promise.all(
      audiences(seen, reportListPartition).flatMap((pk) =>
        ['2', '3'].map((lane) => laneRows(pk, lane, limit, backwards)),
      ),
    );
    return found.flat();
  };

  /** A query reads at most a megabyte. */
  async function laneRows(pk: string, lane: string, limit: number, backwards: boolean): Promise<ReportRow[]> {
    const [first, last] = [`${lane}#`, `${lane}~`];
    const rows: ReportRow[] = [];
    let from = backwards ? last : first;
    for (;;) {
      const items = await query(pk, { from, to: backwards ? first : last, backwards }, limit - rows.length + 1);
      const page = items.map(fromRowItem).filter((row) => rowPlace(row) !== from);
      rows.push(...page);
      const end = page.at(-1);
      if (end === undefined || rows.length >= limit) return rows;
      from = rowPlace(end);
    }
  }

  const ordered = { newest, oldest, different } satisfies Record<ReportOrder, Paged>;
  return {
    query,
    audiences,
    pageOf: (seen: SeenReports, order: ReportOrder, from?: string) => ordered[order](seen, from),
  };
}
