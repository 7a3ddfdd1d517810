/**
 * Keeps the screen on while people are scanned. Browsers let go whenever the page is out of sight.
 *
 * @returns what ends it
 */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let isEnded = false;
  const ask = async (): Promise<void> => {
    if (isEnded || document.visibilityState !== 'visible') return;
    // Refused where the battery is low: the screen then goes off as ever.
    lock = await navigator.wakeLock?.request('screen').catch(() => undefined);
    if (isEnded) await lock?.release();
  };
  const onVisible = (): void => {
    ask().catch(() => {});
  };
  onVisible();
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    isEnded = true;
    document.removeEventListener('visibilitychange', onVisible);
    lock?.release().catch(() => {});
  };
}
