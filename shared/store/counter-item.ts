import * as z from 'zod';
import type { Counter } from '../domain/quota.ts';
import { once } from '../once.ts';
import type { UsesOf } from './uses-of.ts';

export const storedCounter = once(() => z.object({ capacity: z.int(), taken: z.int(), waiting: z.int() }));

export const COUNTER_USES = {
  capacity: ['impersonal', 'published'],
  taken: ['impersonal', 'published'],
  waiting: ['impersonal', 'published'],
} as const satisfies UsesOf<typeof storedCounter>;

export const fromCounterItem = (item: Record<string, unknown>): Counter => storedCounter().parse(item);
