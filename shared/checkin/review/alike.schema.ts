import * as z from 'zod';
import { ticketHash } from '../check-in.schema.ts';
import { DECISIONS } from '../check-in-items.schema.ts';

/** What DynamoDB writes in one transaction is 100 items, of which the audit's entry is one. */
export const MOST_TOGETHER = 99;
/** Tickets that are looked through: each is read. */
export const MOST_ALIKE = 2_000;

const cases = () => ({
  ticket: ticketHash,
  /** Of this cause alone; those that come later are none of them. */
  scans: z
    .array(z.string().regex(/^[\w-]{22}$/))
    .min(1)
    .max(36)
    .readonly(),
  /** How many decisions there are on the ticket and list. */
  after: z.int().min(0),
});

/** Scans that have to be looked at for one cause, of two tickets and more; those of which each concerns a child are not among them. */
export const alikeConflicts = z.lazy(() =>
  z.strictObject({
    causes: z
      .array(
        z.strictObject({
          list: z.string(),
          /** A doubt, or `conflict` where the attendee was in already. */
          why: z.string(),
          /** What the device is called that scanned them. */
          device: z.string(),
          /** Its id. */
          phone: z.string(),
          cases: z.array(z.strictObject(cases())).readonly(),
        }),
      )
      .readonly(),
  }),
);

/** One decision on scans of many tickets, each as it was seen. */
export const decisionTogether = z.lazy(() =>
  z.strictObject({
    decision: z.enum(DECISIONS).exclude(['open-again']),
    cases: z.array(z.strictObject(cases())).min(1).max(MOST_TOGETHER).readonly(),
  }),
);

/** Of how many tickets it is settled now, and how many stand otherwise than they were seen, so that nothing was noted of them. */
export const settledTogether = z.lazy(() => z.strictObject({ settled: z.int(), left: z.int() }));
