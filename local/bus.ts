import { setTimeout as wait } from 'node:timers/promises';

/** An event of EventBridge: what its rules look at, and what their targets get. */
export type BusEvent = Readonly<Record<string, unknown>>;

export interface BusRule {
  /** Of the target, for the log. */
  readonly name: string;
  readonly pattern: Pattern;
  readonly invoke: (event: BusEvent) => Promise<unknown>;
  /** Gets what failed to the last. */
  readonly onFailure: (failure: { readonly reason: string; readonly event: BusEvent }) => Promise<void>;
}

/** What an event must have: of each field one of the values named; of a field that is a list, any of its values. */
export interface Pattern {
  readonly [field: string]: readonly string[] | Pattern;
}

/** Lambda's asynchronous calls: two more after one that failed. */
const RETRIES = 2;
/** Milliseconds before the first; Lambda waits a minute. */
const RETRY_DELAY = 1000;

/** EventBridge's default bus: hands each event to the target of every rule that it matches. */
export function startBus(rules: readonly BusRule[]) {
  const calls = new Set<Promise<void>>();
  const stopping = new AbortController();
  return {
    /** Returns at once: the publisher learns nothing of what becomes of it. */
    publish(event: BusEvent): void {
      for (const rule of rules.filter(({ pattern }) => matches(event, pattern))) {
        const call = deliver(rule, event, stopping.signal).finally(() => calls.delete(call));
        calls.add(call);
      }
    },
    /** Waits for the calls in hand. */
    stop: async () => {
      stopping.abort();
      await Promise.all(calls);
    },
  };
}

async function deliver({ name, invoke, onFailure }: BusRule, event: BusEvent, signal: AbortSignal): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await invoke(event);
      return;
    } catch (error) {
      if (attempt === RETRIES || signal.aborted) return onFailure({ reason: `${name}: ${error}`, event });
    }
    await wait(RETRY_DELAY * 2 ** attempt, undefined, { signal }).catch(() => undefined);
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html, as far as exact values go */
export function matches(event: unknown, pattern: Pattern): boolean {
  if (typeof event !== 'object' || event === null) return false;
  return Object.entries(pattern).every(([field, wanted]) => {
    const value = (event as Record<string, unknown>)[field];
    if (!Array.isArray(wanted)) return matches(value, wanted as Pattern);
    return [value].flat().some((each) => wanted.includes(each));
  });
}
