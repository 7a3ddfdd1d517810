import { useEffect, useRef } from 'preact/hooks';
import { useRead } from '../../desk.ts';
import { isProblem } from '../api/problem.ts';
import type { Loading } from './use-loaded.ts';

/** Looks again every so many milliseconds while the page is seen, and at once when it is seen again. One look at a time. */
function useEvery(milliseconds: number, look: () => Promise<void>): void {
  const latest = useRef(look);
  latest.current = look;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isLooking = false;
    let isOver = false;
    const again = async (): Promise<void> => {
      clearTimeout(timer);
      if (isLooking || isOver) return;
      isLooking = true;
      if (document.visibilityState === 'visible') await latest.current();
      isLooking = false;
      if (!isOver) timer = setTimeout(again, milliseconds);
    };
    const seen = (): void => {
      if (document.visibilityState === 'visible') void again();
    };
    timer = setTimeout(again, milliseconds);
    document.addEventListener('visibilitychange', seen);
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [milliseconds]);
}

/** Milliseconds within which a screen follows what happens at the doors. */
const LIVE = 5000;

interface Live<T> extends Loading<T> {
  /** Whether the last look failed, and what is shown is from before. */
  readonly isOld: boolean;
}

/**
 * `useRead` that looks again by itself. What was read once stays where a later look fails, but not where it is refused: whoever's role
 * was taken back sees no more, and what was removed has no numbers.
 *
 * @param every milliseconds
 */
export function useLive<T>(key: string, load: () => Promise<T>, every = LIVE): Live<T> {
  const read = useRead(key, load);
  const latest = useRef<Loading<T>['loaded']>(read.loaded);
  if (read.loaded.state === 'ready') latest.current = read.loaded;
  useEvery(every, read.reload);
  const isOld = read.loaded.state === 'failed' && latest.current.state === 'ready' && !isRefused(read.loaded.error);
  return { ...read, loaded: isOld ? latest.current : read.loaded, isOld };
}

const isRefused = (error: unknown): boolean => isProblem(error, 'not-permitted') || isProblem(error, 'not-found');
