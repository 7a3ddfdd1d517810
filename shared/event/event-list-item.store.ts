import * as z from 'zod';
import { eventListKey } from '../kernel/dynamo/keys.ts';
import type { UsesOf } from '../kernel/dynamo/uses-of.ts';
import { once } from '../kernel/once.ts';

/** That an event was published: its definition is read where it is. */
export const storedEventEntry = once(() => z.object({ v: z.literal(1), sk: z.string() }));

export const EVENT_ENTRY_USES = {
  v: ['impersonal', 'published'],
  sk: ['impersonal', 'published'],
} as const satisfies UsesOf<typeof storedEventEntry>;

export const toEventEntry = (eventId: string) => ({ ...eventListKey(eventId), v: 1 });

export const eventIdIn = (item: Record<string, unknown>): string => storedEventEntry().parse(item).sk;
