import { useEffect, useRef } from 'preact/hooks';

/** Looks again every so many milliseconds while the page is seen, and at once when it is seen again. One look at a time. */
export function useEvery(milliseconds: number, look: () => Promise<void>): void {
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
