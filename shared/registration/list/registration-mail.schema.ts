import * as z from 'zod';
import { FATES } from '../../mail/fate/mail-event.schema.ts';
import { FAILURES, MESSAGE_STATES } from '../../mail/outbox/message.schema.ts';
import { KINDS_SHOWN, KINDS_SINCE, MAIL_READERS } from '../mail-about.ts';

/** What became of each mail about an attendee, newest first: of the last 90 days, and no address. */
export const registrationMail = z.lazy(() =>
  z.strictObject({
    messages: z.array(
      z.strictObject({
        kind: z.enum(KINDS_SHOWN),
        /** Of a kind that came later: its own name, where `kind` is the nearest of those before. */
        precisely: z.enum(KINDS_SINCE).optional(),
        to: z.enum(MAIL_READERS),
        writtenAt: z.iso.datetime(),
        state: z.enum(MESSAGE_STATES),
        /** Of one that waits: not before. */
        until: z.iso.datetime().optional(),
        /** Of one that was not sent. */
        failure: z.enum(FAILURES).optional(),
        /** Of one that was sent, once it is known what became of it. */
        fate: z
          .strictObject({
            what: z.enum(FATES),
            at: z.iso.datetime(),
            /** The status code of the recipient's server (RFC 3463). */
            code: z.string().optional(),
          })
          .optional(),
      }),
    ),
  }),
);

/** Whether a mail was written: not where one was in the last half hour, or the registration ended meanwhile. */
export const mailedAgain = z.lazy(() => z.strictObject({ mailed: z.boolean() }));
