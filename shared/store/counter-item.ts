import * as z from 'zod';
import type { Counter } from '../domain/quota.ts';

const stored = z.object({ capacity: z.int(), taken: z.int(), waiting: z.int() });

export const fromCounterItem = (item: Record<string, unknown>): Counter => stored.parse(item);
