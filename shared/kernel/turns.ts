/** Lets so many run at once; a task that comes then waits for a turn, first come first served. */
export function takeTurns(atOnce: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await task();
    } finally {
      // A task that ends hands the turn on; with none waiting it is free.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
