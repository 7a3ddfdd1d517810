import { logger } from '../../kernel/log.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Urgency } from '../kinds.ts';
import { deliverPaced } from './deliver.case.ts';
import type { WriteNeeds } from './write-mail.case.ts';

type SweepDeps = WriteNeeds & Needs<'mailHold' | 'mailer' | 'outbox' | 'pace' | 'sesConnections'>;

/** Milliseconds after which no further message is begun: the function has a minute, and the next sweep comes then. */
const TIME = 45 * 1000;
/** Ids looked at together, and how many of them are given turns together. */
const PAGE = 100;
const TOGETHER = 20;
/** Milliseconds until a message on which a sweep failed is looked at again. */
const STEP_BACK = 5 * 60 * 1000;

/**
 * Sends what was put off and may leave now, what nobody finished, and what can wait: the most urgent first, of equally
 * urgent ones what waited longest.
 */
export async function sweep(deps: SweepDeps): Promise<void> {
  const begun = deps.system.now().getTime();
  if (await deps.outbox.isNoneDue(new Date(begun))) return;
  // The index lags: what was seen to a moment ago is still in it.
  let seen: string[] = [];
  for (;;) {
    const { ids, urgency } = await mostUrgent(deps, seen);
    if (ids.length === 0) return;
    const result = await deliverPaced(deps, ids, urgency);
    const { failed = new Map(), left } = result;
    for (const [outboxId, error] of failed) logger.error('message not swept', { error, outboxId });
    await stepBack(deps, [...failed.keys()]);
    if (left === undefined) seen = [...seen, ...ids].slice(-PAGE);
    const nextAt = Math.max(deps.system.now().getTime(), left?.notBefore.getTime() ?? 0);
    if (nextAt - begun > TIME) return;
    await deps.system.wait(nextAt - deps.system.now().getTime());
  }
}

/** Messages on which every sweep fails must not take the place of those that could leave. */
async function stepBack({ outbox, system }: SweepDeps, ids: readonly string[]): Promise<void> {
  const notBefore = new Date(system.now().getTime() + STEP_BACK);
  const steps = ids.map((id) => outbox.stepBack(id, notBefore));
  for (const step of await Promise.allSettled(steps)) {
    if (step.status === 'rejected') logger.error('not stepped back', { error: step.reason });
  }
}

async function mostUrgent(
  deps: SweepDeps,
  seen: readonly string[],
): Promise<{ readonly ids: readonly string[]; readonly urgency: Urgency }> {
  const dueOf = async (urgency: Urgency): Promise<readonly string[]> => {
    const ids = await deps.outbox.due(deps.system.now(), urgency, PAGE + TOGETHER);
    return ids.filter((id) => !seen.includes(id)).slice(0, TOGETHER);
  };
  const urgent = await dueOf('now');
  return urgent.length > 0 ? { ids: urgent, urgency: 'now' } : { ids: await dueOf('later'), urgency: 'later' };
}

/** Milliseconds after which what nobody began is forgotten: the stream is late by less. */
const FORGOTTEN_AFTER = 15 * 60 * 1000;

/** Calls come a quarter of an hour apart, and each looks through one part of the table: all of it in four hours. */
const PARTS = 16;
const CALLS_APART = 15 * 60 * 1000;

/**
 * Wakes messages and jobs that the stream gave up on: no sweep would find them. It costs reading the table six times a
 * day, which is less than asking each time whether anything was given up.
 */
export async function wakeForgotten({ forgotten, system }: Needs<'forgotten' | 'system'>): Promise<void> {
  const now = system.now();
  const number = Math.floor(now.getTime() / CALLS_APART) % PARTS;
  const before = new Date(now.getTime() - FORGOTTEN_AFTER);
  for await (const each of forgotten.find(before, { number, of: PARTS })) {
    if (await forgotten.wake(each, now)) logger.warn('woken: the stream had given up on it', { id: each.id });
  }
}
