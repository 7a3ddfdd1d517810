import * as z from 'zod';
import { field, stored } from '../../kernel/stored.schema.ts';

/** How many forms of one event went by mail in one minute, or tests of a message to whoever writes it in one hour. */
export const storedMailTurns = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'day'),
  taken: field(z.int(), 'impersonal', 'day'),
}));

export const mailTurnsTaken = (item: Record<string, unknown> | undefined): number =>
  item === undefined ? 0 : storedMailTurns().parse(item).taken;
