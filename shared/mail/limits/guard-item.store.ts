import * as z from 'zod';
import type { UsesOf } from '../../kernel/dynamo/uses-of.ts';
import { once } from '../../kernel/once.ts';

/** Minutes for which an event asks for proof of work after the last sign of an attack. */
export const GUARDED_FOR = 10;

export const storedGuard = once(() => z.object({ v: z.literal(1), until: z.string() }));

export const GUARD_USES = {
  v: ['impersonal', 'day'],
  until: ['impersonal', 'day'],
} as const satisfies UsesOf<typeof storedGuard>;

/** Says until when an event is guarded. */
export const toGuardAttributes = (until: Date) => ({
  v: 1,
  until: until.toISOString(),
  expiresAt: Math.ceil(until.getTime() / 1000),
});

export const isGuarded = (item: Record<string, unknown> | undefined, now: Date): boolean =>
  item !== undefined && Date.parse(storedGuard().parse(item).until) > now.getTime();
