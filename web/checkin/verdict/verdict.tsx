import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { mayLetIn } from '../engine/outcome.ts';
import { SyncState } from '../parts/sync-state.tsx';
import type { Tone } from './tone.ts';
import { Undo } from './undo.tsx';
import type { Desk, Shown } from './use-desk.ts';
import { Who } from './who.tsx';

/** Letters of a reason that are kept. */
const LONGEST = 200;

/** A person's decision against what the phone says; without a ticket it is a desk's, and says why (CI14). */
function LetIn({ desk, shown: { outcome } }: { readonly desk: Desk; readonly shown: Shown }) {
  const { t, snapshot } = useApp();
  const [isAsked, setAsked] = useState(false);
  const may = mayLetIn(outcome, snapshot.door, snapshot.device?.maySearch === true);
  if (may === 'no' || snapshot.direction === 'out') return null;
  if (!isAsked) {
    const press = may === 'yes' ? () => desk.letInAnyway() : () => setAsked(true);
    return (
      <button type="button" class="second" onClick={press}>
        {may === 'yes' ? t('verdict.anyway') : t('verdict.withReason')}
      </button>
    );
  }
  const decide = (event: SubmitEvent): void => {
    event.preventDefault();
    desk.letInAnyway(`${new FormData(event.currentTarget as HTMLFormElement).get('reason') ?? ''}`);
  };
  return (
    <form onSubmit={decide}>
      <label for="reason">{t('verdict.reason')}</label>
      <input
        id="reason"
        name="reason"
        required
        maxLength={LONGEST}
        autocomplete="off"
        ref={(field) => field?.focus()}
      />
      <button type="submit" class="second">
        {t('verdict.withReason')}
      </button>
    </form>
  );
}

/** Drawn in a square of 24: a tick, a question mark, a cross. They differ in shape, not in colour alone. */
const STROKES: Readonly<Record<Tone, string>> = {
  go: 'M5 13l5 5L19.500 7',
  ask: 'M8 8.500a4 4 0 1 1 5.600 3.700C12.300 12.900 12 13.600 12 15M12 18.800v.400',
  stop: 'M6.500 6.500l11 11M17.500 6.500l-11 11',
};

function Sign({ name }: { readonly name: Tone }) {
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

/** What staff may say of somebody who is about to leave and for whom more counts than that: a press notes them as gone (CS24). */
function Leave({ desk, shown: { outcome } }: { readonly desk: Desk; readonly shown: Shown }) {
  const { t } = useApp();
  if (outcome.kind === 'wards-inside') {
    return (
      <button type="button" class="second" onClick={() => desk.leave()}>
        {t('verdict.leavesAnyway')}
      </button>
    );
  }
  if (outcome.kind !== 'ask-companion') return null;
  return outcome.mayBe.map((companion) => (
    <button key={companion} type="button" class="second" onClick={() => desk.leave(companion)}>
      {companion === 'chaperone'
        ? t('verdict.companions.chaperone', { name: outcome.person.chaperone ?? '' })
        : t(`verdict.companions.${companion}`)}
    </button>
  ));
}

/** Fills the screen: colour, sign and one word, then who it is, then what to do; buttons where the thumb is. */
export function Verdict({ desk, shown }: { readonly desk: Desk; readonly shown: Shown }) {
  const { t } = useApp();
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
          {outcome.kind === 'ask-companion' ? t('verdict.stays') : t('verdict.next')}
        </button>
      </div>
    </section>
  );
}
