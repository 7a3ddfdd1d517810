import type { Tone } from '../verdict/tone.ts';

/** Drawn in a square of 24: a tick, a question mark, a cross. They differ in shape, not in colour alone. */
const STROKES: Readonly<Record<Tone, string>> = {
  go: 'M5 13l5 5L19.500 7',
  ask: 'M8 8.500a4 4 0 1 1 5.600 3.700C12.300 12.900 12 13.600 12 15M12 18.800v.400',
  stop: 'M6.500 6.500l11 11M17.500 6.500l-11 11',
};

export function Sign({ name }: { readonly name: Tone }) {
  return (
    <svg class="sign" viewBox="0 0 24 24" aria-hidden="true">
      <path
        d={STROKES[name]}
        fill="none"
        stroke="currentColor"
        stroke-width="3"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
