import { useEffect, useState } from 'preact/hooks';

/** The time by the phone's clock, as old as `every` milliseconds at most. */
export function useNow(now: () => number, every: number): number {
  const [shown, setShown] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setShown(now()), every);
    return () => clearInterval(timer);
  }, [now, every]);
  return shown;
}
