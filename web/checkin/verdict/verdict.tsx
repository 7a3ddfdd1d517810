import { useLayoutEffect, useRef } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { Sign } from '../parts/sign.tsx';
import { SyncState } from '../parts/sync-state.tsx';
import { Leave } from './leave.tsx';
import { LetIn } from './let-in.tsx';
import { Undo } from './undo.tsx';
import type { Desk, Shown } from './use-desk.ts';
import { Who } from './who.tsx';

/** Fills the screen: colour, sign and one word, then who it is, then what to do; buttons where the thumb is. */
export function Verdict({ desk, shown }: { readonly desk: Desk; readonly shown: Shown }) {
  const { words } = useApp();
  const { outcome, face, number } = shown;
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
        <LetIn key={number} desk={desk} shown={shown} />
        <Leave desk={desk} shown={shown} />
        <Undo key={number} outcome={outcome} onUndo={desk.undo} />
        <button ref={next} type="button" class="main" onClick={desk.next}>
          {outcome.kind === 'ask-companion' ? words.verdict.stays : words.verdict.next}
        </button>
      </div>
    </section>
  );
}
