import * as z from 'zod';
import type { UsesOf } from '../../kernel/dynamo/uses-of.ts';
import { once } from '../../kernel/once.ts';

/** How many forms of one event went by mail in one minute, or tests of a message to whoever writes it in one hour. */
export const storedMailTurns = once(() => z.object({ v: z.literal(1), taken: z.int() }));

export const MAIL_TURNS_USES = {
  v: ['impersonal', 'day'],
  taken: ['impersonal', 'day'],
} as const satisfies UsesOf<typeof storedMailTurns>;

export const mailTurnsTaken = (item: Record<string, unknown> | undefined): number =>
  item === undefined ? 0 : storedMailTurns().parse(item).taken;
