import * as z from 'zod';
import type { Counter } from '../domain/quota.ts';
import { once } from '../once.ts';

const stored = once(() => z.object({ capacity: z.int(), taken: z.int(), waiting: z.int() }));

export const fromCounterItem = (item: Record<string, unknown>): Counter => stored().parse(item);
