import * as z from 'zod';
import type { Report } from '../domain/report.ts';
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
} as const satisfies UsesOf<typeof storedReport>;

/** In the `Care` table. @param expiresAt epoch seconds */
export const toReportItem = (report: Report, expiresAt: number) => ({
  pk: `REPORT#${report.eventId}`,
  sk: report.reference,
  v: 1,
  ...report,
  expiresAt,
});
