import { useEffect, useRef, useState } from 'preact/hooks';
import { SEARCH_IDLE } from '../../../shared/checkin/search/search-lock.ts';
import { useApp } from '../app-context.ts';
import { type FoundPerson, SearchError } from '../engine/engine.ts';
import { SubScreen } from '../parts/sub-screen.tsx';
import { Unlock } from '../parts/unlock.tsx';
import type { Screens } from '../use-screen.ts';
import type { Desk } from '../verdict/use-desk.ts';
import { Found } from './found.tsx';

interface Result {
  readonly people: readonly FoundPerson[];
  readonly hasMore: boolean;
}

/** People without a ticket in their hand: found by the server, checked in here. */
export function Search({ desk, screens }: { readonly desk: Desk; readonly screens: Screens }) {
  const { engine, words } = useApp();
  const field = useRef<HTMLInputElement>(null);
  const asked = useRef(0);
  const [result, setResult] = useState<Result>();
  const [note, setNote] = useState<string>();
  const [lock, setLock] = useState<SearchError['lock']>();
  const clear = (why?: string): void => {
    asked.current += 1;
    setResult(undefined);
    setNote(why);
  };
  // Whoever finds the phone later reads nobody on it that they could not look for.
  useEffect(() => {
    const timer = result && setTimeout(() => clear(words.search.why.locked), SEARCH_IDLE);
    return () => clearTimeout(timer);
  }, [result]);
  const find = (unlock?: string): void => {
    const text = field.current?.value.trim() ?? '';
    setLock(undefined);
    clear(text === '' ? words.search.short : words.search.busy);
    if (text === '') return;
    const mine = asked.current;
    // An answer to what was asked before comes too late.
    const inTime = (tell: () => void): void => {
      if (mine === asked.current) tell();
    };
    engine.search(text, unlock).then(
      (found) =>
        inTime(() => {
          setResult(found);
          setNote(found.people.length === 0 ? words.search.none : words.search.found(found.people.length));
        }),
      (error: unknown) =>
        inTime(() => {
          const why = error instanceof SearchError ? error.why : 'server';
          setNote(why === 'locked' && unlock !== undefined ? words.unlock.wrong : words.search.why[why]);
          setLock(error instanceof SearchError ? error.lock : undefined);
        }),
    );
  };
  return (
    <SubScreen title={words.search.title} screens={screens}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          find();
        }}
      >
        <label for="who">{words.search.label}</label>
        <p class="hint" id="who-hint">
          {words.search.hint}
        </p>
        <input ref={field} id="who" type="search" autocomplete="off" spellcheck={false} aria-describedby="who-hint" />
        <button type="submit" class={lock && 'second'}>
          {words.search.find}
        </button>
      </form>
      <p role="status">{desk.note ?? note}</p>
      {lock && <Unlock key={lock.triesLeft} lock={lock} onUnlock={find} />}
      {result && <Found people={result.people} onCheckIn={desk.checkIn} />}
      {result?.hasMore === true && <p>{words.search.more}</p>}
      <h2>{words.walkIn.question}</h2>
      <button type="button" class="second" onClick={() => screens.open('walk-in')}>
        {words.walkIn.open}
      </button>
    </SubScreen>
  );
}
