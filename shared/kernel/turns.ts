/** Lets so many run at once; whoever comes then waits for a turn, first come first served. */
export function takeTurns(atOnce: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await task();
    } finally {
      // Whoever goes hands the turn on; without anyone waiting it is free.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
