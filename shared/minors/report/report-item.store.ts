import * as z from 'zod';
import type { ItemKey } from '../../kernel/dynamo/keys.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import { stateOf } from './report.ts';
import { mannerOf } from './report-order.ts';
import { REPORT_STATES, type Report, storedReport } from './reports.schema.ts';

const ITEM_VERSION = 1;

/** In the `Care` table. @param expiresAt epoch seconds */
export const toReportItem = (report: Report, expiresAt: number) => ({
  ...reportKey(report),
  v: ITEM_VERSION,
  ...report,
  expiresAt,
});

type Named = Pick<Report, 'eventId' | 'reference'>;

export const reportKey = ({ eventId, reference }: Named): ItemKey => ({ pk: `REPORTS#${eventId}`, sk: reference });

/** Where they were before there was a list: in no order, and read whole to be listed. */
export const unlistedReportKey = ({ eventId, reference }: Named): ItemKey => ({
  pk: `REPORT#${eventId}`,
  sk: reference,
});

/** @throws ZodError when the table holds something else */
export function fromReportItem(item: Record<string, unknown>): Report {
  const { v: _, group, ...report } = storedReport().parse(item);
  return { ...report, group: group ?? report.reference };
}

/** What a list shows of a report that stands for those alike, or is ordered by, and nothing that it says. */
export const storedReportRow = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  reference: field(z.string(), 'report', 'event'),
  receivedAt: field(z.string(), 'report', 'event'),
  aboutOrganiser: field(z.literal(true).optional(), 'report', 'event'),
  proven: field(z.literal(true).optional(), 'report', 'event'),
  state: field(z.enum(REPORT_STATES), 'report', 'event'),
  openedAt: field(z.string().optional(), 'report', 'event'),
  /** How it is written, see `mannerOf`; absent of those that came before it was measured. */
  manner: field(z.string().optional(), 'report', 'event'),
}));
export interface ReportRow extends Omit<Output<typeof storedReportRow>, 'v'> {}

export const reportRow = (report: Report): ReportRow => {
  const { reference, receivedAt, aboutOrganiser, proven, opened, what } = report;
  const manner = mannerOf(what);
  return { reference, receivedAt, aboutOrganiser, proven, state: stateOf(report), openedAt: opened?.at, manner };
};

/** What is about an organiser is apart: a list of the rest never meets it. */
export const reportListPartition = (eventId: string, aboutOrganiser: boolean): string =>
  `REPORT-LIST#${eventId}${aboutOrganiser ? '#ORGANISER' : ''}`;

/** Read backwards: what is open before what is handled, what cost its sender some work before what did not, each newest first. */
export const rowPlace = ({ state, proven, receivedAt, reference }: Omit<ReportRow, 'aboutOrganiser'>): string =>
  `${state === 'handled' ? 1 : proven ? 3 : 2}#${receivedAt}#${reference}`;

export const toRowItem = (eventId: string, row: ReportRow, expiresAt: number) => ({
  ...rowKey(eventId, row),
  v: ITEM_VERSION,
  ...row,
  expiresAt,
});

export const rowKey = (eventId: string, row: ReportRow): ItemKey => ({
  pk: reportListPartition(eventId, row.aboutOrganiser === true),
  sk: rowPlace(row),
});

export function fromRowItem(item: Record<string, unknown>): ReportRow {
  const { v: _, ...row } = storedReportRow().parse(item);
  return row;
}

/**
 * What tells which reports are alike, and how many: which one stands for those that say the same (`SAYS#`, by an HMAC of it), how many
 * more there are (`GROUP#`), and each of those, in the order in which they came (`ALIKE#`).
 */
export const storedReportGroup = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  reference: field(z.string().optional(), 'report', 'event'),
  more: field(z.int().optional(), 'report', 'event'),
}));

const groupsPartition = (eventId: string): string => `REPORT-GROUPS#${eventId}`;

/** @param says an HMAC */
export const saysKey = (eventId: string, says: string): ItemKey => ({
  pk: groupsPartition(eventId),
  sk: `SAYS#${says}`,
});
export const groupKey = (eventId: string, group: string): ItemKey => ({
  pk: groupsPartition(eventId),
  sk: `GROUP#${group}`,
});
export const alikePrefix = (group: string): string => `ALIKE#${group}#`;
export const alikeKey = ({ eventId, group, receivedAt, reference }: Report): ItemKey => ({
  pk: groupsPartition(eventId),
  sk: `${alikePrefix(group)}${receivedAt}#${reference}`,
});

export const toGroupItem = (key: ItemKey, reference: string, expiresAt: number) => ({
  ...key,
  v: ITEM_VERSION,
  reference,
  expiresAt,
});

/** Which reports nobody opened yet, in the order in which they came: for the oldest and the newest of them. */
export const storedUnopenedReport = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  receivedAt: field(z.string(), 'report', 'event'),
  aboutOrganiser: field(z.literal(true).optional(), 'report', 'event'),
}));

export const unopenedPartition = (eventId: string, aboutOrganiser: boolean): string =>
  `REPORT-UNOPENED#${eventId}${aboutOrganiser ? '#ORGANISER' : ''}`;

export const unopenedKey = ({ eventId, aboutOrganiser, receivedAt, reference }: Report): ItemKey => ({
  pk: unopenedPartition(eventId, aboutOrganiser === true),
  sk: `${receivedAt}#${reference}`,
});

export const toUnopenedItem = (report: Report, expiresAt: number) => ({
  ...unopenedKey(report),
  v: ITEM_VERSION,
  receivedAt: report.receivedAt,
  ...(report.aboutOrganiser && { aboutOrganiser: true }),
  expiresAt,
});

/**
 * That a reader was mailed of reports, and has not looked since: they get no other mail. Also, that a deputy was told whose vetting ran
 * out.
 */
export const storedReportNotice = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'records', 'event'),
  /** ISO 8601. */
  mailedAt: field(z.string(), 'team', 'event'),
  seenAt: field(z.string().optional(), 'team', 'event'),
}));

export interface ReportNotice extends Omit<Output<typeof storedReportNotice>, 'v'> {
  /** Whom it was for. */
  readonly reader: string;
}

/** @param reader a member's id, or which address of the event's definition */
export const noticeKey = (eventId: string, reader: string): ItemKey => ({
  pk: `REPORT-NOTICES#${eventId}`,
  sk: reader,
});

export const toNoticeItem = (eventId: string, { reader, ...notice }: ReportNotice, expiresAt: number) => ({
  ...noticeKey(eventId, reader),
  v: ITEM_VERSION,
  ...notice,
  expiresAt,
});

export function fromNoticeItem(item: Record<string, unknown>): ReportNotice {
  const { v: _, ...notice } = storedReportNotice().parse(item);
  return { reader: String(item['sk']), ...notice };
}

/** Everything of reports: kept as long as registrations. */
export const reportPartitions = (eventId: string): readonly string[] => [
  unlistedReportKey({ eventId, reference: '' }).pk,
  reportKey({ eventId, reference: '' }).pk,
  groupsPartition(eventId),
  noticeKey(eventId, '').pk,
  ...[false, true].flatMap((about) => [reportListPartition(eventId, about), unopenedPartition(eventId, about)]),
];
