import { logWarning } from '../../kernel/log.ts';
import type { Needs } from '../../kernel/parts.store.ts';

type Deps = Needs<'forgotten' | 'system'>;

/** Milliseconds after which what nobody began is forgotten: the stream is late by less. */
const FORGOTTEN_AFTER = 15 * 60 * 1000;

/** Calls come a quarter of an hour apart, and each looks through one part of the table: all of it in four hours. */
const PARTS = 16;
const CALLS_APART = 15 * 60 * 1000;

/**
 * Wakes messages and jobs that the stream gave up on: no sweep would find them. It costs reading the table six times a
 * day, which is less than asking each time whether anything was given up.
 */
export async function wakeForgotten({ forgotten, system }: Deps): Promise<void> {
  const now = system.now();
  const number = Math.floor(now.getTime() / CALLS_APART) % PARTS;
  const before = new Date(now.getTime() - FORGOTTEN_AFTER);
  for await (const each of forgotten.find(before, { number, of: PARTS })) {
    if (await forgotten.wake(each, now)) logWarning('woken: the stream had given up on it', { id: each.id });
  }
}
