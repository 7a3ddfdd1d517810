import { useLayoutEffect, useRef } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { canLetInAnyway } from '../engine/outcome.ts';
import { Sign } from '../parts/sign.tsx';
import { SyncState } from '../parts/sync-state.tsx';
import { Undo } from './undo.tsx';
import type { Desk, Shown } from './use-desk.ts';
import { Who } from './who.tsx';

/** Fills the screen: colour, sign and one word, then who it is, then what to do; buttons where the thumb is. */
export function Verdict({ desk, shown: { outcome, face, number } }: { readonly desk: Desk; readonly shown: Shown }) {
  const { words, snapshot } = useApp();
  const next = useRef<HTMLButtonElement>(null);
  // Each verdict is one to be heard, also where it looks like the one before.
  useLayoutEffect(() => next.current?.focus(), [number]);
  const { tone, word, person, what, advice } = face;
  return (
    <section
      class={`verdict ${tone}`}
      role="alertdialog"
      aria-modal="true"
      aria-labelledby="word"
      aria-describedby="matter"
    >
      <div class="told">
        <h1 id="word" class="word">
          <Sign name={tone} />
          {word}
        </h1>
        <div id="matter">
          <Who person={person} outcome={outcome} what={what} />
          {advice.map((line) => (
            <p key={line} class="advice">
              {line}
            </p>
          ))}
        </div>
      </div>
      <div class="presses">
        <SyncState />
        {snapshot.direction === 'in' && canLetInAnyway(outcome) && (
          <button type="button" class="second" onClick={desk.letInAnyway}>
            {words.verdict.anyway}
          </button>
        )}
        {'scanId' in outcome && <Undo key={number} scan={outcome} onUndo={desk.undo} />}
        <button ref={next} type="button" class="main" onClick={desk.next}>
          {words.verdict.next}
        </button>
      </div>
    </section>
  );
}
