import type { Tone } from '../verdict/tone.ts';

/** Milliseconds on, off, on. */
const PATTERNS: Readonly<Record<Tone, number[]>> = { go: [60], ask: [120, 80, 120, 80, 120], stop: [600] };

/** Phones that cannot vibrate do not. */
export function vibrate(tone: Tone): void {
  navigator.vibrate?.(PATTERNS[tone]);
}
