import * as z from 'zod';
import type { ItemKey } from '../../kernel/dynamo/keys.ts';
import type { UsesOf } from '../../kernel/dynamo/uses-of.ts';
import { once } from '../../kernel/once.ts';
import { LATER_REPORT_STATES, REPORT_STATES, type Report, type ReportState, stateOf } from './report.ts';

const ITEM_VERSION = 1;

export const storedReport = once(() =>
  z.object({
    v: z.literal(ITEM_VERSION),
    eventId: z.string(),
    reference: z.string(),
    what: z.string(),
    contact: z.string().optional(),
    language: z.string(),
    receivedAt: z.string(),
    aboutOrganiser: z.literal(true).optional(),
    proven: z.literal(true).optional(),
    group: z.string().optional(),
    opened: z.object({ at: z.string(), by: z.string() }).optional(),
    steps: z
      .array(
        z.object({
          state: z.enum(LATER_REPORT_STATES),
          at: z.string(),
          by: z.string(),
          note: z.string().optional(),
        }),
      )
      .default([]),
  }),
);

export const REPORT_USES = {
  v: ['records', 'event'],
  eventId: ['records', 'event'],
  reference: ['report', 'event'],
  what: ['report', 'event'],
  contact: ['report', 'event'],
  language: ['report', 'event'],
  receivedAt: ['report', 'event'],
  aboutOrganiser: ['report', 'event'],
  proven: ['report', 'event'],
  group: ['report', 'event'],
  opened: ['report', 'event'],
  steps: ['report', 'event'],
} as const satisfies UsesOf<typeof storedReport>;

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

/** What a list shows of a report that stands for those alike, and nothing that it says. */
export interface ReportRow extends Pick<Report, 'reference' | 'receivedAt' | 'aboutOrganiser' | 'proven'> {
  readonly state: ReportState;
  readonly openedAt?: string | undefined;
}

export const storedReportRow = once(() =>
  z.object({
    v: z.literal(ITEM_VERSION),
    reference: z.string(),
    receivedAt: z.string(),
    aboutOrganiser: z.literal(true).optional(),
    proven: z.literal(true).optional(),
    state: z.enum(REPORT_STATES),
    openedAt: z.string().optional(),
  }),
);

export const REPORT_ROW_USES = {
  v: ['records', 'event'],
  reference: ['report', 'event'],
  receivedAt: ['report', 'event'],
  aboutOrganiser: ['report', 'event'],
  proven: ['report', 'event'],
  state: ['report', 'event'],
  openedAt: ['report', 'event'],
} as const satisfies UsesOf<typeof storedReportRow>;

export const rowOf = (report: Report): ReportRow => {
  const { reference, receivedAt, aboutOrganiser, proven, opened } = report;
  return { reference, receivedAt, aboutOrganiser, proven, state: stateOf(report), openedAt: opened?.at };
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
export const storedReportGroup = once(() =>
  z.object({ v: z.literal(ITEM_VERSION), reference: z.string().optional(), more: z.int().optional() }),
);

export const REPORT_GROUP_USES = {
  v: ['records', 'event'],
  reference: ['report', 'event'],
  more: ['report', 'event'],
} as const satisfies UsesOf<typeof storedReportGroup>;

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
export const storedUnopenedReport = once(() =>
  z.object({ v: z.literal(ITEM_VERSION), receivedAt: z.string(), aboutOrganiser: z.literal(true).optional() }),
);

export const UNOPENED_REPORT_USES = {
  v: ['records', 'event'],
  receivedAt: ['report', 'event'],
  aboutOrganiser: ['report', 'event'],
} as const satisfies UsesOf<typeof storedUnopenedReport>;

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
 * That somebody was mailed of reports, and has not looked since: they get no other mail. Also, that a deputy was told whose vetting ran
 * out.
 */
export const storedReportNotice = once(() =>
  z.object({ v: z.literal(ITEM_VERSION), mailedAt: z.string(), seenAt: z.string().optional() }),
);

export const REPORT_NOTICE_USES = {
  v: ['records', 'event'],
  mailedAt: ['team', 'event'],
  seenAt: ['team', 'event'],
} as const satisfies UsesOf<typeof storedReportNotice>;

export interface ReportNotice {
  /** Whom it was for. */
  readonly reader: string;
  /** ISO 8601. */
  readonly mailedAt: string;
  readonly seenAt?: string | undefined;
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
