import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { EventDefinition } from '../../event/event.ts';
import { reportEnd } from '../../event/event-times.ts';
import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import { type ItemKey, NOT_THERE } from '../../kernel/dynamo/keys.ts';
import { readItem } from '../../kernel/dynamo/queries.store.ts';
import { type TransactItem, transact, updateIf } from '../../kernel/dynamo/transact.store.ts';
import { BusyError } from '../../kernel/errors.ts';
import { spendPass } from '../../kernel/keys/pass.store.ts';
import type { SolvedChallenge } from '../../kernel/keys/proof-of-work.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { stateOf } from './report.ts';
import {
  alikeKey,
  alikePrefix,
  fromReportItem,
  groupKey,
  type ReportRow,
  reportKey,
  reportRow,
  rowKey,
  rowPlace,
  saysKey,
  storedReportGroup,
  toGroupItem,
  toReportItem,
  toRowItem,
  toUnopenedItem,
  unlistedReportKey,
  unopenedKey,
  unopenedPartition,
} from './report-item.store.ts';
import type { ReportOrder } from './report-order.ts';
import { type PageOfReports, REPORTS_ON_PAGE, reportPages, type SeenReports } from './report-pages.store.ts';
import type { Report, ReportStep } from './reports.schema.ts';

interface NewReport {
  readonly report: Omit<Report, 'group'>;
  /** An HMAC of what it says: the same of those alike. */
  readonly says: string;
  /** What is spent with it. */
  readonly pass?: SolvedChallenge | undefined;
}

/** A report that stands for those alike, and how many more there are of them. */
interface ListedReport extends ReportRow {
  readonly more: number;
}

export interface ReportStore {
  /**
   * Keeps a report, and puts it beside those that say the same. The same report again changes nothing.
   *
   * @param tell asked anew for each attempt: what is written along, so that readers are told of it
   */
  readonly add: (
    event: EventDefinition<string>,
    sent: NewReport,
    tell: () => Promise<readonly TransactItem[]>,
  ) => Promise<'kept' | 'repeated' | 'pass-spent'>;
  /** A page of those that stand for others. @param from where the page before said that the next begins */
  readonly page: (seen: SeenReports, order: ReportOrder, from?: string) => Promise<PageOfReports<ListedReport>>;
  /** A page of the others that a report stands for, as they came. */
  readonly alike: (report: Report, from?: string) => Promise<PageOfReports<ReportRow>>;
  readonly read: (event: EventDefinition<string>, reference: string) => Promise<Report | undefined>;
  /**
   * Notes who opened a report first.
   *
   * @param noted the note of this look
   * @param says see `NewReport`: what comes from now on does not stand under it, or nobody would see that it waits
   * @returns the report as it is then
   */
  readonly open: (report: Report, by: string, noted: TransactItem, says: string) => Promise<Report>;
  /**
   * Adds what was done about a report, together with the note of who did it.
   *
   * @param after how many steps there were when it was looked at
   * @returns whether there still were as many; otherwise nothing is written
   */
  readonly addStep: (
    event: EventDefinition<string>,
    report: Report,
    step: { readonly after: number; readonly step: ReportStep; readonly noted: TransactItem },
  ) => Promise<boolean>;
  /** Since when the oldest or newest one waits that nobody has opened; nothing where none does. */
  readonly unopened: (
    seen: SeenReports,
    which: 'oldest' | 'newest',
  ) => Promise<Pick<Report, 'receivedAt' | 'reference'> | undefined>;
  /** Puts reports into the list that were kept before there was one: some at a time, for a look at it. */
  readonly listOlder: (event: EventDefinition<string>) => Promise<void>;
}

/**
 * How many times a report is tried to be put beside those alike. Then, or once rivals do not let go of what is shared with them, it
 * stands alone, and a timer sees to the mail.
 */
const MOST_RACES = 4;
/** Older reports that are listed at once. */
const OLDER_AT_ONCE = 25;

const THERE = 'attribute_exists(pk)';
const NO_OTHER_STEP = 'size(steps) = :after';
const NOT_OPENED = 'attribute_not_exists(opened)';
const STANDS_FOR_THEM = '#reference = :reference';

export function reportStore({ client, care, registry, system }: Given<'registry' | 'care'>): ReportStore {
  const get = (Key: ItemKey) => readItem(client, care, Key);
  const put = (Item: ItemKey): TransactItem => ({ Put: { TableName: care, Item } });
  const putNew = (Item: ItemKey): TransactItem => ({
    Put: { TableName: care, Item, ConditionExpression: NOT_THERE },
  });
  const remove = (Key: ItemKey): TransactItem => ({ Delete: { TableName: care, Key } });
  const listed = (report: Report, expiresAt: number): TransactItem[] => [
    put(toRowItem(report.eventId, reportRow(report), expiresAt)),
    ...(report.opened === undefined && stateOf(report) === 'new' ? [put(toUnopenedItem(report, expiresAt))] : []),
  ];

  /** @param isAlone whether it is neither put beside others nor told of */
  async function tryToAdd(
    { report: sent, says, pass }: NewReport,
    expiresAt: number,
    tell: () => Promise<readonly TransactItem[]>,
    isAlone: boolean,
  ): Promise<'kept' | 'repeated' | 'pass-spent' | 'again'> {
    const { eventId, reference } = sent;
    const key = saysKey(eventId, says);
    const [item, told] = isAlone ? [undefined, []] : await Promise.all([get(key), tell()]);
    const group = item && storedReportGroup().parse(item).reference;
    const report = { ...sent, group: group ?? reference };
    const spent = pass ? [spendPass(registry, eventId, pass)] : [];
    const place =
      group === undefined
        ? listed(report, expiresAt)
        : [put({ ...toGroupItem(alikeKey(report), reference, expiresAt) })];
    const pointed = group === undefined && !isAlone ? [putNew(toGroupItem(key, reference, expiresAt))] : [];
    const items = [putNew(toReportItem(report, expiresAt)), ...spent, ...place, ...pointed, ...told];
    // Counted before it is there: nobody looks for those alike where none are counted.
    if (group !== undefined) await countMore(eventId, group, expiresAt, 1);
    const [refusal] = await transact(client, items, system);
    if (refusal === undefined) return 'kept';
    if (group !== undefined) await countMore(eventId, group, expiresAt, -1);
    if (refusal.position === 0) return 'repeated';
    return refusal.position <= spent.length ? 'pass-spent' : 'again';
  }

  /** Beside the transaction: a thousand alike would keep one another waiting for it. */
  async function countMore(eventId: string, group: string, expiresAt: number, more: 1 | -1): Promise<void> {
    await updateIf(client, {
      TableName: care,
      Key: groupKey(eventId, group),
      UpdateExpression: 'SET v = :v, expiresAt = :expiresAt ADD more :more',
      ExpressionAttributeValues: { ':v': 1, ':expiresAt': expiresAt, ':more': more },
    });
  }

  /** Lists one that was kept before there was a list. */
  async function adopt(item: Record<string, unknown>): Promise<Report> {
    const report = fromReportItem(item);
    const expiresAt = Number(item['expiresAt']);
    await transact(
      client,
      [putNew(toReportItem(report, expiresAt)), ...listed(report, expiresAt), remove(unlistedReportKey(report))],
      system,
    );
    return report;
  }

  const { query, audiences, pageOf } = reportPages({ client, care });

  return {
    async add(event, sent, tell) {
      const expiresAt = reportEnd(event, new Date(sent.report.receivedAt));
      for (let race = 1; race <= MOST_RACES; race += 1) {
        const outcome = await orBusy(tryToAdd(sent, expiresAt, tell, false));
        if (outcome === 'busy') break;
        if (outcome !== 'again') return outcome;
      }
      const outcome = await tryToAdd(sent, expiresAt, tell, true);
      return outcome === 'again' ? 'repeated' : outcome;
    },

    async page(seen, order, from) {
      const { rows, next } = await pageOf(seen, order, from);
      const keys = rows.map(({ reference }) => groupKey(seen.eventId, reference));
      const groupOf = await batchGet(client, care, keys, system);
      // One short for each report whose function was stopped before it was counted: `alike` reads them, and shows every one.
      const more = (key: ItemKey): number => {
        const item = groupOf(key);
        return (item && storedReportGroup().parse(item).more) ?? 0;
      };
      return {
        rows: rows.map((row) => ({ ...row, more: more(groupKey(seen.eventId, row.reference)) })),
        ...(next !== undefined && { next }),
      };
    },

    async alike({ eventId, reference }, from) {
      const prefix = alikePrefix(reference);
      const pk = groupKey(eventId, '').pk;
      const items = await query(
        pk,
        { from: prefix + (from === undefined ? '' : `${from}~`), to: `${prefix}~` },
        REPORTS_ON_PAGE + 1,
      );
      const some = items.slice(0, REPORTS_ON_PAGE);
      const keys = some.map((item) =>
        reportKey({ eventId, reference: storedReportGroup().parse(item).reference ?? '' }),
      );
      const found = await batchGet(client, care, keys, system);
      const last = some.at(-1);
      return {
        rows: keys.flatMap((key) => {
          const item = found(key);
          return item ? [reportRow(fromReportItem(item))] : [];
        }),
        ...(items.length > REPORTS_ON_PAGE && last && { next: String(last['sk']).slice(prefix.length) }),
      };
    },

    async read(event, reference) {
      const named = { eventId: event.id, reference };
      const item = await get(reportKey(named));
      if (item) return fromReportItem(item);
      const older = await get(unlistedReportKey(named));
      return older && adopt(older);
    },

    async open(report, by, noted, says) {
      if (report.opened !== undefined) {
        await transact(client, [noted], system);
        return report;
      }
      await endGroup(report, says);
      const opened = { at: system.now().toISOString(), by };
      const isListed = report.group === report.reference;
      const update: TransactItem = {
        Update: {
          TableName: care,
          Key: reportKey(report),
          UpdateExpression: 'SET opened = :opened',
          ConditionExpression: NOT_OPENED,
          ExpressionAttributeValues: { ':opened': opened },
        },
      };
      const row: TransactItem = {
        Update: {
          TableName: care,
          Key: rowKey(report.eventId, reportRow(report)),
          UpdateExpression: 'SET openedAt = :at',
          ConditionExpression: THERE,
          ExpressionAttributeValues: { ':at': opened.at },
        },
      };
      const items = [noted, update, remove(unopenedKey(report)), ...(isListed ? [row] : [])];
      const [refusal] = await transact(client, items, system);
      if (refusal === undefined) return { ...report, opened };
      // Another reader opened it in this moment: that they did stands, and that this one looked.
      await transact(client, [noted], system);
      const item = await get(reportKey(report));
      return item ? fromReportItem(item) : report;
    },

    async addStep(event, report, { after, step, noted }) {
      const expiresAt = reportEnd(event, new Date(report.receivedAt));
      const before = reportRow(report);
      const row = reportRow({ ...report, steps: [...report.steps.slice(0, after), step] });
      const update: TransactItem = {
        Update: {
          TableName: care,
          Key: reportKey(report),
          UpdateExpression: 'SET steps = list_append(steps, :step)',
          ConditionExpression: NO_OTHER_STEP,
          ExpressionAttributeValues: { ':step': [step], ':after': after },
        },
      };
      const moves = rowPlace(before) === rowPlace(row) ? [] : [remove(rowKey(report.eventId, before))];
      const shown = report.group === report.reference ? [...moves, put(toRowItem(report.eventId, row, expiresAt))] : [];
      return (await transact(client, [update, noted, ...shown], system)).length === 0;
    },

    async unopened(seen, which) {
      const found = await Promise.all(
        audiences(seen, unopenedPartition).map((pk) => query(pk, { backwards: which === 'newest' }, 1)),
      );
      const keys = found.flat().map(({ sk }) => String(sk));
      const key = keys.sort().at(which === 'oldest' ? 0 : -1);
      const [receivedAt = '', reference = ''] = key?.split('#') ?? [];
      return key === undefined ? undefined : { receivedAt, reference };
    },

    async listOlder({ id: eventId }) {
      const older = await query(unlistedReportKey({ eventId, reference: '' }).pk, {}, OLDER_AT_ONCE);
      for (const item of older) await adopt(item);
    },
  };

  async function endGroup({ eventId, reference }: Report, says: string): Promise<void> {
    try {
      await client.send(
        new DeleteCommand({
          TableName: care,
          Key: saysKey(eventId, says),
          ConditionExpression: STANDS_FOR_THEM,
          ExpressionAttributeNames: { '#reference': 'reference' },
          ExpressionAttributeValues: { ':reference': reference },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}

async function orBusy<Outcome>(attempt: Promise<Outcome>): Promise<Outcome | 'busy'> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof BusyError) return 'busy';
    throw error;
  }
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly reports: ReportStore;
  }
}
