import * as z from 'zod';
import { LATER_REPORT_STATES, type Report } from '../domain/report.ts';
import { once } from '../once.ts';
import type { UsesOf } from './uses-of.ts';

export const storedReport = once(() =>
  z.object({
    v: z.literal(1),
    eventId: z.string(),
    reference: z.string(),
    what: z.string(),
    contact: z.string().optional(),
    language: z.string(),
    receivedAt: z.string(),
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
  steps: ['report', 'event'],
} as const satisfies UsesOf<typeof storedReport>;

/** In the `Care` table. @param expiresAt epoch seconds */
export const toReportItem = (report: Report, expiresAt: number) => ({
  ...reportKey(report),
  v: 1,
  ...report,
  expiresAt,
});

/** An event's reports are one partition: they are few, and listed. */
export const reportKey = ({ eventId, reference }: Pick<Report, 'eventId' | 'reference'>) => ({
  pk: `REPORT#${eventId}`,
  sk: reference,
});

/** @throws ZodError when the table holds something else */
export function fromReportItem(item: Record<string, unknown>): Report {
  const { v: _, ...report } = storedReport().parse(item);
  return report;
}
