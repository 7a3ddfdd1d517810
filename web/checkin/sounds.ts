import type { Tone } from './verdict/face.ts';

/** Tones one after another: hertz, and seconds from the beginning to the end. */
const TUNES: Readonly<
  Record<Tone, { readonly shape: OscillatorType; readonly notes: readonly (readonly [number, number, number])[] }>
> = {
  go: {
    shape: 'sine',
    notes: [
      [880, 0, 0.09],
      [1319, 0.09, 0.24],
    ],
  },
  ask: {
    shape: 'triangle',
    notes: [
      [587, 0, 0.12],
      [587, 0.2, 0.32],
      [587, 0.4, 0.52],
    ],
  },
  stop: { shape: 'square', notes: [[175, 0, 0.6]] },
};
const LOUDNESS = 0.35;

export interface Sounds {
  readonly play: (tone: Tone) => void;
}

/** Browsers are silent until a page was touched: from the first touch on, each verdict has its sound. */
export function makeSounds(): Sounds {
  let context: AudioContext | undefined;
  const wake = (): void => {
    if (typeof AudioContext !== 'function') return;
    context ??= new AudioContext();
    // It sleeps again when the phone was locked.
    if (context.state !== 'running') context.resume().catch(() => {});
  };
  addEventListener('pointerdown', wake, { passive: true });
  addEventListener('keydown', wake, { passive: true });
  return {
    play: (tone) => {
      if (context?.state === 'running') playTune(context, tone);
    },
  };
}

function playTune(context: AudioContext, tone: Tone): void {
  const { shape, notes } = TUNES[tone];
  for (const [hertz, from, to] of notes) {
    const oscillator = new OscillatorNode(context, { type: shape, frequency: hertz });
    const gain = new GainNode(context, { gain: LOUDNESS });
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(context.currentTime + from);
    oscillator.stop(context.currentTime + to);
  }
}
