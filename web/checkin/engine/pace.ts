/** Milliseconds between two tries while all is well, and the longest after many failures. */
const STEADY = 4000;
const LONGEST = 60_000;

/**
 * How long to wait for the next try: longer with each failure, and not the same for all devices, which lost the network at one
 * moment and would come back at one.
 *
 * @param failures since it worked last
 * @param chance from 0 up to 1
 */
export function pauseAfter(failures: number, chance: number): number {
  if (failures === 0) return STEADY;
  const longest = Math.min(LONGEST, STEADY * 2 ** failures);
  return longest / 2 + (longest / 2) * chance;
}
