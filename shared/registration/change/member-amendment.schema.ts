import * as z from 'zod';
import { REGISTRATION_STATUSES } from '../../event/attendee.ts';
import { LONGEST_ID } from '../../kernel/event-id.ts';
import { once } from '../../kernel/once.ts';
import { amendable } from '../self-service.schema.ts';

const seatState = () => z.enum(['taken', 'waiting']);

/** What a change leads to, beside what it says: nobody's place becomes another than was shown before it was made. */
const outcome = once(() =>
  z.strictObject({
    status: z.enum(REGISTRATION_STATUSES),
    /** While they wait for the room. */
    meanwhile: z.literal('online').optional(),
    /** Each seat that they have or wait for, before or after: taken newly, kept, or given back. Of a quota for each organisation, one of each. */
    seats: z.array(z.strictObject({ quota: z.string(), was: seatState().optional(), is: seatState().optional() })),
    /** Ids of questions whose answers go, since they are not asked of them any more. */
    dropped: z.array(z.string()),
    /** Ids of days and sessions that go though nobody said so: the event offers them no more, or a session is on a day that goes. */
    days: z.array(z.string()).optional(),
    sessions: z.array(z.string()).optional(),
    /** What becomes of ties between chaperones and minors: they end, a vetting does since it was of another name, or the adult is away on a day. */
    chaperone: z.enum(['ends', 'vetting-ends', 'days']).optional(),
  }),
);
export type AmendmentOutcome = z.output<ReturnType<typeof outcome>>;

const change = once(() => ({
  ...z.strictObject(amendable()).partial().shape,
  /** Ids of consents that they take back. None is given for them. */
  withdrawn: z.array(z.string().max(LONGEST_ID)).optional(),
  /** The one that was looked at. */
  revision: z.int(),
}));

/** What a registration is to say, as its holder asked for. What is left out stays, an empty text takes away. */
export const amendmentToPreview = z.lazy(() => z.strictObject(change()));

export const memberAmendment = z.lazy(() =>
  z.strictObject({
    ...change(),
    /** Whether they get a mail that says so. One whose place becomes another gets it in any case. */
    tell: z.boolean(),
    /** As the preview had it: where it would be another by now, nothing is changed. */
    promised: outcome(),
  }),
);
export type MemberAmendment = z.output<typeof memberAmendment>;

export const amendmentPreview = z.lazy(() =>
  z.strictObject({
    outcome: outcome(),
    /** Whether it says anything new. */
    changes: z.boolean(),
    /** Whether they are told in any case. */
    toldAnyway: z.boolean(),
  }),
);
