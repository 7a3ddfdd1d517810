import * as z from 'zod';
import { BACKED_UP } from '../../kernel/dynamo/tables.ts';
import { ENFORCEMENTS, REVIEWS } from '../limits/sending.schema.ts';
import { MAIL_TROUBLES } from './mail-account.ts';

/** How mail leaves: the SES account as it was looked at last, and what waits now. */
export const mailStatus = z.lazy(() =>
  z.strictObject({
    /** Messages that wait for a turn, for SES, or for the end of a recipient's limit. */
    waiting: z.int(),
    /** Nothing leaves since then, for what is kept was restored from a backup: until an owner lets it. */
    held: z.strictObject({ since: z.iso.datetime(), restoredTo: z.iso.datetime() }).optional(),
    /** Nothing until the account was looked at for the first time. */
    account: z
      .strictObject({
        /** What keeps mail from its recipients, the most urgent first. */
        troubles: z.array(z.enum(MAIL_TROUBLES)).readonly(),
        /** Outside of the sandbox, in which mail goes to verified addresses only. */
        production: z.boolean(),
        review: z.enum(REVIEWS).optional(),
        enforcement: z.enum(ENFORCEMENTS),
        sending: z.boolean(),
        senderVerified: z.boolean(),
        /** Mails a second, and within any 24 hours; without the latter there is no limit. */
        perSecond: z.number(),
        daily: z.number().optional(),
        /** Within the last 24 hours. */
        sent: z.number(),
        /** When the oldest message was written that waited then. */
        waitsSince: z.string().optional(),
        readAt: z.string(),
        /** Where the holder of the AWS account sees it. */
        page: z.url(),
      })
      .optional(),
  }),
);

export const mailReleased = z.lazy(() => z.strictObject({ status: z.enum(['released', 'not-held']) }));

const usd = z.number().min(0);

/** What was counted, at most an hour ago, and what AWS charges for it: an estimate, without what an account has for nothing. */
const eventCost = z.lazy(() =>
  z.strictObject({
    people: z.int(),
    mails: z.int(),
    scans: z.int(),
    /** When registration opened, and when it was counted. */
    since: z.iso.datetime(),
    at: z.iso.datetime(),
    /** For which what is stored was kept. */
    months: z.number(),
    /** USD, by service. */
    parts: z.strictObject({
      mail: usd,
      units: usd,
      kept: usd,
      functions: usd,
      requests: usd,
      logs: usd,
      keys: usd,
    }),
    total: usd,
    /** The day on which prices were looked up. */
    pricesOf: z.iso.date(),
  }),
);

const backups = z.lazy(() =>
  z.strictObject({
    readAt: z.iso.datetime(),
    tables: z
      .array(
        z.strictObject({
          table: z.enum(BACKED_UP),
          /** The latest moment as of which it can be brought back. */
          until: z.iso.datetime().optional(),
          /** Whether that was within the hour before it was looked at. */
          restorable: z.boolean(),
        }),
      )
      .readonly(),
  }),
);

export const systemStatus = z.lazy(() =>
  z.strictObject({
    /** Nothing before anybody registered. */
    cost: eventCost.optional(),
    /** Nothing until they were looked at for the first time: once a day. */
    backups: backups.optional(),
  }),
);
