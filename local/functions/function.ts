import { takeTurns } from '../../shared/kernel/turns.ts';
import { type Instance, startInstance } from './instance.ts';
import type { FunctionOptions } from './options.ts';

/**
 * Calls that a worker takes at once. Lambda would start an instance for each; here more would only slow one another
 * down until all time out. A call's time begins with its turn.
 */
const AT_ONCE = 64;

export interface RunningFunction {
  readonly name: string;
  /**
   * Calls the handler with a JSON copy of the event.
   *
   * @throws FunctionError when the handler throws, takes too long or takes its worker down
   */
  invoke(event: unknown): Promise<unknown>;
  /** Loads the bundle before the first call. */
  warmUp(): Promise<void>;
  stop(): Promise<void>;
}

/** A function as Lambda runs it: whatever becomes of one instance, the next call finds another. */
export function startFunction(options: FunctionOptions): RunningFunction {
  const inTurn = takeTurns(AT_ONCE);
  const instances = new Set<Instance>();
  let current: Instance | undefined;
  const instance = (): Instance => {
    if (current !== undefined) return current;
    const started = startInstance(options, () => {
      if (current === started) current = undefined;
    });
    instances.add(started);
    current = started;
    return started;
  };
  return {
    name: options.name,
    invoke: (event) => inTurn(() => instance().call(event)),
    warmUp: () => instance().ready,
    stop: async () => {
      await Promise.all([...instances].map((each) => each.stop()));
    },
  };
}
