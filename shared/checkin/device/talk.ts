import { firstStepOfHour } from '../hour-steps.ts';
import type { Talk } from './check-in-device.schema.ts';

/** A phone talks every four seconds while it is looked at. This long without a word, an organiser sees it as silent: within a minute (CI17). */
const SILENT_AFTER = 40_000;
/** What it says is kept no more often, unless it says that scans wait now, or wait no more: a write each time would be nine hundred an hour. */
const KEPT_EVERY = 15_000;

/** Whether what a phone says is to be kept. */
export function isNews(before: Talk | undefined, { at, waiting, version }: Talk): boolean {
  if (before === undefined || at - before.at >= KEPT_EVERY) return true;
  return (before.waiting === 0) !== (waiting === 0) || before.version !== version;
}

export const isSilent = (talk: Pick<Talk, 'at'> | undefined, now: number): boolean =>
  talk !== undefined && now - talk.at > SILENT_AFTER;

/** @param scans how many were brought in, by ten minutes */
export function scansWithinHour(scans: Readonly<Record<string, number>>, now: number): number {
  const first = firstStepOfHour(now);
  return Object.entries(scans).reduce((sum, [step, count]) => (Number(step) >= first ? sum + count : sum), 0);
}
